/** A document read with suspicion: its shape may be wrong, and what can be said of the rest is said all the same. */
import { pointerTo } from '../json-pointer.ts';

/** A value of the document with its pointer. */
export interface Written {
  readonly value: unknown;
  readonly pointer: string;
}

/** A member; its value is `undefined` when there is no such member, or nothing that could have one. */
export function memberOf({ value, pointer }: Written, key: string): Written {
  const there = isObject(value) && Object.hasOwn(value, key);
  return { value: there ? value[key] : undefined, pointer: pointerTo(pointer, key) };
}

/** Every member, in document order; none when it is no object. */
export function membersOf({ value, pointer }: Written): readonly (Written & { readonly key: string })[] {
  if (!isObject(value)) return [];
  return Object.keys(value).map((key) => ({ key, value: value[key], pointer: pointerTo(pointer, key) }));
}

/** Every element; none when it is no list. */
export function itemsOf({ value, pointer }: Written): readonly Written[] {
  return Array.isArray(value) ? value.map((item: unknown, i) => ({ value: item, pointer: pointerTo(pointer, i) })) : [];
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
