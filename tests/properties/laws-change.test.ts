import fc from 'fast-check';
import { differs, nextChange, type Request } from 'latchkey';
import { expect, test } from 'vitest';
import type { Document } from '../reference/document.ts';
import { firstChange } from '../reference/next-change.ts';
import { batches, decideFor, law, programOf, RUNS, type Given } from './law-pairs.ts';
import { KINDS } from './rich-constraints.ts';

const DAY = 86_400_000;
const LAST = 8.64e15;

law('the decision is constant until validUntil, and no change comes before', { runs: RUNS }, ({ program, given }) => {
  const first = decideFor(program, given);
  const change = nextChange(program, given as unknown as Request);
  const { evaluatedAt: now, validUntil } = first;
  if (now === null) {
    expect(validUntil).toBe(null);
    expect(change).toBe(null);
    return;
  }
  if (validUntil !== null) expect(validUntil).toBeGreaterThan(now);
  expect(change?.at ?? Infinity).toBeGreaterThanOrEqual(validUntil ?? Infinity);
  const at = (instant: number) => decideFor(program, { ...given, now: instant });
  const end = Math.min(validUntil ?? Infinity, LAST + 1);
  const near = Math.min(end, now + 40 * DAY);
  const moments = [now + 1, end - 1, ...[1, 2, 3, 4].map((part) => now + Math.floor(((near - now) * part) / 5))];
  for (const moment of moments)
    if (moment > now && moment < end && differs(first, at(moment))) expect.fail(`differs at now + ${moment - now}`);
  if (change === null) return;
  expect(differs(first, at(change.at))).toBe(true);
  expect(differs(first, at(change.at - 1))).toBe(false);
});

/** Compares changes with what the reference finds by trying every instant that could matter. */
function againstBruteForce(from: ReturnType<typeof batches>, runs: number, days?: number): void {
  let [changes, asked] = [0, 0];
  const pairs = fc.property(from, ([document, requests]) => {
    const program = programOf(document);
    for (const given of requests.slice(0, days === undefined ? 4 : 1)) {
      const found = nextChange(program, given as Request)?.at ?? Infinity;
      const horizon = days === undefined ? Infinity : Number((given as Given)['now']) + days * DAY;
      const tried = firstChange(document as Document, given, days) ?? Infinity;
      expect(found > horizon ? Infinity : found).toBe(tried);
      asked += 1;
      if (tried !== Infinity) changes += 1;
    }
  });
  fc.assert(pairs, { numRuns: runs, seed: RUNS });
  console.log(`nextChange: ${asked} pairs, ${changes} changes`);
  expect(changes, 'too few changes to prove anything').toBeGreaterThan(asked / 5);
}

test('nextChange is what brute force finds one millisecond around every edge', { timeout: 60_000 + 200 * RUNS }, () => {
  againstBruteForce(batches(KINDS.filter((kind) => kind !== 'schedule')), Math.ceil(RUNS / 4));
});

test('nextChange is what the reference finds at each minute of ten days', { timeout: 60_000 + 200 * RUNS }, () => {
  const scheduled = batches().filter(([document]) => JSON.stringify(document).includes('"schedule"'));
  againstBruteForce(scheduled, Math.ceil(RUNS / 30), 10);
});
