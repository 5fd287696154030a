import { structuredPatch } from 'diff';
import { countLines, type ChangedLine, type ChangedPart } from '$lib/state/text-change.ts';

/** Beyond this many changed lines people compare wholes; the time it takes goes up with the square. */
const MOST_CHANGED = 1_500;
/** Of all texts that are compared together, on both sides; more can neither be read nor drawn. */
const MOST_LINES = 100_000;

/** What changed from one text to another; null when the texts before it left no room to find out. */
export type Differ = (a: string, b: string) => readonly ChangedPart[] | null;

/**
 * Compares one pair of texts after another, for as long as all of it together takes a page no longer than a single long
 * text would: nobody can hold up a server by what they write.
 */
export function openDiffer(): Differ {
  let work = MOST_CHANGED ** 2;
  let room = MOST_LINES;
  return (a, b) => {
    if (a === b) return [];
    const lines = linesIn(a) + linesIn(b);
    const most = Math.floor(Math.sqrt(work));
    if (lines > room || most === 0) return null;
    room -= lines;
    // What is only there once is not looked for.
    if (a === '' || b === '') return [replaced(a, b)];
    const parts = changesIn(a, b, most);
    work -= parts === null ? most ** 2 : (countLines(parts, 'removed') + countLines(parts, 'added')) ** 2;
    return parts ?? [replaced(a, b)];
  };
}

/**
 * What changed from `a` to `b`, line by line; no part when both are the same. A line that differs only in its end is a
 * change too. Texts with almost nothing in common are one part: all of `a` removed, all of `b` added.
 */
export function diffTexts(a: string, b: string): readonly ChangedPart[] {
  return openDiffer()(a, b) ?? [replaced(a, b)];
}

function changesIn(a: string, b: string, most: number): readonly ChangedPart[] | null {
  const patch = structuredPatch('', '', a, b, undefined, undefined, { context: 3, maxEditLength: most });
  return patch?.hunks.map(numbered) ?? null;
}

/** Without making a line of each: a text of line ends alone is a million of them. */
function linesIn(text: string): number {
  let count = 1;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}

const KINDS: Readonly<Record<string, ChangedLine['kind']>> = { ' ': 'same', '-': 'removed', '+': 'added' };

function numbered({ oldStart, newStart, lines }: { oldStart: number; newStart: number; lines: string[] }): ChangedPart {
  let before = oldStart;
  let after = newStart;
  return {
    lines: lines.flatMap((line): readonly ChangedLine[] => {
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

function replaced(a: string, b: string): ChangedPart {
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
