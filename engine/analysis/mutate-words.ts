/** A mutant in words: what would have to be written for nobody to notice. */
import type { Edit } from './mutate-edits.ts';

const LONGEST = 60;

/** Such as “`48h` were `96h`”, to go on from “nobody would notice if”. */
export function mutantInWords({ operator, path, was, now }: Edit): string {
  const key = path.slice(path.lastIndexOf('/') + 1);
  switch (operator) {
    case 'removed':
      return `${named(was, key)} were missing`;
    case 'group':
      return typeof was === 'string' ? `${quoted(was)} were ${quoted(now)}` : regrouped(was, now);
    case 'element':
      return now === undefined ? `${quoted(was)} were not in the list` : `${quoted(was)} were ${quoted(now)}`;
    case 'tier':
      return `it stood in tier ${quoted(now)} instead of ${quoted(was)}`;
    default:
      return `${key} ${quoted(was)} were ${quoted(now)}`;
  }
}

function named(value: unknown, key: string): string {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return `${key} ${quoted(value)}`;
  const { kind } = value as { readonly kind?: unknown };
  return typeof kind === 'string' ? `${quoted(kind)} ${brief(value)}` : brief(value);
}

/** By the key that one has and the other has not. */
function regrouped(was: unknown, now: unknown): string {
  const [before, after] = [keysOf(was), keysOf(now)];
  if (before.includes('not')) return '`not` were missing';
  const gone = before.find((key) => !after.includes(key));
  return `${quoted(gone)} were ${quoted(after.find((key) => !before.includes(key)))}`;
}

function keysOf(value: unknown): readonly string[] {
  return typeof value === 'object' && value !== null ? Object.keys(value) : [];
}

function quoted(value: unknown): string {
  return typeof value === 'string' ? `\`${value}\`` : brief(value);
}

function brief(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return `\`${text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text}\``;
}
