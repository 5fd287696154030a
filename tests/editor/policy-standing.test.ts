import { filtered, FILTERS, type Filter } from '$lib/state/policy-standing.ts';
import { expect, test } from 'vitest';

const live = [{ environment: 'Production', version: 1 }];
const draft = { by: [{ id: 'u-1', name: 'Ann' }], at: 0 };
const review = { number: 2, state: 'approved' } as const;

const POLICIES = [
  { id: 'quiet', live, draft: null, review: null },
  { id: 'changed', live, draft, review: null },
  { id: 'reviewed', live: [], draft: null, review },
  { id: 'all of it', live, draft, review },
  { id: 'new', live: [], draft, review: null },
];

const SHOWN: Readonly<Record<Filter, readonly string[]>> = {
  all: ['quiet', 'changed', 'reviewed', 'all of it', 'new'],
  changed: ['changed', 'all of it', 'new'],
  review: ['reviewed', 'all of it'],
  live: ['quiet', 'changed', 'all of it'],
};

test.each(FILTERS)('‘%s’ shows the policies of which that is so, in their order', (filter) => {
  expect(filtered(POLICIES, filter).map(({ id }) => id)).toEqual(SHOWN[filter]);
  expect(filtered([], filter)).toEqual([]);
});
