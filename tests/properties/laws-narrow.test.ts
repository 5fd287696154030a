import fc from 'fast-check';
import { type Decision, permits, type Request } from 'latchkey';
import type { PolicyDocument } from 'latchkey/load';
import { expect, test } from 'vitest';
import { corruptions } from './corrupt.ts';
import { batches, decideFor, law, programOf, RUNS, width, type Given } from './law-pairs.ts';
import { CONDITIONS, FACTS } from './rich-conditions.ts';
import { constraint, KINDS } from './rich-constraints.ts';
import { shuffled, stricter } from './variations.ts';

let corrupted = 0;
law(
  'losing or corrupting a fact never opens anything',
  { runs: RUNS, after: () => console.log(`  ${corrupted} corruptions`) },
  ({ program, given }) => {
    if (permits(program, given as unknown as Request)) return;
    for (const { what, request } of corruptions(given, program.policy.clock.tolerance)) {
      corrupted += 1;
      if (permits(program, request as Request)) expect.fail(what);
    }
  },
);

const HOUR = 3_600_000;
const STEPS = [1, 1000, 90_001, HOUR, 12 * HOUR + 1, 24 * HOUR, 40 * 24 * HOUR, 4000 * 24 * HOUR];
const EXPIRES = /expiresAt$/i;

/** The request with nothing dated ahead but expiries, so that waiting makes no fact usable. */
function settled(given: Given): Given {
  const now = given['now'];
  if (typeof now !== 'number') return given;
  const clamp = (value: unknown, key: string): unknown => {
    if (typeof value === 'number') return EXPIRES.test(key) || !(value > now) || key === 'now' ? value : now;
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return value.map((each) => clamp(each, key));
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, clamp(each, name)]));
  };
  return clamp(given, '') as Given;
}

law(
  'time passing without events never widens, schedules and facts dated ahead aside',
  {
    runs: RUNS,
    from: batches(
      KINDS.filter((kind) => kind !== 'schedule'),
      settled,
    ),
  },
  ({ program, given }) => {
    const now = Number(given['now']);
    let widest = width(decideFor(program, given).outcome);
    let { validUntil } = decideFor(program, given);
    const moments = STEPS.map((step) => now + step);
    for (let i = 0; i < 10 && validUntil !== null; i++) {
      moments.push(validUntil);
      ({ validUntil } = decideFor(program, { ...given, now: validUntil }));
    }
    if (typeof given['now'] !== 'number') return;
    for (const at of moments.sort((a, b) => a - b)) {
      const then = width(decideFor(program, { ...given, now: at }).outcome);
      expect(then).toBeLessThanOrEqual(widest);
      widest = then;
    }
  },
);

const anywhere = constraint({ kinds: KINDS, writesOnly: false, harmless: false });

test('one constraint more, wherever all of a list are asked for, never widens and takes no reason away', () => {
  let [narrowed, added] = [0, 0];
  const pairs = fc.property(batches(), anywhere, ([written, requests], more) => {
    const document = { facts: FACTS, conditions: CONDITIONS, ...(written as PolicyDocument) };
    const looser = programOf(document);
    for (const { where, document: tight } of stricter(document, more)) {
      const tighter = programOf(tight);
      for (const given of requests) {
        const [before, after] = [decideFor(looser, given), decideFor(tighter, given)];
        added += 1;
        if (width(after.outcome) < width(before.outcome)) narrowed += 1;
        if (width(after.outcome) > width(before.outcome)) expect.fail(where);
        // Inside an `anyOf` the branch that got harder may hand over to another one.
        if (where.includes('/of')) continue;
        const left = after.reasons.map(({ code, path }) => code + path);
        expect(left).toEqual(expect.arrayContaining(before.reasons.map(({ code, path }) => code + path)));
      }
    }
  });
  fc.assert(pairs, { numRuns: Math.ceil(RUNS / 4), seed: RUNS });
  console.log(`one constraint more: ${added} decisions, ${narrowed} narrowed`);
  expect(narrowed).toBeGreaterThan(added / 20);
});

function codes(reasons: Decision['reasons']): readonly string[] {
  return reasons.map(({ code }) => code).sort();
}

function sorted(values: readonly unknown[]): readonly string[] {
  return values.map((each) => JSON.stringify(each)).sort();
}

/** Another branch is as near as the reported one: then the order decides which of them is reported. */
function tied({ reasons, alternatives }: Decision): boolean {
  return (alternatives ?? []).some((branch) => reasons.some(({ code }) => code === branch.reasons[0]?.code));
}

test('order never changes the outcome, and codes only where two branches of an anyOf are equally near', () => {
  let ties = 0;
  const pairs = fc.property(batches(), fc.nat(), ([document, requests], seed) => {
    const [written, mixed] = [programOf(document), programOf(shuffled(document, seed))];
    for (const given of requests) {
      const [one, other] = [decideFor(written, given), decideFor(mixed, given)];
      expect(other.outcome).toBe(one.outcome);
      expect(sorted(other.obligations)).toEqual(sorted(one.obligations));
      expect(sorted(other.advice)).toEqual(sorted(one.advice));
      const same = String(codes(one.reasons)) === String(codes(other.reasons));
      if (same) continue;
      ties += 1;
      expect(tied(one), `${codes(one.reasons).join()} became ${codes(other.reasons).join()}`).toBe(true);
    }
  });
  fc.assert(pairs, { numRuns: Math.ceil(RUNS / 4), seed: RUNS + 1 });
  console.log(`order: ${RUNS} pairs, ${ties} told apart by a tie`);
});
