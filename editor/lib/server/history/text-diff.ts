import { structuredPatch } from 'diff';
import type { DiffHunk, DiffLine } from '$lib/state/compare-page.ts';

/** Beyond this many changed lines people compare wholes; the time it takes goes up with the square. */
const MOST_CHANGED = 1_500;

/**
 * What changed from `a` to `b`, line by line; no hunk when both are the same. A line that differs only in its end is a
 * change too. Texts with almost nothing in common are one hunk: all of `a` removed, all of `b` added.
 */
export function diffTexts(a: string, b: string): readonly DiffHunk[] {
  if (a === b) return [];
  const patch = structuredPatch('', '', a, b, undefined, undefined, { context: 3, maxEditLength: MOST_CHANGED });
  return patch === undefined ? [replaced(a, b)] : patch.hunks.map(numbered);
}

const KINDS: Readonly<Record<string, DiffLine['kind']>> = { ' ': 'same', '-': 'removed', '+': 'added' };

function numbered({ oldStart, newStart, lines }: { oldStart: number; newStart: number; lines: string[] }): DiffHunk {
  let before = oldStart;
  let after = newStart;
  return {
    lines: lines.flatMap((line): readonly DiffLine[] => {
      const kind = KINDS[line.slice(0, 1)];
      // The format's remark that a text does not end with a line end.
      if (kind === undefined) return [];
      return [
        {
          kind,
          before: kind === 'added' ? null : before++,
          after: kind === 'removed' ? null : after++,
          text: line.slice(1),
        },
      ];
    }),
  };
}

function replaced(a: string, b: string): DiffHunk {
  return {
    lines: [
      ...linesOf(a).map((text, index) => ({ kind: 'removed' as const, before: index + 1, after: null, text })),
      ...linesOf(b).map((text, index) => ({ kind: 'added' as const, before: null, after: index + 1, text })),
    ],
  };
}

function linesOf(text: string): readonly string[] {
  const lines = text.split('\n');
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines;
}
