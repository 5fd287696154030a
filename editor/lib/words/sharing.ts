/** Words about the draft that everybody shares: where it is saved, and what happens when several people change it. */
const clock = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });

export const sharing = {
  published: (version: number): string => `Version ${version}, unchanged`,
  saved: 'Saved',
  savedTitle: (at: number | null): string =>
    at === null
      ? 'Everybody who may edit sees this draft'
      : `Everybody who may edit sees this draft, ${clock.format(at)}`,
  saving: 'Saving…',
  offline: 'Offline, kept on this device',
  private: 'Only on this device',
  conflict: 'Changed by two people',
  tabs: 'Another tab changed this draft',
  refused: 'Not saved',
  failed: 'Could not save',

  draft: (by: string | null, at: number): string =>
    by === null ? `Draft from ${clock.format(at)}` : `Draft by ${by} from ${clock.format(at)}`,
  draftText: 'Shared with everybody who may edit; nothing of it is published.',
  offlineText: 'The server cannot be reached. Go on: the text is kept on this device and saved as soon as it answers.',
  privateText: 'Your role does not save drafts. Try things out; nobody else sees them.',
  refusedText: (why: string): string => `${why} The text is kept on this device.`,
  signIn: 'Sign in again',
  failedText: (why: string): string =>
    `Neither the server nor this browser keeps the draft now (${why}). Download it before you close the page.`,
  conflictText: (count: number): string =>
    count === 1
      ? 'Somebody else changed the same place differently. Nothing was overwritten.'
      : `Somebody else changed the same ${count} places differently. Nothing was overwritten.`,
  resolve: 'Choose',
  tabsText: 'Nothing was overwritten. Choose which text to go on with; the other one is lost unless you download it.',
  keepMine: 'Keep this text',
  takeTheirs: 'Take the other tab’s',
  newer: (number: number): string => `Revision ${number} was made meanwhile`,
  newerText: (from: number | null): string =>
    from === null ? 'This draft does not have its changes yet.' : `This draft was made from revision ${from}.`,
  bringIn: 'Bring its changes in',
  /** Everybody else who has the policy open; at least one. */
  present: ([first = '', ...rest]: readonly string[]): string => {
    if (rest.length === 0) return `${first} is here too`;
    return `${first} and ${rest.length === 1 ? rest[0] : `${rest.length} others`} are here too`;
  },
  met: (by: string | null): string => (by === null ? 'The draft was changed elsewhere' : `${by} changed this draft`),
  notDiscarded: 'The draft was not discarded, because it was changed meanwhile or the server cannot be reached.',

  merge: {
    title: 'Whose change stays?',
    text: 'You and somebody else changed these places differently. Everything else was merged.',
    close: 'Decide later',
    policy: 'Policy',
    timeline: (name: string): string => `Timeline ${name}`,
    whole: 'The whole document, because one side is not JSON or is gone',
    before: 'Before',
    mine: 'Yours',
    theirs: 'Theirs',
    absent: 'Nothing here',
    allMine: 'Keep all of mine',
    allTheirs: 'Take all of theirs',
    done: (left: number): string =>
      left === 0 ? 'Use these' : left === 1 ? 'One place is left to choose' : `${left} places are left to choose`,
  },
} as const;
