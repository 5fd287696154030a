/** Lines and columns of a text. Lines end at LF, CR LF or CR; a byte order mark takes no column. */

/** A stretch of text. `offset` and `length` are UTF-16 units from the start of the text; `line` and `column` count from 1. */
export interface Place {
  readonly offset: number;
  readonly length: number;
  readonly line: number;
  readonly column: number;
}

export const BYTE_ORDER_MARK = '\uFEFF';

/** Offset of the first character of each line. */
export function lineStarts(text: string): readonly number[] {
  const starts = [text.startsWith(BYTE_ORDER_MARK) ? 1 : 0];
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit !== 10 && unit !== 13) continue;
    if (unit === 13 && text.charCodeAt(i + 1) === 10) i++;
    starts.push(i + 1);
  }
  return starts;
}

/** Where a stretch begins, given the starts of the lines of its text. */
export function placeAt(starts: readonly number[], offset: number, length: number): Place {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return { offset, length, line: low + 1, column: Math.max(0, offset - (starts[low] ?? 0)) + 1 };
}
