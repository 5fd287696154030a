/** The time axis above the lanes of a terminal drawing. */
import { formatDuration } from '../time/duration.ts';
import type { Simulation } from '../timeline/simulation.ts';
import type { Canvas } from './canvas.ts';
import { DAY, ticksOf } from './when.ts';

// `Wed 30 Sep` and a space on either side of the next.
const LABEL = 12;

/** Rows of offsets, of dates or times of day, and the ruler under them; each at most `columns` wide. */
export function renderAxis(
  { start, until }: Simulation,
  columns: number,
  { paint, calendar }: Canvas,
): readonly string[] {
  const ticks = ticksOf(until, columns / LABEL).map((at) => ({
    column: Math.round((at / until) * columns),
    offset: `+${formatDuration(at)}`,
    ...calendar.at(start + at),
  }));
  const days = ticks.map(({ column, date }, index) => ({ column, text: date === ticks[index - 1]?.date ? '' : date }));
  const times = ticks.map(({ column, time }) => ({ column, text: time }));
  const daily =
    ticks.length > 1 && until / ticks.length >= DAY / 2 && new Set(ticks.map(({ time }) => time)).size === 1;
  const ruler = Array.from({ length: columns }, (_, column) =>
    ticks.some((tick) => tick.column === column) ? '┬' : '─',
  );
  return [
    placed(
      ticks.map(({ column, offset }) => ({ column, text: offset })),
      columns,
    ),
    placed(days, columns),
    ...(daily ? [] : [placed(times, columns)]),
    paint.ink(ruler.join(''), 'dim'),
  ];
}

/** Texts at their columns; one that would run off the end is left out. */
function placed(labels: readonly { column: number; text: string }[], columns: number): string {
  let row = '';
  for (const { column, text } of labels) {
    if (text !== '' && column + text.length <= columns) row = row.padEnd(column) + text;
  }
  return row;
}
