/** Words of the help pages. */
export const missing = (code: string): string => `No problem or reason is called ${code}`;
export const kinds = {
  diagnostic: 'Problem in a document',
  reason: 'Reason of a decision',
};
export const message = 'What an app says';
export const up = 'All policies';
