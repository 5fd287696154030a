/** The pages of one policy. */
export const policyPages = {
  up: 'Policies',
  breadcrumb: 'Breadcrumb',
  name: (title: string): string => `Pages of ${title}`,
  edit: 'Edit',
  changes: 'Changes',
  revisions: 'Revisions',
  history: 'History',
} as const;
