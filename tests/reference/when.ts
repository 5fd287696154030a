/** `when`: conditions in three values. A leaf whose operands are not both there and well-typed is unknown. */
import type { Condition, ConditionLeaf, Operand, When } from './document.ts';
import { boolean, number, read, text, texts, word, type Fact } from './facts.ts';
import { SATISFIED, unknown, violated, type Asked, type Verdict } from './verdict.ts';
import { AUTH_STATES, BINDING, CLOCK_STATES, CONNECTIVITY, INTEGRITY, LEVELS, RISK, STORAGE } from './words.ts';

type Truth = 'true' | 'false' | 'fact_missing' | 'fact_invalid';
type Scalar = boolean | number | string;

export function when({ conditions }: When, asked: Asked): Verdict {
  const truth = evaluate(conditions, asked);
  if (truth === 'true') return SATISFIED;
  return truth === 'false' ? violated('condition_not_met') : unknown(truth);
}

function evaluate(condition: Condition, asked: Asked): Truth {
  if ('all' in condition) {
    const members = condition.all.map((each) => evaluate(each, asked));
    return members.includes('false') ? 'false' : (unknownAmong(members) ?? 'true');
  }
  if ('any' in condition) {
    const members = condition.any.map((each) => evaluate(each, asked));
    return members.includes('true') ? 'true' : (unknownAmong(members) ?? 'false');
  }
  if ('not' in condition) {
    const truth = evaluate(condition.not, asked);
    if (truth === 'true') return 'false';
    return truth === 'false' ? 'true' : truth;
  }
  if ('condition' in condition) {
    const named = asked.document.conditions?.[condition.condition];
    if (named === undefined) throw new TypeError(`no condition ${condition.condition}`);
    return evaluate(named, asked);
  }
  return compare(condition, asked);
}

function unknownAmong(members: readonly Truth[]): Truth | undefined {
  return (['fact_missing', 'fact_invalid'] as const).find((each) => members.includes(each));
}

function compare(leaf: ConditionLeaf, asked: Asked): Truth {
  const left = operand(leaf, asked);
  const right = isOperand(leaf.value) ? operand(leaf.value, asked) : { is: 'known' as const, value: leaf.value };
  if (left.is === 'missing' || right.is === 'missing') return 'fact_missing';
  if (left.is === 'ill' || right.is === 'ill') return 'fact_invalid';
  return holds(leaf.operator, left.value, right.value) ? 'true' : 'false';
}

function isOperand(value: ConditionLeaf['value']): value is Operand {
  return typeof value === 'object' && !Array.isArray(value);
}

function holds(operator: string, left: unknown, right: unknown): boolean {
  switch (operator) {
    case 'equal':
      return left === right;
    case 'notEqual':
      return left !== right;
    case 'in':
      return (right as readonly Scalar[]).some((each) => each === left);
    case 'notIn':
      return !(right as readonly Scalar[]).some((each) => each === left);
    case 'contains':
      return (left as readonly Scalar[]).some((each) => each === right);
    case 'doesNotContain':
      return !(left as readonly Scalar[]).some((each) => each === right);
    case 'lessThan':
      return (left as number) < (right as number);
    case 'lessThanInclusive':
      return (left as number) <= (right as number);
    case 'greaterThan':
      return (left as number) > (right as number);
    case 'greaterThanInclusive':
      return (left as number) >= (right as number);
    default:
      throw new TypeError(`no operator ${operator}`);
  }
}

function operand({ fact, path }: Operand, asked: Asked): Fact<unknown> {
  const found = factNamed(fact, asked);
  if (path === undefined || found.is !== 'known') return found;
  const place = Number(/^\$\[([0-9]+)\]$/.exec(path)?.[1]);
  const strings = found.value as readonly string[];
  return place < strings.length ? { is: 'known', value: strings[place] } : { is: 'missing' };
}

const WORDS: Readonly<Record<string, readonly string[]>> = {
  connectivity: CONNECTIVITY,
  'clock.state': CLOCK_STATES,
  'session.authState': AUTH_STATES,
  'permissions.integrity': INTEGRITY,
  'resource.sensitivity': LEVELS,
  'device.storage': STORAGE,
  'device.binding': BINDING,
  'risk.level': RISK,
};
const TEXTS = ['session.iss', 'session.sub', 'session.tenant', 'session.acr', 'resource.type', 'resource.id'];
const BOOLEANS = ['device.compliant', 'accessToken.verified'];
const LISTS = ['session.amr', 'permissions.roles', 'permissions.scopes'];

function factNamed(name: string, { document, request }: Asked): Fact<unknown> {
  const builtIn = read(request, ...name.split('.'));
  const words = Object.hasOwn(WORDS, name) ? WORDS[name] : undefined;
  if (words !== undefined) return word(builtIn, words);
  if (TEXTS.includes(name)) return text(builtIn);
  if (BOOLEANS.includes(name)) return boolean(builtIn);
  if (LISTS.includes(name)) return texts(builtIn);
  const custom = read(request, 'facts', name);
  const declared =
    document.facts !== undefined && Object.hasOwn(document.facts, name) ? document.facts[name] : undefined;
  switch (declared?.type) {
    case 'boolean':
      return boolean(custom);
    case 'number':
      return number(custom);
    case 'string':
      return text(custom);
    case 'string[]':
      return texts(custom);
    case undefined:
      throw new TypeError(`no fact ${name}`);
  }
}
