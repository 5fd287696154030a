/** Reading the facts of a condition: what is missing, what is of another type, and what is there. */
import { BUILT_IN_FACTS } from '../built-in-facts.ts';
import type { Facts } from '../facts.ts';
import { flag, member, text, texts, word, type Read } from '../own.ts';
import type { FactType } from '../policy.ts';

export type FactValue = boolean | number | string | readonly string[];

/** A finite number. */
function number(value: unknown): Read<number> {
  if (value === undefined) return undefined;
  return Number.isFinite(value) ? (value as number) : null;
}

const READ: Readonly<Record<FactType, (value: unknown) => Read<FactValue>>> = {
  boolean: flag,
  number,
  string: text,
  'string[]': texts,
};

/** Reads a fact by name: a built-in one, else the custom fact declared with `declared` type. */
export function factReader(name: string, declared: FactType | undefined): (facts: Facts) => Read<FactValue> {
  const known = Object.hasOwn(BUILT_IN_FACTS, name) ? BUILT_IN_FACTS[name] : undefined;
  const words = known?.words;
  const read = words === undefined ? READ[known?.type ?? declared ?? 'string'] : (value: unknown) => word(value, words);
  // A custom fact's name is one key, dots and all.
  const keys = known === undefined ? ['facts', name] : name.split('.');
  return (facts) => read(keys.reduce(member, facts.request));
}
