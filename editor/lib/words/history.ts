/** Words of the history pages. */

const plural = (count: number, one: string, many: string): string =>
  `${count.toLocaleString('en-GB')} ${count === 1 ? one : many}`;

export const history = {
  title: 'History',
  titleOf: (policy: string): string => `History of ${policy}`,
  intro: 'Everything that happened, in the order it happened. Entries are numbered without gaps and never change.',
  introOf: 'Everything that happened to this policy. Entries are never changed or removed.',
  notAllowed: 'Your role does not allow this. Auditors, approvers and administrators read the history of everything.',
  unknownPolicy: (id: string): string => `There is no policy ‘${id}’. Choose one from the list of policies.`,
  wrongKind: (kind: string): string => `‘${kind}’ is no kind of entry. Choose one from the list.`,
  wrongInstant: (name: string, value: string): string =>
    `‘${name}’ is no time: ${value}. Write it such as 2026-03-02T10:00Z.`,
  noCheckpoint: 'No checkpoint was signed yet. The first one is signed at the first release.',
  unknownKey: 'No key of this name signs here. Go back to the evidence to see those that do.',
  wrongPage: 'There is no such page of the history. Go back to the newest entries.',

  log: 'Entries',
  older: 'Older',
  newest: 'Newest',
  oldestReached: 'This is the beginning.',
  csv: 'Download as CSV',
  csvHint: 'All entries that match, with their hashes.',
  fileName: 'history.csv',
  fileNameOf: (policy: string): string => `history-${policy}.csv`,
  emptyTitle: 'Nothing has happened yet',
  emptyText: 'As soon as somebody changes something, it stands here.',
  noMatchTitle: 'Nothing matches',
  noMatchText: 'No entry fits all of these filters.',
  pages: 'Pages of the history',
  clear: 'Clear filters',
  entry: (seq: number): string => `Entry ${seq}`,
  hash: 'Hash',
  copyHash: (seq: number): string => `Copy the hash of entry ${seq}`,
  copied: 'Copied',
  ticket: 'Ticket',
  type: 'Type',
  evidence: (count: number): string => plural(count, 'row of evidence', 'rows of evidence'),
  revision: (number: number): string => `Revision ${number}`,
  said: 'In their words:',
  why: 'Why:',
  unfold: 'Show all',
  fold: 'Show less',
} as const;

export const tabsName = 'Parts of the history';
export const tabs = {
  log: 'Entries',
  'in-force': 'What was in force',
  compare: 'Compare revisions',
  separation: 'Separation of duties',
  evidence: 'Evidence',
} as const;

/** Kinds of entries. */
export const kinds = {
  changes: 'Policies and drafts',
  reviews: 'Reviews and tests',
  releases: 'Releases',
  emergencies: 'Emergencies',
  people: 'People and access',
  'sign-ins': 'Sign-ins',
  installation: 'Installation and rules',
} as const;

/** The word beside what asks to be looked at. */
export const tones = { emergency: 'Emergency', access: 'Access', attention: 'Look at this' } as const;

export const filters = {
  title: 'Filter the entries',
  open: (count: number): string => (count === 0 ? 'Filter' : `Filter (${count})`),
  policy: 'Policy',
  person: 'Person',
  kind: 'Kind',
  environment: 'Environment',
  from: 'From',
  to: 'Until',
  all: {
    policy: 'All policies',
    person: 'Everybody',
    kind: 'All kinds',
    environment: 'All environments',
  },
  apply: 'Apply',
  zone: (name: string): string => `Times are those of ${name}.`,
} as const;
