/** The legend of the drawing. */
import type { Family, Meanings } from './palette.ts';
import { attemptMark } from './svg-lanes.ts';
import { element, text, type Markup } from './svg-markup.ts';
import { fillOf } from './svg-pattern.ts';
import { wrapped } from './text-width.ts';

// Characters that half of the drawing's width holds.
const ROOM = 70;

/** What a legend explains: only what the drawing has. */
export interface Occurring {
  readonly families: readonly Family[];
  /** State lanes with values drawn as a letter. */
  readonly states: readonly Meanings[];
  readonly attempts: boolean;
}

/** An entry with its top left corner at (x, y). */
export type Entry = (x: number, y: number) => readonly Markup[];

/** A swatch with letter and words for each family, then the marks of attempts, then the letters of states. */
export function legendOf({ families, states, attempts }: Occurring): readonly Entry[] {
  const letters = states.flatMap(({ title, meanings }) => wrapped(`${title}: ${meanings.join(', ')}`, ROOM));
  return [
    ...families.map((family): Entry => {
      const swatch = { width: 32, height: 18, fill: fillOf(family), stroke: family.line, 'stroke-width': 0.8 };
      return (x, y) => [element('rect', { x, y, ...swatch }), words(x + 40, y, `${family.letter} · ${family.words}`)];
    }),
    ...(attempts ? [attemptEntry] : []),
    ...letters.map((line): Entry => (x, y) => [words(x, y, line)]),
  ];
}

const attemptEntry: Entry = (x, y) => [
  attemptMark(x + 8, y + 7, true),
  attemptMark(x + 24, y + 7, false),
  words(x + 40, y, 'attempt or command sent: permitted, not permitted'),
];

function words(x: number, y: number, content: string): Markup {
  return element('text', { x, y: y + 13 }, [text(content)]);
}
