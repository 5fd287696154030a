/** Hatchings, so that a drawing reads in black and white. */
import type { Family, Pattern } from './palette.ts';
import { element, type Markup } from './svg-markup.ts';

const SIZE = 8;

const STROKES: Readonly<Record<Exclude<Pattern, 'dots'>, string>> = {
  plain: '',
  rising: 'M-2 2L2-2M0 8L8 0M6 10L10 6',
  falling: 'M-2 6L2 10M0 0L8 8M6-2L10 2',
  cross: 'M0 0L8 8M8 0L0 8',
  level: 'M0 4H8',
  upright: 'M4 0V8',
  grid: 'M0 4H8M4 0V8',
};

/** The fill of a family: its colour with its hatching over it. */
export function patternOf(family: Family): Markup {
  const mark =
    family.pattern === 'dots'
      ? element('circle', { cx: 4, cy: 4, r: 1.2, fill: family.line })
      : element('path', {
          d: STROKES[family.pattern],
          stroke: family.line,
          'stroke-width': 0.9,
          'stroke-opacity': 0.55,
        });
  return element('pattern', { id: patternId(family), width: SIZE, height: SIZE, patternUnits: 'userSpaceOnUse' }, [
    element('rect', { width: SIZE, height: SIZE, fill: family.colour }),
    mark,
  ]);
}

/** What `fill` says to use it. */
export function fillOf(family: Family): string {
  return `url(#${patternId(family)})`;
}

function patternId(family: Family): string {
  return `latchkey-${family.letter}`;
}
