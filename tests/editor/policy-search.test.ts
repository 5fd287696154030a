import { search } from '$lib/state/policy-search.ts';
import { expect, test } from 'vitest';

const policies = [
  { id: 'field-service', title: 'Field service app', tiers: [{ id: 'A', title: 'Low risk' }] },
  { id: 'ward-rounds', title: 'Visite im Krankenhaus, täglich', tiers: [{ id: 'phi', title: null }] },
];

test.each([
  ['', ['field-service', 'ward-rounds']],
  ['  ', ['field-service', 'ward-rounds']],
  ['FIELD', ['field-service']],
  ['low service', ['field-service']],
  ['phi', ['ward-rounds']],
  ['taglich', ['ward-rounds']],
  ['field phi', []],
])('finds by title, id and tier, in any case and without accents: %j', (term, ids) => {
  expect(search(policies, term).map(({ id }) => id)).toEqual(ids);
});
