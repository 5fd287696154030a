/** Where in a story a limit lies: true times, through the device's clock. */
import type { Instant, Milliseconds } from '../request.ts';
import { instantsOf, type Rule } from './limit-instants.ts';
import type { Limit } from './limit.ts';
import type { Span, Stretch } from './playback.ts';

/** A true time close to a limit. */
export interface Place {
  /** How far past the limit: ms, or uses where uses are counted. */
  readonly past: -1 | 0 | 1;
  /** True time, offset from the timeline's start. */
  readonly at: Milliseconds;
  /** Tells one crossing of the limit from another. */
  readonly of: Instant;
}

const STEPS = [-1, 0, 1] as const;

/** Where, within the span and up to `until`, the story is just before, at or just after the limit. */
export function placesIn(
  { limit, constraint }: Rule,
  stretch: Stretch,
  span: Span,
  until: Milliseconds,
): readonly Place[] {
  const end = Math.min(span.to, until + 1);
  switch (limit.measured) {
    case 'uses':
      return usesIn(limit, stretch, span);
    case 'clockDrift':
      return span === stretch.spans[0] ? driftsIn(stretch, until) : [];
    default: {
      const { at: first, runs } = timeOf(limit, span);
      if (first === undefined) return [];
      const last = runs ? first + (end - span.from) : first;
      return instantsOf({ limit, constraint }, span.facts, stretch.program, first - 1, last + 1).flatMap((of) =>
        STEPS.flatMap((past): readonly Place[] => {
          const ahead = of + past - first;
          if (ahead < 0 || (runs ? span.from + ahead >= end : ahead > 0)) return [];
          return [{ past, at: span.from + ahead, of }];
        }),
      );
    }
  }
}

/** What the limit is held against at the span's start, and whether it keeps pace with true time. */
function timeOf(
  { measured }: Limit,
  { now, runs, facts: { clock }, proves }: Span,
): { readonly at: Instant | undefined; readonly runs: boolean } {
  return measured === 'provenConfirmation' ? { at: clock.provenNow, runs: proves } : { at: now, runs };
}

/** Counts stand still between events. */
function usesIn({ capability, uses = 0 }: Limit, { from }: Stretch, { from: at, facts }: Span): readonly Place[] {
  const { usage = {}, session } = facts;
  const count = Object.hasOwn(usage, capability) ? usage[capability] : undefined;
  const past = STEPS.find((step) => count === uses + step);
  return at > from || past === undefined ? [] : [{ past, at, of: session?.lastConfirmedAt ?? 0 }];
}

/** The clock guard's state changes where the drift passes its tolerance, which it may reach but not exceed. */
function driftsIn(stretch: Stretch, until: Milliseconds): readonly Place[] {
  const { from, to, spans, clocks } = stretch;
  const within = spans.slice(1).map((span) => span.from);
  // The clock of a sleeping device drifts on whatever happens to it; of its drift no event leaves a trace.
  const beside = clocks.asleep ? [from, from + 1, to, to + 1] : [];
  return [...new Set([...within, ...beside])]
    .filter((of) => stretch.look(of - 1).state !== stretch.look(of).state)
    .flatMap((of) => STEPS.map((past) => ({ past, at: of - 1 + past, of })))
    .filter(({ at }) => at >= from && at < to && at <= until);
}
