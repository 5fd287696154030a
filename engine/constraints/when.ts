/** `when`: a condition over facts in json-rules-engine's dialect, strict and three-valued. Never about time. */
import type { Facts } from '../facts.ts';
import type { Read } from '../own.ts';
import type { Condition, ConditionLeaf, Policy, When } from '../policy.ts';
import { NOT_VALIDATED, type Rule } from './check.ts';
import { factReader, type FactValue } from './when-facts.ts';
import type { Written } from './written.ts';

/** Kleene's third value says what was wrong with the fact. */
type Truth = boolean | 'fact_missing' | 'fact_invalid';
type Test = (facts: Facts) => Truth;
/** What a policy gives names to. */
export type Named = Pick<Policy, 'conditions' | 'facts'>;

export function normalizeWhen(written: Written<When>, path: string): When {
  return { kind: 'when', path, conditions: written.conditions };
}

/** A group settled by one child of the truth `settles`; else an unknown child leaves it unknown. */
function group(tests: readonly Test[], settles: boolean): Test {
  return (facts) => {
    let truth: Truth = !settles;
    for (const test of tests) {
      const child = test(facts);
      if (child === settles) return settles;
      if (typeof child === 'string' && truth !== 'fact_missing') truth = child;
    }
    return truth;
  };
}

function not(test: Test): Test {
  return (facts) => {
    const truth = test(facts);
    return typeof truth === 'boolean' ? !truth : truth;
  };
}

const OPERATORS: Readonly<Record<ConditionLeaf['operator'], (a: FactValue, b: FactValue) => boolean>> = {
  equal: (a, b) => a === b,
  notEqual: (a, b) => a !== b,
  in: (a, b) => (b as readonly FactValue[]).includes(a),
  notIn: (a, b) => !(b as readonly FactValue[]).includes(a),
  contains: (a, b) => (a as readonly FactValue[]).includes(b),
  doesNotContain: (a, b) => !(a as readonly FactValue[]).includes(b),
  lessThan: (a, b) => a < b,
  lessThanInclusive: (a, b) => a <= b,
  greaterThan: (a, b) => a > b,
  greaterThanInclusive: (a, b) => a >= b,
};

type Operand = (facts: Facts) => Read<FactValue>;

function operand(name: string, path: string | undefined, named: Named): Operand {
  const declared = Object.hasOwn(named.facts, name) ? named.facts[name]?.type : undefined;
  const read = factReader(name, declared);
  if (path === undefined) return read;
  const index = Number(path.slice(2, -1));
  return (facts) => {
    const list = read(facts);
    // Beyond the end is missing.
    return list === undefined || list === null ? list : (list as readonly string[])[index];
  };
}

function compileLeaf({ fact, path, operator, value }: ConditionLeaf, named: Named): Test {
  const left = operand(fact, path, named);
  const right: Operand =
    typeof value === 'object' && 'fact' in value ? operand(value.fact, value.path, named) : () => value as FactValue;
  const holds = OPERATORS[operator];
  return (facts) => {
    const a = left(facts);
    const b = right(facts);
    if (a === undefined || b === undefined) return 'fact_missing';
    return a === null || b === null ? 'fact_invalid' : holds(a, b);
  };
}

function compileCondition(condition: Condition, named: Named): Test {
  if ('all' in condition)
    return group(
      condition.all.map((each) => compileCondition(each, named)),
      false,
    );
  if ('any' in condition)
    return group(
      condition.any.map((each) => compileCondition(each, named)),
      true,
    );
  if ('not' in condition) return not(compileCondition(condition.not, named));
  if ('fact' in condition) return compileLeaf(condition, named);
  const name = condition.condition;
  const target = Object.hasOwn(named.conditions, name) ? named.conditions[name] : undefined;
  if (target === undefined) throw new TypeError(NOT_VALIDATED);
  return compileCondition(target, named);
}

export function compileWhen({ conditions }: When, named: Named): Rule {
  const test = compileCondition(conditions, named);
  return {
    test(facts) {
      const truth = test(facts);
      if (truth === true) return undefined;
      return truth === false ? 'condition_not_met' : truth;
    },
    measure: () => undefined,
  };
}
