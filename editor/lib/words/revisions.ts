/** Words of revisions: the list, their states, and where they are live. */
const erased = 'somebody who was erased';
const system = 'Latchkey';

export const states = {
  submitted: 'In review',
  changes_requested: 'Changes requested',
  approved: 'Approved',
  stale: 'Overtaken',
  published: 'Published',
} as const;

/** What each state means, for whoever points at it. */
export const stateMeanings = {
  submitted: 'Nobody has said yes or no to exactly this revision yet.',
  changes_requested: 'A reviewer asked for changes.',
  approved: 'Somebody who did not write in it approved exactly these bytes.',
  stale: 'A later revision was submitted before this one was published.',
  published: 'It was published at least once.',
} as const;

export const liveIn = (environment: string): string => `Live in ${environment}`;
export const revision = (number: number): string => `Revision ${number}`;
/** What its author did, before a name. */
export const authorLabel = (origin: string): string =>
  origin === 'imported' ? 'Imported by' : origin === 'restored' ? 'Restored by' : 'Submitted by';
export const version = (number: number): string => `v${number}`;

export const list = {
  heading: 'Revisions',
  intro: 'Everything that was submitted, newest first. A revision never changes.',
  approvedBy: (names: string): string => `Approved by ${names}`,
  comments: (count: number): string => `${count} ${count === 1 ? 'comment' : 'comments'}`,
  green: 'Timelines as expected',
  red: 'Timelines failing',
  emptyTitle: 'Nothing was submitted yet',
  emptyText: 'The policy is a draft. What you submit for review becomes its first revision.',
  emptyAction: 'See the changes',
} as const;

/** `Ann`, `Ann and Ben`, `Ann, Ben and Cem`. */
export function namesText(people: readonly { readonly id: string; readonly name: string | null }[]): string {
  const names = people.map(nameText);
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`;
}

/** Somebody by name. */
export function nameText({ id, name }: { readonly id: string; readonly name: string | null }): string {
  return id === 'system' ? system : (name ?? erased);
}
