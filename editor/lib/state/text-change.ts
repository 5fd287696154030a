/** Texts that changed, line by line, as pages show them. */

/** A line, with its number on each side that has it, from 1. */
export interface ChangedLine {
  readonly kind: 'same' | 'removed' | 'added';
  readonly before: number | null;
  readonly after: number | null;
  readonly text: string;
}

/** Lines that belong together: what changed, and a few lines around it. */
export interface ChangedPart {
  readonly lines: readonly ChangedLine[];
}

/** How many lines are of a kind. */
export function countLines(parts: readonly ChangedPart[], kind: ChangedLine['kind']): number {
  return parts.reduce((sum, { lines }) => sum + lines.filter((line) => line.kind === kind).length, 0);
}

/** A text that is not what it was. */
export interface TextChange {
  /** A timeline's name; null for the policy itself. */
  readonly timeline: string | null;
  readonly kind: 'changed' | 'added' | 'removed';
  readonly parts: readonly ChangedPart[];
  /** Both texts, when there is too much to compare line by line and there are no parts. */
  readonly tooLong: { readonly before: string | null; readonly after: string | null } | null;
}
