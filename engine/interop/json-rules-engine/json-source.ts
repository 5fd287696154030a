/** Rules as text, or as the values that such text stands for: either way every problem gets a place. */
import { pointerTo } from '../../json-pointer.ts';
import { parse, type Parsed } from '../../parse.ts';
import type { Problem } from '../../problem.ts';

/** Deeper than any rule, and shallow enough to walk without care. */
const DEEPEST = 100;

/** Text and bytes are read as they are; any other value as `JSON.stringify(value, null, 2)` writes it, where places count. */
export function readJson(source: unknown): Parsed {
  if (typeof source === 'string' || source instanceof Uint8Array) return parse(source);
  const problems = notJson(source, '', 0);
  const written = stringify(source);
  if (written === undefined)
    return { text: '', complete: false, problems: problems.length > 0 ? problems : [noJson('')] };
  const parsed = parse(written);
  return { ...parsed, problems: [...problems, ...parsed.problems] };
}

function stringify(value: unknown): string | undefined {
  try {
    return JSON.stringify(value, null, 2);
  } catch {
    return undefined;
  }
}

function noJson(pointer: string): Problem {
  return { code: 'wrong_type', pointer, message: 'JSON has no such value', help: 'pass the rules as JSON' };
}

/** What turning a value into JSON would leave out or change. */
function notJson(value: unknown, pointer: string, depth: number): readonly Problem[] {
  if (depth > DEEPEST) return [];
  if (Array.isArray(value)) return value.flatMap((item, i) => notJson(item ?? null, pointerTo(pointer, i), depth + 1));
  switch (typeof value) {
    case 'function':
      return [
        {
          code: 'wrong_type',
          pointer,
          message: 'a function stands where JSON is expected',
          help: 'call it in the app, after asking for the capability; a fact worked out by code is given in the request',
        },
      ];
    case 'number':
      return Number.isFinite(value) ? [] : [noJson(pointer)];
    case 'bigint':
    case 'symbol':
      return [noJson(pointer)];
    case 'object':
      if (value === null) return [];
      if (!isPlain(value)) return [noJson(pointer)];
      return Object.entries(value).flatMap(([key, item]) => notJson(item, pointerTo(pointer, key), depth + 1));
    default:
      return [];
  }
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}
