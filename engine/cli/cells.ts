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

/** How far from its place a stretch too short for a cell may be drawn. */
const NEAR = [0, 1, -1, 2, -2];

/**
 * Divides `columns` cells among stretches that cover [0, until). A cell shows the stretch that has most
 * of it; one too short for that takes a cell at or beside its place from a neighbour that can spare one,
 * so that nothing disappears while there is room for it. Order is kept.
 */
export function runsOf(stretches: readonly Stretch[], until: Milliseconds, columns: number): readonly Run[] {
  const size = until / columns;
  const cells = Array.from({ length: columns }, (_, cell) => fullest(stretches, cell * size, size));
  const left = stretches.map((_, index) => cells.filter((owner) => owner === index).length);
  stretches.forEach(({ from, to }, index) => {
    if (left[index] !== 0) return;
    const middle = Math.min(columns - 1, Math.floor((from + to) / 2 / size));
    const cell = NEAR.map((step) => middle + step).find((candidate) => isFree(cells, left, candidate, index));
    if (cell === undefined) return;
    const owner = cells[cell] ?? 0;
    left[owner] = (left[owner] ?? 0) - 1;
    left[index] = 1;
    cells[cell] = index;
  });
  return joined(cells);
}

/** Index of the stretch that covers most of [from, from + size). */
function fullest(stretches: readonly Stretch[], from: Milliseconds, size: Milliseconds): number {
  let best = 0;
  let most = -1;
  stretches.forEach((stretch, index) => {
    const share = Math.min(stretch.to, from + size) - Math.max(stretch.from, from);
    if (share > most) {
      best = index;
      most = share;
    }
  });
  return best;
}

/** Whether the owner of a cell can spare it, and the stretch would stand between what comes before and after it. */
function isFree(cells: readonly number[], left: readonly number[], cell: number, index: number): boolean {
  const owner = cells[cell];
  if (owner === undefined || (left[owner] ?? 0) < 2) return false;
  return (cells[cell - 1] ?? -1) < index && (cells[cell + 1] ?? Infinity) > index;
}

function joined(cells: readonly number[]): readonly Run[] {
  const runs: { index: number; length: number }[] = [];
  for (const index of cells) {
    const last = runs.at(-1);
    if (last?.index === index) last.length += 1;
    else runs.push({ index, length: 1 });
  }
  return runs;
}
