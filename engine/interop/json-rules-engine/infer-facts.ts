/** Types of custom facts, as the comparisons that use them show. */
import { BUILT_IN_FACTS } from '../../built-in-facts.ts';
import type { FactType } from '../../policy.ts';
import { quote, type Problem } from '../../problem.ts';
import { memberOf, type Written } from '../../semantics/written.ts';
import { ELEMENT } from './library-only.ts';

export interface InferredFact {
  /** Where it is used first. */
  readonly pointer: string;
  /** Absent when nothing shows it. */
  readonly type: FactType | undefined;
}

const ORDER: readonly unknown[] = ['lessThan', 'lessThanInclusive', 'greaterThan', 'greaterThanInclusive'];
const MEMBERSHIP: readonly unknown[] = ['in', 'notIn'];
const CONTAINMENT: readonly unknown[] = ['contains', 'doesNotContain'];

/** One side of a comparison: a fact, or an element of one. */
interface Side {
  readonly name: string;
  readonly pointer: string;
  readonly element: boolean;
}

/** What a comparison shows: a type, or that two facts have the same. */
type Clue = { readonly name: string; readonly type: FactType } | { readonly same: readonly [string, string] };

/** Every custom fact that the comparisons name, in order of first use. Of contradicting clues the first counts. */
export function inferFacts(leaves: readonly Written[]): ReadonlyMap<string, InferredFact> {
  const clues = leaves.flatMap(cluesIn);
  const types = new Map<string, FactType>(Object.entries(BUILT_IN_FACTS).map(([name, { type }]) => [name, type]));
  for (const clue of clues) if ('type' in clue && !types.has(clue.name)) types.set(clue.name, clue.type);
  spread(clues, types);
  const facts = new Map<string, InferredFact>();
  for (const { name, pointer } of leaves.flatMap(sidesOf))
    if (!Object.hasOwn(BUILT_IN_FACTS, name) && !facts.has(name)) facts.set(name, { pointer, type: types.get(name) });
  return facts;
}

/** What to say of a fact whose type nothing shows. */
export function untyped(name: string, { pointer }: InferredFact): Problem {
  const help = `pass the rules as \`{ "rules": …, "facts": { "${name}": { "type": … } } }\``;
  return { code: 'unknown_fact', pointer, message: `nothing shows what type ${quote(name)} has`, help };
}

/** Lets types pass between facts that are compared with each other, until no more is learned. */
function spread(clues: readonly Clue[], types: Map<string, FactType>): void {
  for (let before = -1; before !== types.size;) {
    before = types.size;
    for (const clue of clues) {
      if (!('same' in clue)) continue;
      const [a, b] = clue.same;
      const type = types.get(a) ?? types.get(b);
      if (type === undefined) continue;
      if (!types.has(a)) types.set(a, type);
      if (!types.has(b)) types.set(b, type);
    }
  }
}

function sideOf(written: Written): Side | undefined {
  const { value: name, pointer } = memberOf(written, 'fact');
  if (typeof name !== 'string') return undefined;
  const path = memberOf(written, 'path').value;
  return { name, pointer, element: typeof path === 'string' && ELEMENT.test(path) };
}

function sidesOf(leaf: Written): readonly Side[] {
  return [sideOf(leaf), sideOf(memberOf(leaf, 'value'))].filter((side) => side !== undefined);
}

function cluesIn(leaf: Written): readonly Clue[] {
  const left = sideOf(leaf);
  if (left === undefined) return [];
  const operator = memberOf(leaf, 'operator').value;
  const value = memberOf(leaf, 'value');
  const right = sideOf(value);
  return [
    ...ofSide(left, leftType(operator, value.value)),
    ...(right === undefined ? [] : ofSide(right, rightType(operator))),
    ...(right === undefined || MEMBERSHIP.includes(operator) ? [] : sameType(left, right)),
  ];
}

function ofSide({ name, element }: Side, type: FactType | undefined): readonly Clue[] {
  if (element) return [{ name, type: 'string[]' }];
  return type === undefined ? [] : [{ name, type }];
}

function sameType(left: Side, right: Side): readonly Clue[] {
  if (left.element && !right.element) return [{ name: right.name, type: 'string' }];
  if (right.element && !left.element) return [{ name: left.name, type: 'string' }];
  return left.element ? [] : [{ same: [left.name, right.name] }];
}

function leftType(operator: unknown, value: unknown): FactType | undefined {
  if (ORDER.includes(operator)) return 'number';
  if (CONTAINMENT.includes(operator)) return 'string[]';
  if (Array.isArray(value)) return scalarType(value[0]);
  if (MEMBERSHIP.includes(operator)) return 'string';
  return scalarType(value);
}

function rightType(operator: unknown): FactType | undefined {
  if (ORDER.includes(operator)) return 'number';
  if (CONTAINMENT.includes(operator)) return 'string';
  return MEMBERSHIP.includes(operator) ? 'string[]' : undefined;
}

function scalarType(value: unknown): FactType | undefined {
  const type = typeof value;
  return type === 'boolean' || type === 'number' || type === 'string' ? type : undefined;
}
