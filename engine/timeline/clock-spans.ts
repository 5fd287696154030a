/** Where trusted time runs evenly: between events it stands or keeps pace with true time, and seldom switches. */
import type { ClockReading } from '../clock/record.ts';
import type { Instant, Milliseconds } from '../request.ts';

/** Half-open in true time. One clock state throughout; `now` and `provenNow` each stand or run. */
export interface ClockSpan {
  readonly from: Milliseconds;
  readonly to: Milliseconds;
  /** Trusted time at `from`. */
  readonly now: Instant;
  /** True when `now` keeps pace with true time; false when it stands. */
  readonly runs: boolean;
}

type Look = (at: Milliseconds) => ClockReading;

/**
 * Covers [from, to) with the fewest spans. `look` reads the clock guard at a true time.
 *
 * INVARIANT: while nothing happens to a device, the guard's state never returns to one it has left, and
 * `now` and `provenNow` go from standing to running at most once. So two equal ends mean an even middle,
 * and halving finds the exact millisecond of a switch without knowing the guard's rules.
 */
export function clockSpansOf(look: Look, from: Milliseconds, to: Milliseconds): readonly ClockSpan[] {
  const spans: ClockSpan[] = [];
  let start = from;
  while (start < to) {
    const end = endOfEven(look, start, to);
    const { now } = look(start);
    spans.push({ from: start, to: end, now, runs: look(start + 1).now > now });
    start = end;
  }
  return spans;
}

/** Cuts the spans where `provenNow` reaches `edge`, which `nextChange` cannot see coming. */
export function cutAtProven(look: Look, spans: readonly ClockSpan[], edge: Instant): readonly ClockSpan[] {
  return spans.flatMap((span) => {
    const first = look(span.from).provenNow;
    const last = look(span.to - 1).provenNow;
    if (first === undefined || last === undefined || first >= edge || last < edge) return [span];
    const cut = span.from + (edge - first);
    return [
      { ...span, to: cut },
      { ...span, from: cut, now: look(cut).now },
    ];
  });
}

function endOfEven(look: Look, start: Milliseconds, to: Milliseconds): Milliseconds {
  const first = look(start);
  if (start + 1 >= to) return to;
  const second = look(start + 1);
  const even = (at: Milliseconds): boolean => {
    const there = look(at);
    return (
      there.state === first.state &&
      there.now - first.now === (second.now - first.now) * (at - start) &&
      gap(there, first) === gap(second, first) * (at - start)
    );
  };
  if (even(to - 1)) return to;
  let inside = start;
  let outside = to - 1;
  while (outside - inside > 1) {
    const middle = inside + Math.floor((outside - inside) / 2);
    if (even(middle)) inside = middle;
    else outside = middle;
  }
  return outside;
}

function gap(there: ClockReading, first: ClockReading): Milliseconds {
  return (there.provenNow ?? 0) - (first.provenNow ?? 0);
}
