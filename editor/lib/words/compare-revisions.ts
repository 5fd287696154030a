/** Words of the page that compares two revisions. */
export const compare = {
  title: 'What changed between two revisions',
  before: 'From',
  after: 'To',
  show: 'Compare',
  swap: 'Swap',
  choice: (number: number, version: number, message: string): string => {
    const short = message.length > 50 ? `${message.slice(0, 49)}…` : message;
    return `Revision ${number} (v${version}) ${short}`.trim();
  },
  revision: (number: number, version: number): string => `Revision ${number}, version ${version}`,
  by: (author: string): string => `by ${author}`,
  approvedBy: (names: readonly string[]): string =>
    names.length === 0 ? 'Approved by nobody' : `Approved by ${names.join(', ')}`,
  document: 'Policy',
  timeline: (name: string): string => `Timeline ${name}`,
  kinds: { added: 'Added', removed: 'Removed', changed: 'Changed', same: 'The same' },
  counts: (added: number, removed: number): string => `${lines(added)} added, ${lines(removed)} removed`,
  identical: 'Both have exactly the same text.',
  sameTimelines: (count: number): string =>
    count === 1 ? '1 timeline is the same in both.' : `${count} timelines are the same in both.`,
  left: (count: number): string => `${lines(count)} more; open the revisions to read all of it.`,
  tooLong: 'There is too much here to compare line by line; open the revisions to read all of it.',
  lines: (name: string): string => `${name}, line by line`,
  unknown: (number: string): string => `There is no revision ${number} of this policy. Choose one from the list.`,
  tooFewTitle: 'Nothing to compare yet',
  tooFewText: 'This policy has fewer than two revisions. As soon as a second one is submitted, both are compared here.',
} as const;

function lines(count: number): string {
  return `${count.toLocaleString('en-GB')} ${count === 1 ? 'line' : 'lines'}`;
}
