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
      return typeof was === 'string' ? `${quoted(was)} were ${quoted(now)}` : `${grouping(was)} were ${grouping(now)}`;
    case 'element':
      return now === undefined ? `${quoted(was)} were not in the list` : `${quoted(was)} were ${quoted(now)}`;
    case 'tier':
      return `it stood in tier ${quoted(now)} instead of ${quoted(was)}`;
    default:
      return `${key} ${quoted(was)} were ${quoted(now)}`;
  }
}

function named(value: unknown, key: string): string {
  if (typeof value !== 'object' || value === null) return `${key} ${quoted(value)}`;
  const { kind } = value as { readonly kind?: unknown };
  return typeof kind === 'string' ? `${quoted(kind)} ${brief(value)}` : brief(value);
}

function grouping(value: unknown): string {
  const [first] = typeof value === 'object' && value !== null ? Object.keys(value) : [];
  return first === undefined ? quoted(value) : quoted(first);
}

function quoted(value: unknown): string {
  return typeof value === 'string' ? `\`${value}\`` : brief(value);
}

function brief(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return `\`${text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text}\``;
}
