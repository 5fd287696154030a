/** Walks a playback in true time. */
import type { Instant, Milliseconds } from '../request.ts';
import type { Span, Stretch } from './playback.ts';

/** A value that stays as it is until trusted time reaches `validUntil`; null: for good. */
export interface Answer<T> {
  readonly value: T;
  readonly validUntil: Instant | null;
}

/** What is asked at an instant of trusted time within a span of a stretch. */
export type Ask<T> = (stretch: Stretch, span: Span, now: Instant) => Answer<T>;

/**
 * Visits, in order, every true time within [from, to) at which the value may change: each stretch, each span,
 * each `validUntil`.
 */
export function walk<T>(
  stretches: readonly Stretch[],
  ask: Ask<T>,
  from: Milliseconds,
  to: Milliseconds,
  visit: (at: Milliseconds, value: T) => void,
): void {
  for (let i = indexAt(stretches, from); i < stretches.length; i++) {
    const stretch = stretches[i] as Stretch;
    if (stretch.from >= to) return;
    for (const span of stretch.spans) {
      const end = Math.min(span.to, to);
      let at = Math.max(span.from, from);
      while (at < end) {
        const now = nowIn(span, at);
        const { value, validUntil } = ask(stretch, span, now);
        visit(at, value);
        if (!span.runs || validUntil === null) break;
        // Trusted time runs evenly here, so an instant ahead is as far off in true time.
        at += validUntil - now;
      }
    }
  }
}

/** Trusted time at a true time within the span, or at its end had nothing happened there. */
export function nowIn({ from, now, runs }: Span, at: Milliseconds): Instant {
  return runs ? now + (at - from) : now;
}

/** The stretch in force at `at`: the state after all events of that time. */
export function stretchAt(stretches: readonly Stretch[], at: Milliseconds): Stretch {
  return stretches[indexAt(stretches, at)] as Stretch;
}

/** Index of the last that starts no later than `at`, among at least one sorted by `from`; 0 when all start later. */
export function indexAt(sorted: readonly { readonly from: Milliseconds }[], at: Milliseconds): number {
  let low = 0;
  let high = sorted.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((sorted[middle]?.from ?? 0) <= at) low = middle;
    else high = middle - 1;
  }
  return low;
}
