import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { compile, explain, nextChange, permits, type Request } from 'latchkey';
import { load, normalize, type PolicyDocument } from 'latchkey/load';
import { expect, test } from 'vitest';
import { decide as readAloud } from '../reference/decide.ts';
import type { Document } from '../reference/document.ts';
import { answered } from './answered.ts';
import { policyDocument } from './arbitraries.ts';
import { Coverage } from './coverage.ts';
import { batches, decideFor, law, MANY, programOf, RUNS } from './law-pairs.ts';
import { richDocument } from './rich-arbitraries.ts';
import { KINDS } from './rich-constraints.ts';
import { soundRequest } from './rich-requests.ts';

const MEMBERS = [
  'capability',
  'session',
  'now',
  'stepUps',
  'permissions',
  'clock',
  'device',
  'usage',
  'facts',
  'policy',
];
const NOT_JSON = { withBigInt: true, withDate: true, withMap: true, withSet: true, withSparseArray: true } as const;

/** An ordinary request, one with something else in the place of some members, or something else altogether. */
const anyRequest = fc.oneof(
  { weight: 30, arbitrary: soundRequest },
  {
    weight: 4,
    arbitrary: fc
      .tuple(soundRequest, fc.dictionary(fc.constantFrom(...MEMBERS), fc.oneof(fc.jsonValue(), fc.anything(NOT_JSON))))
      .map(([given, junk]) => ({ ...given, ...junk })),
  },
  { weight: 1, arbitrary: fc.jsonValue() },
  { weight: 1, arbitrary: fc.anything(NOT_JSON) },
);
const anyBatch = fc.tuple(
  fc.oneof({ weight: 3, arbitrary: richDocument(KINDS) }, { weight: 2, arbitrary: policyDocument }),
  fc.array(anyRequest, { minLength: 4, maxLength: 4 }),
);

law('decide, permits and nextChange answer whatever they are asked', { runs: MANY, from: anyBatch }, (pair) => {
  const { program } = pair;
  const given = pair.given as unknown as Request;
  const { outcome, reason, reasons } = decideFor(program, given);
  const challenges = reasons.every(({ code }) => ['step_up_required', 'assurance_insufficient'].includes(code));
  expect(reasons.map(({ code }) => code)).not.toContain('engine_error');
  expect(outcome).toBe(reasons.length === 0 ? 'permit' : challenges ? 'challenge' : 'deny');
  expect(reason).toBe(reasons[0]?.code ?? null);
  expect(typeof permits(program, given)).toBe('boolean');
  expect(nextChange(program, given)).not.toBe(undefined);
});

law('a gate that is passed at a glance is open when each is asked', { runs: MANY }, ({ program, given }) => {
  const told = decideFor(program, given).reasons.map(({ code, path }) => code + path);
  const closed = explain(program, given as unknown as Request).filter(({ kind }) => kind === 'gate');
  for (const { code, path } of closed) expect(told).toContain(`${code}${path}`);
});

law('permits is true exactly when decide permits', { runs: MANY }, ({ program, given }) => {
  expect(permits(program, given as unknown as Request)).toBe(decideFor(program, given).outcome === 'permit');
});

const coverage = new Coverage();
law(
  'the engine decides as the reference does, whatever the constraints and however broken the facts',
  { runs: MANY, after: () => coverage.demandKinds(KINDS) },
  ({ document, program, given }) => {
    const found = answered(decideFor(program, given));
    const expected = readAloud(document as unknown as Document, given, coverage.witness);
    if (!isDeepStrictEqual(found, expected)) expect(found).toEqual(expected);
  },
);

function frozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  Object.values(value).forEach(frozen);
  return Object.freeze(value);
}

law('the same request gets the same bytes, and nothing handed in is touched', { runs: RUNS }, (pair) => {
  const { document, program } = pair;
  const given = structuredClone(pair.given);
  const bytes = JSON.stringify(decideFor(program, given));
  permits(program, given as unknown as Request);
  const change = nextChange(program, given as unknown as Request);
  expect(isDeepStrictEqual(given, structuredClone(pair.given))).toBe(true);
  const other = compile(frozen(normalize(frozen(structuredClone(document)))));
  const still = frozen(structuredClone(given));
  expect(nextChange(other, still as unknown as Request)).toEqual(change);
  expect(JSON.stringify(decideFor(other, still))).toBe(bytes);
  expect(JSON.stringify(decideFor(program, given))).toBe(bytes);
});

/** Which member made a capability forbidden offline is where it is written, and that is no longer known. */
function withoutPlace(policy: object): unknown {
  return JSON.parse(JSON.stringify(policy), (key, value: unknown) => (key === 'offlinePath' ? undefined : value));
}

test('normalizing what normalize gave changes nothing, and decides alike', () => {
  const pairs = fc.property(batches(), ([document, requests]) => {
    const once = normalize(document as PolicyDocument);
    const twice = normalize(once);
    expect(withoutPlace(twice)).toEqual(withoutPlace(once));
    const [first, second] = [compile(once), compile(twice)];
    for (const given of requests) {
      const plain = (found: unknown) => JSON.stringify(found).replaceAll('/serverBound', '/offline');
      expect(plain(decideFor(second, given))).toBe(plain(decideFor(first, given)));
    }
  });
  fc.assert(pairs, { numRuns: RUNS, seed: RUNS });
});

test('the generated documents are legal, and load makes of them what normalize does', () => {
  let useless = 0;
  const runs = Math.ceil(RUNS / 3);
  const documents = fc.property(fc.oneof(richDocument(KINDS), policyDocument), (document) => {
    const loaded = load(JSON.stringify(document));
    if (loaded.ok) expect(JSON.stringify(loaded.value.policy)).toBe(JSON.stringify(programOf(document).policy));
    // A policy that can never permit is refused, and still decides nothing but refusals.
    else {
      useless += 1;
      expect([...new Set(loaded.diagnostics.map(({ code }) => code))]).toEqual(['unsatisfiable']);
    }
  });
  fc.assert(documents, { numRuns: runs, seed: RUNS });
  expect(useless).toBeLessThan(Math.max(2, runs / 20));
});
