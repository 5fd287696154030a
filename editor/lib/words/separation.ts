/** Words of the report on separation of duties. */
export const separation = {
  title: 'Who wrote, who approved, who published',
  text: 'Nobody may bring a change into force alone: somebody who did not write in it approves it first. Here is every release with everybody who had a hand in it, and where the rule was broken.',
  summary: (all: number, breaking: number): string =>
    breaking === 0
      ? `${releases(all)}, none breaks the rule.`
      : `${releases(all)}, ${breaking} ${breaking === 1 ? 'breaks' : 'break'} the rule.`,
  environment: 'Environment',
  allEnvironments: 'All environments',
  show: 'Show',
  shows: { all: 'All releases', breaking: 'Only what breaks the rule' },
  apply: 'Apply',
  csv: 'Download as CSV',
  fileName: 'separation-of-duties.csv',
  name: (policy: string, environment: string): string => `${policy} in ${environment}`,
  author: 'Written by',
  helpers: 'Also wrote in it',
  lookedBackBy: 'Looked back by',
  kept: 'Keeps the rule',
  breaks: 'Breaks the rule:',
  know: 'Good to know:',
  emptyTitle: 'Nothing was published yet',
  emptyText: 'As soon as a policy is published, it stands here with everybody who had a hand in it.',
  noneTitle: 'Nothing breaks the rule',
  noneText: 'Every release here was written and approved by different people.',
  pages: 'Pages of the report',
  page: (page: number, pages: number): string => `Page ${page} of ${pages}`,
  newer: 'Newer',
  older: 'Older',
} as const;

function releases(count: number): string {
  return `${count.toLocaleString('en-GB')} ${count === 1 ? 'release' : 'releases'}`;
}
