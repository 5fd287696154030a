/** Walks a playback in true time and joins what does not differ; segments and lanes are both made this way. */
import type { Instant, Milliseconds } from '../request.ts';
import type { Stretch } from './play.ts';

/** A value that holds over [from, to), offsets from the timeline's start. `value` is the one at `from`. */
export interface Run<T> {
  readonly from: Milliseconds;
  readonly to: Milliseconds;
  readonly value: T;
}

/** A value at one instant of trusted time; it stays as it is on [now, validUntil), null: for good. */
export interface Answer<T> {
  readonly value: T;
  readonly now: Instant;
  readonly validUntil: Instant | null;
}

/** What is asked at a true time within a stretch. */
export type Ask<T> = (stretch: Stretch, at: Milliseconds) => Answer<T>;

/** Runs that touch and cover [from, to), neighbours joined where `same`. Every value is computed, none sampled. */
export function runsOf<T>(
  stretches: readonly Stretch[],
  ask: Ask<T>,
  same: (a: T, b: T) => boolean,
  from: Milliseconds,
  to: Milliseconds,
): readonly Run<T>[] {
  const runs: Run<T>[] = [];
  let start = from;
  let value: T | undefined;
  for (const step of stepsOf(stretches, ask, from, to)) {
    if (value === undefined) value = step.value;
    else if (!same(value, step.value)) {
      runs.push({ from: start, to: step.at, value });
      start = step.at;
      value = step.value;
    }
  }
  if (value !== undefined) runs.push({ from: start, to, value });
  return runs;
}

interface Step<T> {
  readonly at: Milliseconds;
  readonly value: T;
}

/** The value at every true time within [from, to) at which it may change: each stretch, each span, each `validUntil`. */
export function* stepsOf<T>(
  stretches: readonly Stretch[],
  ask: Ask<T>,
  from: Milliseconds,
  to: Milliseconds,
): Generator<Step<T>> {
  for (let i = indexAt(stretches, from); i < stretches.length; i++) {
    const stretch = stretches[i] as Stretch;
    if (stretch.from >= to) return;
    for (const span of stretch.spans) {
      const end = Math.min(span.to, to);
      let at = Math.max(span.from, from);
      while (at < end) {
        const { value, now, validUntil } = ask(stretch, at);
        yield { at, value };
        if (!span.runs || validUntil === null) break;
        // Trusted time runs evenly here, so an instant ahead is as far off in true time.
        at += validUntil - now;
      }
    }
  }
}

/** Index of the stretch in force at `at`: the state after all events of that time. */
export function indexAt(stretches: readonly Stretch[], at: Milliseconds): number {
  let low = 0;
  let high = stretches.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((stretches[middle] as Stretch).from <= at) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The stretch in force at `at`. */
export function stretchAt(stretches: readonly Stretch[], at: Milliseconds): Stretch {
  return stretches[indexAt(stretches, at)] as Stretch;
}
