/** What a constraint demands of one fact, or of the hour: a necessary condition of its being met. */
import { BUILT_IN_FACTS } from '../built-in-facts.ts';
import type { ConditionOperator, Weekday } from '../policy.ts';
import { comparisonProblems, isOperator } from './comparisons.ts';
import { childrenOf } from './conditions.ts';
import { DEEPEST_GROUP } from './constraints.ts';
import { meet, type Domain, type Literal } from './domain.ts';
import type { FactTypes } from './facts.ts';
import { itemsOf, memberOf, membersOf, type Written } from './written.ts';

export interface Claim {
  /** What it is about: claims about the same thing must be met together. */
  readonly about: string;
  /** Where it is written, or where a reference brings it in. */
  readonly pointer: string;
  readonly leaves: Domain;
}

/** What claims are made of, for one document. */
export interface Sources {
  readonly types: FactTypes;
  readonly conditions: ReadonlyMap<string, Written>;
}

export function sourcesOf(document: Written, types: FactTypes): Sources {
  const named = membersOf(memberOf(document, 'conditions')).map((condition) => [condition.key, condition] as const);
  return { types, conditions: new Map(named) };
}

/** The claims of a list of constraints that apply together. Of a group with alternatives nothing is claimed. */
export function claimsOf(list: Written, sources: Sources, depth = 0): readonly Claim[] {
  return itemsOf(list).flatMap((constraint): readonly Claim[] => {
    const kind = memberOf(constraint, 'kind').value;
    const of = memberOf(constraint, 'of');
    if (kind === 'schedule') return scheduleClaim(constraint);
    if (kind === 'when') return new Walk(sources).claims(memberOf(constraint, 'conditions'), true);
    const together = kind === 'allOf' || (kind === 'anyOf' && itemsOf(of).length === 1);
    return together && depth < DEEPEST_GROUP ? claimsOf(of, sources, depth + 1) : [];
  });
}

const DAY = 1440;
const WEEK = 7 * DAY;
const DAYS: readonly unknown[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] satisfies Weekday[];

/** Exceptions only close more, and skipped hours come back another week: neither is looked at. */
function scheduleClaim(schedule: Written): readonly Claim[] {
  const zone = memberOf(schedule, 'timeZone').value;
  if (typeof zone !== 'string') return [];
  let minutes = 0n;
  for (const window of itemsOf(memberOf(schedule, 'windows'))) {
    const start = minuteOf(memberOf(window, 'start'));
    const end = minuteOf(memberOf(window, 'end'));
    if (start === undefined || end === undefined) return [];
    const length = BigInt(end > start ? end - start : end + DAY - start);
    for (const { value } of itemsOf(memberOf(window, 'days')))
      minutes |= ((1n << length) - 1n) << BigInt(DAYS.indexOf(value) * DAY + start);
  }
  // A schedule without a window is another mistake.
  if (minutes === 0n) return [];
  const week = (1n << BigInt(WEEK)) - 1n;
  const leaves = { minutes: (minutes & week) | (minutes >> BigInt(WEEK)) };
  return [{ about: `schedule ${zone.toLowerCase()}`, pointer: schedule.pointer, leaves }];
}

function minuteOf({ value }: Written): number | undefined {
  const match = typeof value === 'string' ? /^(\d\d):(\d\d)$/.exec(value) : undefined;
  return match ? Number(match[1]) * 60 + Number(match[2]) : undefined;
}

/** Conditions say more than this only in documents that are made to take long: what is beyond is not looked at. */
const MOST = 1000;

class Walk {
  readonly sources: Sources;
  #left = MOST;
  constructor(sources: Sources) {
    this.sources = sources;
  }

  /** What follows from a condition that holds, or that is known not to. `via` is the reference that led here. */
  claims(node: Written, holds: boolean, via?: string): readonly Claim[] {
    if (this.#left-- <= 0) return [];
    const { value: name, pointer } = memberOf(node, 'condition');
    if (typeof name === 'string') {
      const target = this.sources.conditions.get(name);
      return target === undefined ? [] : this.claims(target, holds, via ?? pointer);
    }
    if (memberOf(node, 'fact').value !== undefined) return comparisonClaim(node, holds, via, this.sources.types);
    const children = childrenOf(node);
    const negates = memberOf(node, 'not').value !== undefined;
    // All of them hold, none of them does, or there is only one: else it may be this one or that one.
    const together = memberOf(node, holds ? 'all' : 'any').value !== undefined || children.length === 1;
    return together ? children.flatMap((child) => this.claims(child, holds !== negates, via)) : [];
  }
}

const OPPOSITE: Readonly<Record<ConditionOperator, ConditionOperator>> = {
  equal: 'notEqual',
  notEqual: 'equal',
  in: 'notIn',
  notIn: 'in',
  contains: 'doesNotContain',
  doesNotContain: 'contains',
  lessThan: 'greaterThanInclusive',
  lessThanInclusive: 'greaterThan',
  greaterThan: 'lessThanInclusive',
  greaterThanInclusive: 'lessThan',
};

function comparisonClaim(leaf: Written, holds: boolean, via: string | undefined, types: FactTypes): readonly Claim[] {
  const operator = memberOf(leaf, 'operator').value;
  const { value } = memberOf(leaf, 'value');
  const literal = Array.isArray(value) ? value.length > 0 : typeof value !== 'object';
  const broken = comparisonProblems(leaf, types).some(({ severity }) => severity !== 'warning');
  if (!isOperator(operator) || !literal || broken) return [];
  const path = memberOf(leaf, 'path').value;
  const fact = `${String(memberOf(leaf, 'fact').value)} ${typeof path === 'string' ? path : ''}`;
  const asked = holds ? operator : OPPOSITE[operator];
  const element = asked === 'contains' || asked === 'doesNotContain';
  return [
    {
      about: element ? `${fact} has ${JSON.stringify(value)}` : fact,
      pointer: via ?? leaf.pointer,
      leaves: meet(possible(leaf, types), demanded(asked, value as Literal & readonly Literal[])),
    },
  ];
}

function demanded(operator: ConditionOperator, value: Literal & readonly Literal[]): Domain {
  switch (operator) {
    case 'equal':
      return { values: new Set([value]) };
    case 'notEqual':
      return { not: [new Set([value])] };
    case 'in':
      return { values: new Set(value) };
    case 'notIn':
      return { not: [new Set(value)] };
    case 'contains':
      return { values: new Set([true]) };
    case 'doesNotContain':
      return { values: new Set([false]) };
    case 'lessThan':
    case 'lessThanInclusive':
      return { high: { at: value as number, inclusive: operator === 'lessThanInclusive' } };
    case 'greaterThan':
    case 'greaterThanInclusive':
      return { low: { at: value as number, inclusive: operator === 'greaterThanInclusive' } };
  }
}

/** The values that the fact can have at all, where they are few. */
function possible(leaf: Written, types: FactTypes): Domain {
  const name = String(memberOf(leaf, 'fact').value);
  const words = types.get(name) === 'boolean' ? [true, false] : builtIn(name);
  return words === undefined ? {} : { values: new Set<Literal>(words) };
}

function builtIn(name: string): readonly string[] | undefined {
  return Object.hasOwn(BUILT_IN_FACTS, name) ? BUILT_IN_FACTS[name]?.words : undefined;
}
