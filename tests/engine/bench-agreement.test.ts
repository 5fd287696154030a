import { simulate } from 'latchkey/timeline';
import { describe, expect, test } from 'vitest';
import { compareAnswers, compareReasons, compareSamples, compareWhole } from '../bench/agreement.ts';
import { capabilitiesOf } from '../bench/capabilities.ts';
import { CONTENDERS } from '../bench/contenders/index.ts';
import { latchkeyLoad } from '../bench/contenders/latchkey-load.ts';
import { fieldServiceFor, readFieldService, samplesOf } from '../bench/field-service.ts';
import { instantRequests, permitsAtInstant } from '../bench/instants.ts';
import { seededRequests } from '../bench/requests.ts';

const contenders = [...CONTENDERS, latchkeyLoad];

describe.each([3, 300])('with %i capabilities', (count) => {
  const given = fieldServiceFor(capabilitiesOf(count));
  const requests = seededRequests(
    2_000,
    given.capabilities.map(({ id }) => id),
  );

  test('every capability is asked about', () => {
    expect(new Set(requests.map(({ capability }) => capability)).size).toBe(count);
  });

  test.each(contenders.map((contender) => ({ name: contender.name, contender })))(
    '$name permits what we permit',
    async ({ contender }) => {
      const { differences, tally } = await compareAnswers([contender], given, requests);
      expect(differences).toEqual([]);
      expect(Math.min(...Object.values(tally))).toBeGreaterThan(requests.length / 10);
    },
  );

  test('the whole answer by hand is the engine’s, member by member', () => {
    expect(compareWhole(given, requests)).toEqual([]);
  });
});

test('the code written by hand gives the engine’s reasons and obligations, and no longer validity', () => {
  expect(compareReasons(seededRequests(2_000))).toEqual([]);
});

test('opening hours and ages both open and close among the random instants', () => {
  const answer = permitsAtInstant();
  for (const requests of Object.values(instantRequests(1_000))) {
    const open = requests.filter(answer).length;
    expect(open).toBeGreaterThan(200);
    expect(open).toBeLessThan(800);
  }
});

test('asking every ten minutes never contradicts the simulated segments', () => {
  const field = readFieldService();
  const samples = samplesOf(field, 600_000);
  expect(samples.length).toBeGreaterThan(3_000);
  expect(compareSamples(simulate([field.program], field.timeline), samples)).toEqual([]);
});
