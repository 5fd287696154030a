/** What the library's conditions may say and the language's may not. */
import { quote, quoteValue, type Problem } from '../../problem.ts';
import { childrenOf, isGroup } from '../../semantics/conditions.ts';
import { isOperator } from '../../semantics/comparisons.ts';
import { memberOf, type Written } from '../../semantics/written.ts';
import { didYouMean } from '../../suggest.ts';

const OPERATORS = [
  'equal',
  'notEqual',
  'in',
  'notIn',
  'contains',
  'doesNotContain',
  'lessThan',
  'lessThanInclusive',
  'greaterThan',
  'greaterThanInclusive',
];
/** The library's own decorators, and what to write without them. */
const DECORATORS: Readonly<Record<string, string>> = {
  not: 'put the comparison under `not`, without the decorator',
  swap: 'turn the comparison around',
  someFact: 'write an `any` group with one comparison for each element',
  everyFact: 'write an `all` group with one comparison for each element',
  someValue: 'write an `any` group with one comparison for each value',
  everyValue: 'write an `all` group with one comparison for each value',
};

/** The only paths there are. */
export const ELEMENT = /^\$\[(?:0|[1-9]\d*)\]$/;

/** Every node of a condition, the root first. */
export function nodesOf(node: Written): readonly Written[] {
  return [node, ...childrenOf(node).flatMap(nodesOf)];
}

/** Everything in one node that has no counterpart. A priority changes no answer, so that it is only pointed out. */
export function libraryOnly(node: Written): readonly Problem[] {
  const value = memberOf(node, 'value');
  return [
    ...order(node),
    ...parameters(node),
    ...parameters(value),
    ...path(node),
    ...path(value),
    ...operator(node),
    ...nothing(value),
  ];
}

/** Rules and conditions are judged all and always: what comes first makes no difference. */
export function order(written: Written): readonly Problem[] {
  const { value, pointer } = memberOf(written, 'priority');
  if (value === undefined) return [];
  const message = '`priority` is left out, because order never changes an answer';
  return [{ code: 'unknown_key', severity: 'warning', pointer, message, help: 'remove it' }];
}

function parameters(written: Written): readonly Problem[] {
  const { value, pointer } = memberOf(written, 'params');
  if (value === undefined) return [];
  const message = `${quoteValue(memberOf(written, 'fact').value)} is given \`params\`, and facts take none`;
  return [{ code: 'unknown_key', pointer, message, help: 'use one fact for each set of parameters' }];
}

function path(written: Written): readonly Problem[] {
  const { value, pointer } = memberOf(written, 'path');
  const fact = memberOf(written, 'fact').value;
  if (typeof value !== 'string' || ELEMENT.test(value) || typeof fact !== 'string') return [];
  const member = /^\$?\.?([A-Za-z][\w.-]*)$/.exec(value)?.[1];
  const help =
    member === undefined
      ? 'give what the path finds as a fact of its own'
      : `give it as a fact of its own, such as ${quote(`${fact}.${member}`)}`;
  return [{ code: 'bad_path', pointer, message: `${quote(value)} does not point at one element of a list`, help }];
}

function operator(node: Written): readonly Problem[] {
  const { value, pointer } = memberOf(node, 'operator');
  if (typeof value !== 'string' || isOperator(value) || isGroup(node)) return [];
  const decorator = value.split(':')[0] ?? '';
  const help =
    (value.includes(':') && Object.hasOwn(DECORATORS, decorator) ? DECORATORS[decorator] : undefined) ??
    didYouMean(value, OPERATORS) ??
    'let the app work the answer out and give it as a fact that is `true` or `false`';
  return [{ code: 'unknown_operator', pointer, message: `${quote(value)} is no operator of the language`, help }];
}

function nothing({ value, pointer }: Written): readonly Problem[] {
  if (value !== null) return [];
  const help = 'remove the comparison: a fact that is absent is unknown and satisfies nothing, `not` included';
  return [{ code: 'wrong_type', pointer, message: 'nothing can be compared with `null`', help }];
}

/** The node as the language has it: without what `libraryOnly` speaks of. Keeps places, so that pointers still fit. */
export function withoutOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutOrder);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([key]) => key !== 'priority');
  return Object.fromEntries(kept.map(([key, each]) => [key, key === 'value' ? (each as unknown) : withoutOrder(each)]));
}
