/** Words of the policies page. */
export const title = 'Policies';
export const intro = 'What people may do while the server cannot be asked.';
export const search = 'Search policies';
export const searchHint = 'Search by title, id or tier';
export const count = (shown: number, all: number): string =>
  shown === all ? plural(all, 'policy', 'policies') : `${shown} of ${plural(all, 'policy', 'policies')}`;

export const columns = {
  policy: 'Policy',
  version: 'Version',
  tiers: 'Tiers',
  capabilities: 'Capabilities',
  timelines: 'Timelines',
  draft: 'Draft',
};

export const version = (number: number): string => `v${number}`;
export const reviewBy = (date: string): string => `Review by ${date}`;
export const capabilities = (number: number): string => plural(number, 'capability', 'capabilities');

export const timelines = {
  none: 'No timelines',
  passing: (number: number): string => `${plural(number, 'timeline', 'timelines')}, all as expected`,
  failing: (failing: number, all: number): string => `${failing} of ${plural(all, 'timeline', 'timelines')} failing`,
};

export const errors = (number: number): string => `${plural(number, 'error', 'errors')} in the document`;
export const draft = 'Draft on this device';
export const noTiers = 'Open it to see what is wrong.';

export const empty = {
  title: 'No policies yet',
  text: 'A policy is one JSON file. Put it in a folder as `<id>/1.json` and bring it in with `npx latchkey-server push`.',
  example: 'A small policy to begin with',
  hint: 'A store that is still empty takes in the folder that `LATCHKEY_POLICIES` names when Latchkey is started.',
  download: 'Download as 1.json',
  fileName: '1.json',
};

export const noMatch = {
  title: (term: string): string => `No policy matches “${term}”`,
  clear: 'Clear the search',
};

/** A policy that loads, for a folder that has none. */
export const starter = `{
  "language": 1,
  "id": "my-app",
  "version": 1,
  "title": "My app",
  "tiers": [
    {
      "id": "basic",
      "sensitivity": "internal",
      "require": [
        {
          "kind": "maxAge",
          "of": "serverConfirmation",
          "limit": "7d"
        }
      ]
    }
  ],
  "capabilities": [
    {
      "id": "record.view",
      "tier": "basic",
      "access": "read"
    }
  ]
}
`;

function plural(number: number, one: string, many: string): string {
  return `${number} ${number === 1 ? one : many}`;
}
