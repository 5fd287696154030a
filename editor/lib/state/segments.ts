/** Looking things up in lanes. */
import type { Milliseconds } from 'latchkey';

/** The span that holds at `offset`; at or after the end the last one. Spans touch and are sorted. */
export function segmentAt<S extends { readonly from: Milliseconds }>(
  spans: readonly S[],
  offset: Milliseconds,
): S | undefined {
  let low = 0;
  let high = spans.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((spans[middle] as S).from <= offset) low = middle;
    else high = middle - 1;
  }
  return spans[low];
}
