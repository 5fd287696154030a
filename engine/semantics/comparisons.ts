/** Comparisons in conditions: facts that are there, and values of one type. */
import { BUILT_IN_FACTS } from '../built-in-facts.ts';
import type { ConditionOperator, FactType } from '../policy.ts';
import { listed, quote, quoteValue, type Problem } from '../problem.ts';
import { didYouMean } from '../suggest.ts';
import type { FactTypes } from './facts.ts';
import { itemsOf, memberOf, type Written } from './written.ts';

const SCALARS: readonly FactType[] = ['boolean', 'number', 'string'];

/** What may stand on the left of each operator. */
const LEFT: Readonly<Record<ConditionOperator, readonly FactType[]>> = {
  equal: SCALARS,
  notEqual: SCALARS,
  in: SCALARS,
  notIn: SCALARS,
  contains: ['string[]'],
  doesNotContain: ['string[]'],
  lessThan: ['number'],
  lessThanInclusive: ['number'],
  greaterThan: ['number'],
  greaterThanInclusive: ['number'],
};

const WORDS: Readonly<Record<FactType, string>> = {
  boolean: '`true` or `false`',
  number: 'a number',
  string: 'text',
  'string[]': 'a list',
};

/** Everything wrong with one comparison; nothing when it is none. */
export function comparisonProblems(leaf: Written, types: FactTypes): readonly Problem[] {
  const left = factProblems(leaf, types);
  const right = factProblems(memberOf(leaf, 'value'), types);
  const broken = [...left.problems, ...right.problems];
  const operator = memberOf(leaf, 'operator');
  if (broken.length > 0 || left.type === undefined || !isOperator(operator.value)) return broken;
  if (!LEFT[operator.value].includes(left.type)) return [wrongOperator(operator, left.type, nameOf(leaf))];
  return valueProblems(leaf, operator.value, left.type, right.type);
}

export function isOperator(value: unknown): value is ConditionOperator {
  return typeof value === 'string' && Object.hasOwn(LEFT, value);
}

interface Operand {
  /** Absent where nothing can be said of it, or where it is no fact. */
  readonly type?: FactType | undefined;
  readonly problems: readonly Problem[];
}

function nameOf(written: Written): string {
  return quoteValue(memberOf(written, 'fact').value);
}

function factProblems(written: Written, types: FactTypes): Operand {
  const { value: name, pointer } = memberOf(written, 'fact');
  const path = memberOf(written, 'path');
  if (typeof name !== 'string') return { problems: [] };
  if (!types.has(name)) {
    const help = didYouMean(name, [...types.keys()]) ?? 'declare it in `facts`, or use one that is built in';
    return { problems: [{ code: 'unknown_fact', pointer, message: `there is no fact ${quote(name)}`, help }] };
  }
  const type = types.get(name);
  if (path.value === undefined || type === undefined) return { type, problems: [] };
  if (type === 'string[]') return { type: 'string', problems: [] };
  const message = `${quote(name)} is no list, so nothing in it can be pointed at`;
  return { problems: [{ code: 'bad_path', pointer: path.pointer, message, help: 'remove the path' }] };
}

function wrongOperator({ value, pointer }: Written, type: FactType, name: string): Problem {
  const fitting = Object.entries(LEFT).flatMap(([operator, left]) => (left.includes(type) ? [operator] : []));
  const message = `${quoteValue(value)} cannot judge ${name}, which is ${WORDS[type]}`;
  const path = type === 'string[]' ? ', or name one element with `"path": "$[0]"`' : '';
  return { code: 'type_mismatch', pointer, message, help: `use ${listed(fitting)}${path}` };
}

/** `fact` is the type of the fact on the right, where there is one. */
function valueProblems(
  leaf: Written,
  operator: ConditionOperator,
  left: FactType,
  fact: FactType | undefined,
): readonly Problem[] {
  const value = memberOf(leaf, 'value');
  const inList = operator === 'in' || operator === 'notIn';
  const element = LEFT[operator].includes('string[]') ? 'string' : left;
  if (fact !== undefined) {
    const fits = inList ? fact === 'string[]' && left === 'string' : fact === element;
    return fits ? [] : [otherFact(leaf, value, fact, inList ? `a list, each of it ${WORDS[left]}` : WORDS[element])];
  }
  const written = literalType(value.value);
  if (written === undefined) return [];
  if (inList && written === 'string[]') {
    const items = itemsOf(value);
    const wrong = items.filter((item) => literalType(item.value) !== left);
    return wrong.length > 0 ? wrong.map((item) => otherType(leaf, item, left)) : oddWords(leaf, items);
  }
  if (inList) {
    const message = `${quote(operator)} needs a list, not ${quoteValue(value.value)}`;
    const help = `write ${quote(`[${JSON.stringify(value.value)}]`)}`;
    return [{ code: 'type_mismatch', pointer: value.pointer, message, help }];
  }
  return written === element ? oddWords(leaf, [value]) : [otherType(leaf, value, element)];
}

/** The type of a literal; a list is one whatever is in it. Nothing for what no literal can be. */
function literalType(value: unknown): FactType | undefined {
  if (Array.isArray(value)) return 'string[]';
  return SCALARS.find((type) => typeof value === type);
}

function otherType(leaf: Written, { value, pointer }: Written, wanted: FactType): Problem {
  const found = typeof value === 'string' ? `text ${quote(value)}` : quoteValue(value);
  const message = `${nameOf(leaf)} is compared with ${WORDS[wanted]}, not with ${found}`;
  return { code: 'type_mismatch', pointer, message, help: rewritten(value, wanted) ?? `write ${WORDS[wanted]}` };
}

/** The value as it stands, made into the type that is wanted, where that is plain. */
function rewritten(value: unknown, wanted: FactType): string | undefined {
  if (wanted === 'string' && !Array.isArray(value)) return `write \`"${String(value)}"\``;
  const plain = wanted === 'number' ? /^-?\d{1,15}(\.\d+)?$/ : /^(true|false)$/;
  return typeof value === 'string' && plain.test(value) ? `write \`${value}\` without quotes` : undefined;
}

function otherFact(leaf: Written, value: Written, found: FactType, wanted: string): Problem {
  const message = `${nameOf(leaf)} is compared with ${wanted}, and ${nameOf(value)} is ${WORDS[found]}`;
  return { code: 'type_mismatch', pointer: value.pointer, message, help: 'compare facts of one type' };
}

/** A word that the fact never has: legal, and surely a slip. */
function oddWords(leaf: Written, literals: readonly Written[]): readonly Problem[] {
  const name = memberOf(leaf, 'fact').value;
  const words =
    typeof name === 'string' && Object.hasOwn(BUILT_IN_FACTS, name) ? BUILT_IN_FACTS[name]?.words : undefined;
  return literals.flatMap(({ value, pointer }): readonly Problem[] => {
    if (words === undefined || typeof value !== 'string' || words.includes(value)) return [];
    const message = `${quote(value)} is not a value that ${nameOf(leaf)} can have`;
    const help = didYouMean(value, words) ?? `use ${listed(words)}`;
    return [{ code: 'unknown_value', severity: 'warning', pointer, message, help }];
  });
}
