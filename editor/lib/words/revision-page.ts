/** Words of the page of one revision. */
export const page = {
  title: (number: number): string => `Revision ${number}`,
  all: 'All revisions',
  overtakenBy: (newest: number): string => `Revision ${newest} was submitted since. This one is not reviewed any more.`,
  openNewest: (newest: number): string => `Open revision ${newest}`,
  shown: 'What is shown',
  changes: 'Changes',
  document: 'Document',
  against: 'Compared with',
  parent: 'the one before',
  nothing: 'nothing: it is the first',
  option: (number: number, version: number, message: string): string => `${number} (v${version}) ${message}`,
  same: 'Both say the same, to the letter.',
  download: 'Download the exact bytes',
  fileName: (id: string, number: number): string => `${id}-revision-${number}.json`,
} as const;

export const facts = {
  heading: 'About this revision',
  why: 'Why',
  ticket: 'Ticket',
  contributors: 'Wrote in it',
  when: 'When',
  version: 'Version',
  digest: 'SHA-256 of the document',
  contentHash: 'What a review is bound to',
  contentHint: 'SHA-256 of document and timelines together',
} as const;

export const checks = {
  heading: 'Publishing',
  met: 'Done',
  unmet: 'In the way',
  open: 'Not yet',
  warning: 'Look at this',
  approved: (names: string): string => `Exactly these bytes are approved by ${names}.`,
  notApproved: 'Nobody has approved exactly this revision yet.',
  imported: 'It came from files. Nobody has reviewed it here.',
  changesRequested: (names: string): string => `${names} asked for changes.`,
  green: 'All timelines hold, run by the server on the stored bytes.',
  red: 'Timelines fail, run by the server on the stored bytes.',
  notRun: 'The server has not run the timelines yet. It does before every publish.',
  noTimelines: 'There are no timelines to run.',
  dropped: (names: readonly string[]): string =>
    names.length === 1
      ? `The timeline ‘${names.join()}’ is gone: nothing tests any more what it told.`
      : `${names.length} timelines are gone, and nothing tests any more what they told: ${names.map((name) => `‘${name}’`).join(', ')}.`,
  ready: (environment: string): string => `${environment}: nothing else stands in the way.`,
  live: (environment: string): string => `${environment}: it is live there.`,
  waits: (environment: string): string => `${environment}: waits for the approval.`,
  approvalOff: 'Approval is switched off there.',
  run: 'Run the timelines',
  running: 'Running…',
  lastRun: 'Last run',
  by: 'by',
  publish: 'Publish…',
  publishNot: 'Your role cannot publish. Ask an approver or an admin.',
  liveEverywhere: 'It is live everywhere, so there is nothing to publish.',
} as const;

export const verdicts = {
  heading: 'Review',
  none: 'Nobody has reviewed it yet.',
  imported: 'It came from files, so nobody reviewed it here.',
  again: 'Review it all the same',
  approve: 'Approve',
  requestChanges: 'Request changes',
  approved: 'approved',
  requested: 'requested changes',
  verdict: 'Verdict',
  message: 'What you found',
  messageHint: 'Needed when you request changes.',
  give: 'Give the verdict',
  busy: 'Sending…',
  bound: 'It holds for exactly these bytes, and no others.',
  stale: (number: number): string => `On revision ${number}: does not count any more`,
  cannot: 'You cannot approve this',
} as const;

export const comments = {
  heading: 'Comments',
  none: 'No comments yet.',
  beside: 'They stand beside the lines they are about.',
  add: 'Add a comment',
  addAt: (line: number): string => `Comment on line ${line}`,
  place: 'On what',
  placeHint: 'A JSON Pointer: choose one of the document, or leave it empty for the whole.',
  text: 'Comment',
  send: 'Send',
  busy: 'Sending…',
  cancel: 'Cancel',
  reply: 'Reply',
  whole: 'The whole document',
  on: (number: number): string => `On revision ${number}`,
  gone: 'On something that this revision does not have any more',
} as const;

export const releases = {
  heading: 'Where it went',
  kinds: {
    normal: 'Published',
    scheduled: 'Published as planned',
    break_glass: 'Emergency publish',
    imported: 'Imported',
  },
  seq: (seq: number): string => `release ${seq}`,
  live: 'Live',
  lookBackOpen: 'Nobody has looked back at this emergency yet.',
  lookBackHeading: 'Look back',
  lookBackText: 'It went out without an approval. Say whether it was right.',
  accept: 'It was right',
  object: 'It was not right',
  accepted: 'looked back: it was right',
  objected: 'looked back: it was not right',
  message: 'What you found',
  give: 'Put on record',
  busy: 'Sending…',
} as const;

export const restore = {
  heading: 'Go back to this',
  text: (next: number): string =>
    `Makes revision ${next}, which says what this one says under a higher version. It is reviewed like any other.`,
  message: 'What changes',
  prefilled: (number: number): string => `Restore revision ${number}`,
  reason: 'Why',
  ticket: 'Ticket (optional)',
  submit: 'Restore as a new revision',
  busy: 'Restoring…',
} as const;
