/** Where event chips go: as near to their time as they fit without touching, in a few rows. */

export interface Placed<T> {
  readonly item: T;
  /** Left edge in px. */
  readonly x: number;
  /** Where its time is, in px. */
  readonly time: number;
  /** Counted from 0 at the top. */
  readonly row: number;
  /** Room for a label beside the icon, in px; 0 when only the icon fits. */
  readonly room: number;
}

export const CHIP = 24;
const GAP = 2;
/** A chip may stand this far from its time before another row is tried. */
const DRIFT = 10;

interface Row {
  readonly chips: { index: number; x: number }[];
  end: number;
}

function openRow(rows: Row[], time: number, most: number): Row {
  const near = rows.find((row) => row.end - time <= DRIFT);
  if (near !== undefined) return near;
  if (rows.length < most) {
    const row: Row = { chips: [], end: -Infinity };
    rows.push(row);
    return row;
  }
  return rows.reduce((best, row) => (row.end < best.end ? row : best));
}

/** Pushes a row that runs over the right edge back inside, chip by chip. */
function pullInside(chips: Row['chips'], width: number): void {
  let edge = width;
  for (let i = chips.length - 1; i >= 0; i--) {
    const chip = chips[i];
    if (chip === undefined || chip.x + CHIP <= edge) return;
    chip.x = Math.max(0, edge - CHIP);
    edge = chip.x - GAP;
  }
}

/** Places items, sorted by `timeOf` (px), in at most `most` rows of `width` px. */
export function placeChips<T>(
  items: readonly T[],
  timeOf: (item: T) => number,
  width: number,
  most = 3,
): { readonly chips: readonly Placed<T>[]; readonly rows: number } {
  const rows: Row[] = [];
  items.forEach((item, index) => {
    const time = timeOf(item);
    const row = openRow(rows, time, most);
    const x = Math.max(time, row.end);
    row.chips.push({ index, x });
    row.end = x + CHIP + GAP;
  });
  const chips = rows.flatMap((row, at) => {
    pullInside(row.chips, width);
    return row.chips.map(({ index, x }, place): Placed<T> => {
      const item = items[index] as T;
      const room = (row.chips[place + 1]?.x ?? width) - x - CHIP - GAP;
      return { item, x, time: timeOf(item), row: at, room: Math.max(0, room) };
    });
  });
  return { chips: chips.sort((a, b) => a.time - b.time || a.row - b.row), rows: Math.max(1, rows.length) };
}
