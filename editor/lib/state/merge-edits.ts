/** The edits that lead from one JSON value to another. */
import { same } from './merge.ts';

export interface Edit {
  readonly path: readonly (string | number)[];
  /** Undefined: taken out. */
  readonly value: unknown;
  /** Put into a list before what stands there now. */
  readonly inserted: boolean;
}

/** In the order in which they must be made: each position is one of the value as the edits before it leave it. */
export function editsBetween(present: unknown, wanted: unknown, path: Edit['path'] = []): readonly Edit[] {
  if (same(present, wanted)) return [];
  if (Array.isArray(present) && Array.isArray(wanted)) return editsOfList(present, wanted, path);
  if (!isObject(present) || !isObject(wanted)) return [{ path, value: wanted, inserted: false }];
  const keys = [...new Set([...Object.keys(present), ...Object.keys(wanted)])];
  return keys.flatMap((key) => editsBetween(member(present, key), member(wanted, key), [...path, key]));
}

/** Elements that stay are found by what they are: equal, or with the same id or kind. */
function editsOfList(present: readonly unknown[], wanted: readonly unknown[], path: Edit['path']): readonly Edit[] {
  const edits: Edit[] = [];
  const now = [...present];
  wanted.forEach((element, index) => {
    const found = now.findIndex((each, at) => at >= index && isAlike(each, element));
    if (found < 0) {
      edits.push({ path: [...path, index], value: element, inserted: true });
      now.splice(index, 0, element);
      return;
    }
    // What stands between is not wanted here; if it is wanted later, it is put in again there.
    for (let count = found - index; count > 0; count -= 1) {
      edits.push({ path: [...path, index], value: undefined, inserted: false });
      now.splice(index, 1);
    }
    edits.push(...editsBetween(now[index], element, [...path, index]));
  });
  for (let last = now.length - 1; last >= wanted.length; last -= 1) {
    edits.push({ path: [...path, last], value: undefined, inserted: false });
  }
  return edits;
}

function isAlike(a: unknown, b: unknown): boolean {
  if (!isObject(a) || !isObject(b)) return same(a, b);
  const key = ['id', 'kind'].find((each) => member(a, each) !== undefined);
  return key === undefined ? same(a, b) : same(member(a, key), member(b, key));
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function member(value: Readonly<Record<string, unknown>>, key: string): unknown {
  return Object.hasOwn(value, key) ? value[key] : undefined;
}
