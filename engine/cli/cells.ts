/** Time on a row of character cells. */
import type { Milliseconds } from '../request.ts';

interface Stretch {
  readonly from: Milliseconds;
  readonly to: Milliseconds;
}

/** `length` neighbouring cells that show the stretch at `index`. */
export interface Run {
  readonly index: number;
  readonly length: number;
}

interface Start {
  readonly index: number;
  readonly cell: number;
}

/** How many cells after its place a stretch may be drawn to make room for short ones before it. */
const LATE = 3;

/**
 * Divides `columns` cells among stretches that cover [0, until), in order. A stretch begins at the nearest
 * cell; one shorter than a cell still gets one, at the price of the next ones beginning up to three cells
 * late. Where even that is no room, the shortest are left out.
 */
export function runsOf(stretches: readonly Stretch[], until: Milliseconds, columns: number): readonly Run[] {
  const size = until / columns;
  const starts: Start[] = [];
  stretches.forEach((stretch, index) => {
    const place = Math.min(Math.round(stretch.from / size), columns - 1);
    const latest = Math.min(place + LATE, columns - 1);
    let cell = Math.max(place, next(starts));
    while (cell > latest && lastIsShorter(starts, stretches, stretch)) {
      starts.pop();
      cell = Math.max(place, next(starts));
    }
    if (cell <= latest) starts.push({ index, cell });
  });
  return starts.map(({ index, cell }, at) => ({ index, length: (starts[at + 1]?.cell ?? columns) - cell }));
}

function next(starts: readonly Start[]): number {
  return (starts.at(-1)?.cell ?? -1) + 1;
}

function lastIsShorter(starts: readonly Start[], stretches: readonly Stretch[], { from, to }: Stretch): boolean {
  const last = stretches[starts.at(-1)?.index ?? -1];
  return last !== undefined && last.to - last.from <= to - from;
}
