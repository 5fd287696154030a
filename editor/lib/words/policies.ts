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
  standing: 'Where it stands',
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
export const draftBy = (names: string, ago: string | null): string =>
  `Draft${names === '' ? '' : ` by ${names}`}${ago === null ? '' : `, ${ago}`}`;
export const live = (environment: string, version: number): string => `${environment} v${version}`;
export const notLive = 'Not live anywhere';
export const revision = (number: number): string => `Revision ${number}`;

export const filters = {
  label: 'Which policies',
  all: 'All',
  changed: 'Changed',
  review: 'In review',
  live: 'Live',
  none: {
    all: 'There are no policies',
    changed: 'No draft says anything new',
    review: 'Nothing waits for a review or a publish',
    live: 'No policy is live anywhere',
  },
  showAll: 'Show all policies',
} as const;

export const approvalOff = (environments: string): string =>
  `Approval is switched off for ${environments}: whoever may publish does so alone.`;
export const make = 'New policy';
export const noTiers = 'Open it to see what is wrong.';

export const empty = {
  title: 'No policies yet',
  text: 'A policy says what people may do while the server cannot be asked. Begin with a template that works, or import a document.',
  make: 'Begin with a template, or import',
  readOnly: 'Somebody who may edit can make the first one.',
  example: 'A small policy to begin with',
  hint: 'Policies in a folder, as `<id>/1.json`, are brought in with `npx latchkey-server push`. A store that is still empty takes in the folder that `LATCHKEY_POLICIES` names when Latchkey is started.',
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
