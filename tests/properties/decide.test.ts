import fc from 'fast-check';
import { compile, decide, differs, nextChange, permits, type Program, type Request } from 'latchkey';
import { load } from 'latchkey/load';
import { expect, test } from 'vitest';
import { policyDocument, request, T0 } from './arbitraries.ts';
import { corruptions } from './corrupt.ts';
import { Distribution } from './distribution.ts';

const RUNS = Number(process.env['PROPERTY_RUNS'] ?? 3000);
/** The same pairs every time, unless others are asked for. */
const seed = { seed: Number(process.env['PROPERTY_SEED'] ?? 20260301) };

function programOf(document: unknown): Program {
  const loaded = load(JSON.stringify(document));
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.diagnostics));
  return compile(loaded.value.policy);
}

/** Checks a law on random pairs of program and request, and that the pairs were worth it. */
function law(name: string, runs: number, holds: (program: Program, given: Request) => void): void {
  test(name, () => {
    const seen = new Distribution();
    const pairs = fc.property(policyDocument, request, (document, given) => {
      const program = programOf(document);
      seen.add(decide(program, given as Request));
      holds(program, given as Request);
    });
    fc.assert(pairs, { numRuns: runs, ...seed });
    seen.demand(name);
  });
}

law('permits is true exactly when decide permits', RUNS, (program, given) => {
  expect(permits(program, given)).toBe(decide(program, given).outcome === 'permit');
});

law('the same request gets the same decision, to the byte', RUNS, (program, given) => {
  expect(JSON.stringify(decide(program, given))).toBe(JSON.stringify(decide(program, structuredClone(given))));
});

law('losing or corrupting a fact never opens anything', Math.ceil(RUNS / 10), (program, given) => {
  if (decide(program, given).outcome === 'permit') return;
  for (const { what, request: corrupted } of corruptions(given))
    expect(decide(program, corrupted as Request).outcome, what).not.toBe('permit');
});

law(
  'the decision is constant until validUntil, and nextChange is the first instant at which it differs',
  RUNS,
  (program, given) => {
    const first = decide(program, given);
    const change = nextChange(program, given);
    const until = first.validUntil ?? Infinity;
    expect(change?.at ?? Infinity).toBeGreaterThanOrEqual(until);
    if (change !== null) {
      expect(differs(first, decide(program, { ...given, now: change.at }))).toBe(true);
      expect(differs(first, decide(program, { ...given, now: change.at - 1 }))).toBe(false);
    }
    const end = Math.min(change?.at ?? Infinity, T0 + 30 * 86_400_000);
    for (let step = 1; step <= 8; step++) {
      const now = Math.floor(given.now + ((end - given.now - 1) * step) / 8);
      if (now > given.now) expect(differs(first, decide(program, { ...given, now }))).toBe(false);
    }
  },
);

law('time passing without events never opens anything, facts dated ahead aside', RUNS, (program, given) => {
  if (decide(program, given).outcome === 'permit') return;
  const ahead = JSON.stringify(given)
    .match(/\d{13}/g)
    ?.some((at) => Number(at) > given.now + 5 * 60_000 && Number(at) < given.now + 40 * 60_000);
  if (ahead === true) return;
  for (const later of [1, 60_000, 3_600_000, 86_400_000])
    expect(decide(program, { ...given, now: given.now + later }).outcome).not.toBe('permit');
});

/** An ordinary request, or one with random JSON in the place of some of its members, or random JSON altogether. */
const anyRequest = fc.oneof(
  { weight: 24, arbitrary: request },
  {
    weight: 2,
    arbitrary: fc
      .tuple(
        request,
        fc.dictionary(fc.constantFrom('session', 'now', 'stepUps', 'permissions', 'clock'), fc.jsonValue()),
      )
      .map(([given, junk]) => ({ ...given, ...junk })),
  },
  { weight: 1, arbitrary: fc.jsonValue() },
);

test('decide never throws, whatever JSON it is asked about, and permits agrees', () => {
  const seen = new Distribution();
  const pairs = fc.property(policyDocument, anyRequest, (document, given) => {
    const program = programOf(document);
    const decision = decide(program, given as unknown as Request);
    seen.add(decision);
    expect(decision.reasons.map(({ code }) => code)).not.toContain('engine_error');
    expect(permits(program, given as unknown as Request)).toBe(decision.outcome === 'permit');
  });
  fc.assert(pairs, { numRuns: RUNS, ...seed });
  seen.demand('any JSON');
});
