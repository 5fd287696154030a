/**
 * A program as rules of json-rules-engine, for hosts whose facts must be fetched. The rules show the structure of the
 * policy; each of their comparisons asks one of our own compiled checks, so that nothing is said twice.
 */
import { isGroup, type Check } from '../../constraints/index.ts';
import { decide } from '../../decide.ts';
import type { Decision } from '../../decision.ts';
import { explain, type Explanation } from '../../explain.ts';
import { isObject, member } from '../../own.ts';
import type { CompiledCapability, Program } from '../../program.ts';
import { RESTRICTED } from '../../request.ts';
import type { Request } from '../../request.ts';
import { constraintsByPath } from '../placed-constraints.ts';
import { factsRead } from './facts-read.ts';
import type { EngineClass, EngineCondition, EngineRule, RulesAlmanac, RulesEngine } from './library.ts';

/** The fact that holds the request: everything but `capability`, which each rule brings along. No custom fact can have this name. */
export const REQUEST_FACT = 'latchkey:request';
/** The fact that holds the whole decision on the capability that its params name. */
export const DECISION_FACT = 'latchkey:decision';
const CONSTRAINT_FACT = 'latchkey:constraint';
const GATES_FACT = 'latchkey:gates';

const MET = 'met';
/** A rule of a level of sensitivity above the one in force. */
const NOT_APPLICABLE = 'not_applicable';
/** Without a usable `now` no constraint is judged, and a gate is closed. */
const NOT_JUDGED = 'not_judged';

/** What one run knows of one capability. */
interface Judged {
  readonly decision: Decision;
  readonly gates: string;
  /** `met` or why not, by the constraint's pointer. */
  readonly answers: ReadonlyMap<string, string>;
}

export interface ToEngineOptions {
  /** The capabilities to make rules of; all of them when absent. */
  readonly capabilities?: readonly string[];
}

/**
 * A configured `Engine` with one rule a capability, called like it. A run emits `permit` for exactly those that `permits`
 * lets through, and has the others among its `failureEvents`; both carry `params: { capability, decision }`.
 * Give the request as the fact `REQUEST_FACT`; custom facts come from it unless the host adds facts of their names.
 * A fact that rejects rejects the run, and so does a request whose own members throw when they are read. Throws `TypeError`
 * for a capability that the program lacks.
 */
export function toEngine<E extends RulesEngine>(
  program: Program,
  Engine: EngineClass<E>,
  options: ToEngineOptions = {},
): E {
  const engine = new Engine([], { allowUndefinedFacts: true, replaceFactsInEventParams: true });
  const ids = options.capabilities ?? [...program.capabilities.keys()];
  for (const id of ids) engine.addRule(ruleOf(capabilityNamed(program, id)));
  addFacts(engine, program);
  return engine;
}

function capabilityNamed(program: Program, id: string): CompiledCapability {
  const capability = program.capabilities.get(id);
  if (capability === undefined) throw new TypeError('a rule is asked for of a capability that the program lacks');
  return capability;
}

function ruleOf({ id: capability, checks }: CompiledCapability): EngineRule {
  // All levels of sensitivity: a request can raise the one in force.
  const applicable = checks[RESTRICTED] ?? [];
  return {
    name: capability,
    conditions: {
      all: [comparison(GATES_FACT, { capability }, 'gates'), ...applicable.map((check) => ofCheck(check, capability))],
    },
    event: { type: 'permit', params: { capability, decision: { fact: DECISION_FACT, params: { capability } } } },
  };
}

function ofCheck(check: Check, capability: string): EngineCondition {
  const { kind, path } = check;
  if (!isGroup(check)) return comparison(CONSTRAINT_FACT, { capability, path }, kind);
  const parts = check.of.map((part) => ofCheck(part, capability));
  return check.kind === 'allOf' ? { all: parts, name: kind } : { any: parts, name: kind };
}

function comparison(fact: string, params: Record<string, unknown>, name: string): EngineCondition {
  return { fact, params, operator: 'in', value: [MET, NOT_APPLICABLE], name };
}

/** None is cached by the library, which tells cached values apart by a hash alone. */
const UNCACHED = { cache: false };

function addFacts(engine: RulesEngine, program: Program): void {
  const judge = judgeOf(program);
  for (const name of Object.keys(program.policy.facts))
    engine.addFact(name, async (_, almanac) => member(await requestIn(almanac, 'facts'), name), UNCACHED);
  engine.addFact(DECISION_FACT, async (asked, almanac) => (await judge(asked, almanac)).decision, UNCACHED);
  engine.addFact(GATES_FACT, async (asked, almanac) => (await judge(asked, almanac)).gates, UNCACHED);
  engine.addFact(
    CONSTRAINT_FACT,
    async (asked, almanac) => {
      const { answers, decision } = await judge(asked, almanac);
      const absent = decision.evaluatedAt === null ? NOT_JUDGED : NOT_APPLICABLE;
      return answers.get(String(asked['path'])) ?? absent;
    },
    UNCACHED,
  );
}

async function requestIn(almanac: RulesAlmanac, key: string): Promise<unknown> {
  return member(await almanac.factValue(REQUEST_FACT), key);
}

/** Judges each capability once a run, however many of its constraints ask. */
function judgeOf(program: Program): (asked: Record<string, unknown>, almanac: RulesAlmanac) => Promise<Judged> {
  const constraints = constraintsByPath(program.policy);
  const runs = new WeakMap<RulesAlmanac, Map<string, Promise<Judged>>>();
  return (asked, almanac) => {
    const capability = String(asked['capability']);
    const run = runs.get(almanac) ?? new Map<string, Promise<Judged>>();
    runs.set(almanac, run);
    const judged =
      run.get(capability) ?? judge(program, capability, factsRead(program, capability, constraints), almanac);
    run.set(capability, judged);
    return judged;
  };
}

async function judge(
  program: Program,
  capability: string,
  names: readonly string[],
  almanac: RulesAlmanac,
): Promise<Judged> {
  const given = await almanac.factValue(REQUEST_FACT);
  const values = await Promise.all(names.map(async (name) => [name, await almanac.factValue(name)] as const));
  const facts = Object.fromEntries(values.filter(([, value]) => value !== undefined));
  // Whatever its shape: `decide` lets nothing through that it cannot read.
  const request = { ...(isObject(given) ? given : {}), capability, facts } as unknown as Request;
  const explained = explain(program, request);
  return {
    decision: decide(program, request),
    gates: explained.find(({ kind }) => kind === 'gate')?.code ?? MET,
    answers: new Map(explained.flatMap(answersOf)),
  };
}

function answersOf({ kind, path, met, code, of = [] }: Explanation): readonly (readonly [string, string])[] {
  if (kind === 'gate') return [];
  return [[path, met ? MET : (code ?? 'not_met')], ...of.flatMap(answersOf)];
}
