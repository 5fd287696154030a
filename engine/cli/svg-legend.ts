/** The legend of the drawing. */
import { letterOf, type Family } from './palette.ts';
import { attemptMark } from './svg-lanes.ts';
import { element, text, type Markup } from './svg-markup.ts';
import { fillOf } from './svg-pattern.ts';

export const LEGEND_ROW = 24;

/** Two columns of swatches with letter and words, the marks of attempts, and the letters of state values. */
export function legend(
  families: readonly Family[],
  states: readonly string[],
  { left, top, column }: { readonly left: number; readonly top: number; readonly column: number },
): readonly Markup[] {
  const place = (index: number) => ({ x: left + (index % 2) * column, y: top + Math.floor(index / 2) * LEGEND_ROW });
  const words = (x: number, y: number, content: string) => element('text', { x: x + 40, y: y + 13 }, [text(content)]);
  const letters = [...new Set(states)].map((value) => `${letterOf(value)} ${value}`).join(', ');
  const last = place(families.length);
  return [
    ...families.flatMap((family, index) => {
      const { x, y } = place(index);
      return [
        element('rect', {
          x,
          y,
          width: 32,
          height: 18,
          fill: fillOf(family),
          stroke: family.line,
          'stroke-width': 0.8,
        }),
        words(x, y, `${family.letter} · ${family.words}`),
      ];
    }),
    attemptMark(last.x + 8, last.y + 7, true),
    attemptMark(last.x + 24, last.y + 7, false),
    words(last.x, last.y, 'attempt: permitted, not permitted'),
    ...(letters === ''
      ? []
      : [element('text', { x: left, y: last.y + LEGEND_ROW + 13, fill: '#525c68' }, [text(letters)])]),
  ];
}
