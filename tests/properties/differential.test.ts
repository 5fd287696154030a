/** Our conditions beside json-rules-engine itself, wherever both take them. */
import fc from 'fast-check';
import { Engine, Fact, type TopLevelCondition } from 'json-rules-engine';
import { compile, decide, permits, type Program, type Request } from 'latchkey';
import { importRules } from 'latchkey/interop/json-rules-engine';
import { load, normalize, type PolicyDocument } from 'latchkey/load';
import { expect, test } from 'vitest';
import {
  condition,
  CUSTOM,
  depthOf,
  factSet,
  leavesOf,
  NAMED,
  requestWith,
  type FactSet,
  type Tree,
} from './differential-conditions.ts';

/** How many conditions; each is judged on two sets of facts. */
const CONDITIONS = Number(process.env['DIFFERENTIAL_CONDITIONS'] ?? 20_000);
const SEED = Number(process.env['PROPERTY_SEED'] ?? 20_261_120);
const BATCH = Math.min(250, CONDITIONS);
const TIME = 60_000 + 10 * CONDITIONS;

const OPERATORS = [
  ...['equal', 'notEqual', 'in', 'notIn', 'contains', 'doesNotContain'],
  ...['lessThan', 'lessThanInclusive', 'greaterThan', 'greaterThanInclusive'],
];

const batch = fc.array(condition, { minLength: BATCH, maxLength: BATCH });
const twoSets = fc.array(factSet, { minLength: 2, maxLength: 2 });

const idOf = (index: number): string => `c${index}`;

function documentOf(trees: readonly Tree[]): object {
  return {
    language: 1,
    id: 'beside',
    version: 1,
    facts: CUSTOM,
    conditions: NAMED,
    tiers: [{ id: 'one', sensitivity: 'public', require: [] }],
    capabilities: trees.map((conditions, index) => ({
      id: idOf(index),
      tier: 'one',
      access: 'read',
      require: [{ kind: 'when', conditions }],
    })),
  };
}

/** Indices of those that our checks prove can never hold. Anything else they object to would be no common ground. */
function hopeless(document: object): ReadonlySet<number> {
  const loaded = load(JSON.stringify(document));
  const errors = loaded.ok ? [] : loaded.diagnostics.filter(({ severity }) => severity === 'error');
  expect(errors.filter(({ code }) => code !== 'unsatisfiable')).toEqual([]);
  return new Set(errors.map(({ pointer }) => Number(pointer.split('/')[2])));
}

async function heldByLibrary(trees: readonly Tree[], facts: FactSet): Promise<ReadonlySet<string>> {
  const engine = new Engine();
  for (const [name, tree] of Object.entries(NAMED))
    engine.setCondition(name, structuredClone(tree) as TopLevelCondition);
  for (const [index, tree] of trees.entries())
    engine.addRule({ conditions: tree as unknown as TopLevelCondition, event: { type: idOf(index) } });
  const values = Object.entries(facts).map(([id, value]) => [id, new Fact(id, value, { cache: false })]);
  const { events } = await engine.run(Object.fromEntries(values) as Record<string, unknown>);
  return new Set(events.map(({ type }) => type));
}

function heldByUs(program: Program, count: number, facts: FactSet): ReadonlySet<string> {
  const held = new Set<string>();
  const template = requestWith(facts, '');
  for (let index = 0; index < count; index++) {
    const request = { ...template, capability: idOf(index) } as unknown as Request;
    const { outcome, reasons } = decide(program, request);
    if (outcome === 'permit') held.add(idOf(index));
    // With every fact there, what does not hold is known not to.
    else expect(reasons.map(({ code }) => code)).toEqual(['condition_not_met']);
    expect(permits(program, request)).toBe(outcome === 'permit');
  }
  return held;
}

/** The conditions on which the two disagree. */
function disputed(trees: readonly Tree[], ours: ReadonlySet<string>, theirs: ReadonlySet<string>): readonly Tree[] {
  return trees.filter((_, index) => ours.has(idOf(index)) !== theirs.has(idOf(index)));
}

/** Batches are not made smaller on failure: it would take long, and each condition stands for itself. */
const PLAN = { seed: SEED, endOnFailure: true };

class Seen {
  readonly operators = new Map<string, number>(OPERATORS.map((operator) => [operator, 0]));
  conditions = 0;
  leaves = 0;
  depth = 0;
  answers = 0;
  held = 0;
  hopeless = 0;

  add(tree: Tree): void {
    const leaves = leavesOf(tree);
    this.conditions += 1;
    this.leaves += leaves.length;
    this.depth += depthOf(tree);
    for (const { operator } of leaves) this.operators.set(operator, (this.operators.get(operator) ?? 0) + 1);
  }

  demand(): void {
    const { conditions, leaves, depth, answers, held } = this;
    const uses = [...this.operators].map(([operator, count]) => `${operator} ${count}`).join(', ');
    const averages = `${(leaves / conditions).toFixed(1)} leaves, depth ${(depth / conditions).toFixed(1)}`;
    const share = `${((100 * held) / answers).toFixed(1)} % of ${answers} answers true, ${this.hopeless} never`;
    console.log(`${conditions} conditions, on average ${averages}; ${share}\n  ${uses}`);
    expect(conditions).toBeGreaterThanOrEqual(CONDITIONS);
    expect(leaves / conditions, 'too few leaves').toBeGreaterThanOrEqual(6);
    expect(depth / conditions, 'too shallow').toBeGreaterThanOrEqual(3);
    expect(held / answers, 'too seldom true').toBeGreaterThanOrEqual(0.3);
    expect(held / answers, 'too seldom false').toBeLessThanOrEqual(0.7);
    const enough = Math.min(500, CONDITIONS / 40);
    for (const [operator, count] of this.operators) expect(count, operator).toBeGreaterThanOrEqual(enough);
  }
}

test('well-typed conditions hold exactly when json-rules-engine says so', { timeout: TIME }, async () => {
  const seen = new Seen();
  const agree = fc.asyncProperty(batch, twoSets, async (trees, sets) => {
    const document = documentOf(trees);
    const never = hopeless(document);
    const program = compile(normalize(document as PolicyDocument));
    for (const tree of trees) seen.add(tree);
    seen.hopeless += never.size;
    for (const facts of sets) {
      const theirs = await heldByLibrary(trees, facts);
      expect(disputed(trees, heldByUs(program, trees.length, facts), theirs), JSON.stringify(facts)).toEqual([]);
      expect([...never].filter((index) => theirs.has(idOf(index)))).toEqual([]);
      seen.answers += trees.length;
      seen.held += theirs.size;
    }
  });
  await fc.assert(agree, { numRuns: Math.ceil(CONDITIONS / BATCH), ...PLAN });
  seen.demand();
});

test('rules that are imported let through what their events stood for', { timeout: TIME }, async () => {
  const few = fc.array(condition, { minLength: 20, maxLength: 20 });
  const agree = fc.asyncProperty(few, twoSets, async (all, sets) => {
    const never = hopeless(documentOf(all));
    const trees = all.filter((_, index) => !never.has(index));
    const rules = trees.map((conditions, index) => ({ conditions, event: { type: idOf(index) } }));
    const imported = importRules({ rules, conditions: NAMED, facts: CUSTOM });
    if (!imported.ok) throw new Error(JSON.stringify(imported.diagnostics));
    const program = compile(normalize(imported.value));
    for (const facts of sets) expect(heldByUs(program, trees.length, facts)).toEqual(await heldByLibrary(trees, facts));
  });
  await fc.assert(agree, { numRuns: 20, ...PLAN });
});
