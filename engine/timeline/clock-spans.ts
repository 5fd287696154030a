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
  /** The clock guard's answer at `from`. */
  readonly clock: ClockReading;
  /** True when proven time keeps pace with true time. */
  readonly proves: boolean;
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
    const clock = look(start);
    const second = look(start + 1);
    const end = endOfEven(look, clock, second, start, to);
    const runs = second.now > clock.now;
    spans.push({ from: start, to: end, now: clock.now, runs, clock, proves: provenGap(second, clock) > 0 });
    start = end;
  }
  return spans;
}

/** Cuts the spans where `provenNow` reaches `edge`, which `nextChange` cannot see coming. */
export function cutAtProven(look: Look, spans: readonly ClockSpan[], edge: Instant): readonly ClockSpan[] {
  return spans.flatMap((span) => {
    const { from, to, proves, clock } = span;
    const first = clock.provenNow;
    if (first === undefined || !proves || first >= edge || first + (to - 1 - from) < edge) return [span];
    const cut = from + (edge - first);
    const there = look(cut);
    return [
      { ...span, to: cut },
      { ...span, from: cut, now: there.now, clock: there },
    ];
  });
}

function endOfEven(
  look: Look,
  first: ClockReading,
  second: ClockReading,
  start: Milliseconds,
  to: Milliseconds,
): Milliseconds {
  if (start + 1 >= to) return to;
  const even = (at: Milliseconds): boolean => {
    const there = look(at);
    return (
      there.state === first.state &&
      there.now - first.now === (second.now - first.now) * (at - start) &&
      provenGap(there, first) === provenGap(second, first) * (at - start)
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

function provenGap(there: ClockReading, first: ClockReading): Milliseconds {
  return (there.provenNow ?? 0) - (first.provenNow ?? 0);
}
