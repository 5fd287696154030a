import { simulate } from 'latchkey/timeline';
import { expect, test } from 'vitest';
import { compareAnswers, compareSamples } from '../bench/agreement.ts';
import { readFieldService, samplesOf } from '../bench/field-service.ts';
import { seededRequests } from '../bench/requests.ts';

const field = readFieldService();

test('the contenders of the benchmark give the same answers, and every outcome is common', async () => {
  const requests = seededRequests(2_000);
  const { differences, tally } = await compareAnswers(field.program, requests);
  expect(differences).toEqual([]);
  expect(Math.min(...Object.values(tally))).toBeGreaterThan(requests.length / 10);
});

test('asking every ten minutes never contradicts the simulated segments', () => {
  const samples = samplesOf(field, 600_000);
  expect(samples.length).toBeGreaterThan(3_000);
  expect(compareSamples(simulate([field.program], field.timeline), samples)).toEqual([]);
});
