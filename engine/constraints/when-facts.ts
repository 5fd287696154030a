/** Reading the facts of a condition: what is missing, what is of another type, and what is there. */
import { BUILT_IN_FACTS } from '../built-in-facts.ts';
import { flag, member, text, texts, word, type Facts, type Read } from '../facts.ts';
import type { FactType } from '../policy.ts';

export type FactValue = boolean | number | string | readonly string[];

/** A finite number. */
function number(value: unknown): Read<number> {
  if (value === undefined) return undefined;
  return Number.isFinite(value) ? (value as number) : null;
}

function typed(value: unknown, type: FactType, words: readonly string[] | undefined): Read<FactValue> {
  switch (type) {
    case 'boolean':
      return flag(value);
    case 'number':
      return number(value);
    case 'string':
      return words === undefined ? text(value) : word(value, words);
    case 'string[]':
      return texts(value);
  }
}

/** Reads a fact by name: a built-in one, else the custom fact declared with `declared` type. */
export function factReader(name: string, declared: FactType | undefined): (facts: Facts) => Read<FactValue> {
  if (!Object.hasOwn(BUILT_IN_FACTS, name))
    return (facts) => typed(member(member(facts.request, 'facts'), name), declared ?? 'string', undefined);
  const { type, words } = BUILT_IN_FACTS[name] ?? { type: 'string' };
  const keys = name.split('.');
  return (facts) => typed(keys.reduce(member, facts.request), type, words);
}
