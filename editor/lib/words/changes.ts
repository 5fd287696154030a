/** Words of what a change does: to the texts, to the timelines, and how it is submitted. */
export const texts = {
  policy: 'Policy',
  timeline: (name: string): string => `Timeline ${name}`,
  kinds: { changed: 'changed', added: 'added', removed: 'removed' },
  removedLine: 'removed',
  addedLine: 'added',
  skipped: 'Lines that are the same are left out here',
  counts: (added: number, removed: number): string => `${added} added, ${removed} removed`,
  heading: 'What changes',
  tooLong: 'There is too much here to compare line by line. Save the texts and compare them with a tool of yours.',
  save: { before: 'Save the text before', after: 'Save the text after' },
  fileName: (timeline: string | null, side: 'before' | 'after'): string => `${timeline ?? 'policy'}.${side}.json`,
} as const;

export const effect = {
  heading: 'What it does',
  playing: 'The server is playing the timelines…',
  failed: 'The timelines could not be played. Reload the page to try again.',
  notLoaded: 'The policy has errors, so no timeline can be played.',
  noTimelines: 'There are no timelines, so nothing is known of what this does. Add one that tells what you expect.',
  green: (count: number): string =>
    count === 1 ? 'The timeline holds, played by the server.' : `All ${count} timelines hold, played by the server.`,
  red: (failing: number, all: number): string =>
    `${failing} of ${all} ${all === 1 ? 'timeline' : 'timelines'} failing, played by the server.`,
  widens: (capabilities: string): string => `Widens ${capabilities}`,
  narrows: (capabilities: string): string => `Narrows ${capabilities}`,
  neutral: 'Neutral: on these timelines nobody may do more or less than before.',
  notCompared: 'None of the timelines can be told on the text before, so nothing was compared.',
  /** How much the statement says. */
  strength: (timelines: number): string =>
    `Compared exactly, at every instant of ${timelines === 1 ? 'one timeline' : `${timelines} timelines`}. Sessions that none of them tells may differ.`,
  example: 'For example',
  unknown: 'unknown',
  from: (before: string, after: string): string => `${before} before, ${after} now`,
  lasts: (length: string): string => `for ${length}`,
  open: 'Open in the simulator',
  unmet: (at: string, capability: string, outcome: string): string => `At ${at} ${capability} gives ${outcome}.`,
  failures: {
    expectation: (held: number, all: number): string => `${held} of ${all} expectations hold`,
    broken: 'It cannot be played',
    time_limit: 'It took too long and was stopped',
    not_reached: 'It was not reached in time',
    stopped: 'It needed too much and was stopped',
  },
  expectations: (all: number): string => (all === 1 ? '1 expectation holds' : `${all} expectations hold`),
} as const;

export const changes = {
  heading: 'Changes',
  against: (revision: number, version: number): string => `Against revision ${revision} (v${version})`,
  first: 'Nothing was submitted yet: all of it is new',
  by: 'Draft by',
  saved: 'Last saved',
  savedBy: 'by',
  noneTitle: 'The draft changes nothing',
  noneText: (revision: number): string => `It says what revision ${revision} says, to the letter.`,
  edit: 'Edit the policy',
  problems: 'Errors in the way',
  line: (line: number): string => `line ${line}`,
} as const;

export const submitForm = {
  heading: 'Submit for review',
  text: 'Makes a revision of exactly what this page shows. Somebody who did not write in it reviews it.',
  red: 'Timelines fail. It can be reviewed like this, but not published.',
  message: 'What changes',
  messageHint: 'One sentence, such as “Notes stay readable for 24 hours”.',
  reason: 'Why',
  reasonHint: 'An auditor reads it years later.',
  ticket: 'Ticket (optional)',
  submit: 'Submit for review',
  busy: 'Submitting…',
  not: 'Nothing can be submitted now',
  reload: 'Show the draft as it is now',
} as const;
