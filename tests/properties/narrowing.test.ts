import fc from 'fast-check';
import { compile, decide, type Outcome, type Program, type Request } from 'latchkey';
import { load } from 'latchkey/load';
import { expect, test } from 'vitest';
import { constraint, policyDocument, request } from './arbitraries.ts';
import { Distribution } from './distribution.ts';

const RUNS = Number(process.env['PROPERTY_RUNS'] ?? 3000);
const SEED = Number(process.env['PROPERTY_SEED'] ?? 20260301);
const RANK: Readonly<Record<Outcome, number>> = { deny: 0, challenge: 1, permit: 2 };

type Document = typeof policyDocument extends fc.Arbitrary<infer T> ? T : never;

function programOf(document: unknown): Program {
  const loaded = load(JSON.stringify(document));
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.diagnostics));
  return compile(loaded.value.policy);
}

/** The document with one more constraint, in each place where constraints must all hold. */
function narrower(document: Document, extra: object): readonly unknown[] {
  const [tier] = document.tiers;
  const [capability] = document.capabilities;
  const rules: Readonly<Record<string, readonly object[]>> = document.sensitivity ?? {};
  const publicRules = Object.hasOwn(rules, 'public') ? (rules['public'] ?? []) : [];
  return [
    { ...document, guards: [extra, ...document.guards] },
    { ...document, tiers: [{ ...tier, require: [...(tier?.require ?? []), extra] }] },
    { ...document, capabilities: [{ ...capability, require: [...(capability?.require ?? []), extra] }] },
    { ...document, sensitivity: { ...rules, public: [...publicRules, extra] } },
    { ...document, guards: [{ kind: 'allOf', of: [...document.guards, extra] }] },
  ];
}

/** The same value with every list the other way round. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed).reverse();
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, reversed(each)]));
}

test('adding a constraint anywhere that all must hold never widens', { timeout: 300_000 }, () => {
  const seen = new Distribution();
  const law = fc.property(policyDocument, request, constraint, (document, given, extra) => {
    const before = decide(programOf(document), given as Request);
    seen.add(before);
    for (const more of narrower(document, extra))
      expect(RANK[decide(programOf(more), given as Request).outcome]).toBeLessThanOrEqual(RANK[before.outcome]);
  });
  fc.assert(law, { numRuns: RUNS, seed: SEED });
  seen.demand('adding a constraint');
});

test('the order in which rules are written never changes the outcome', { timeout: 300_000 }, () => {
  const seen = new Distribution();
  const law = fc.property(policyDocument, request, (document, given) => {
    const before = decide(programOf(document), given as Request);
    seen.add(before);
    const after = decide(programOf(reversed(document)), given as Request);
    expect(after.outcome).toBe(before.outcome);
    // Which branch of an `anyOf` is reported may change on a tie, and with it the codes.
    if (JSON.stringify(document).includes('anyOf')) return;
    expect(after.reasons.map(({ code }) => code)).toEqual(before.reasons.map(({ code }) => code));
  });
  fc.assert(law, { numRuns: RUNS, seed: SEED });
  seen.demand('another order');
});
