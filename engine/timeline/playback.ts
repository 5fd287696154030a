/** A timeline played once: what stood still when, and what was attempted. */
import type { ClockReading } from '../clock/index.ts';
import type { Program } from '../program.ts';
import type { Milliseconds, Request } from '../request.ts';
import type { ClockSpan } from './clock-spans.ts';
import type { Moment } from './moment.ts';
import type { Parts } from './reads.ts';
import type { AttemptResult, TimedEffect } from './simulation.ts';
import type { Timeline } from './timeline.ts';

/** The moment after all events at `from`, which stands still until `to`: half-open, offsets from the timeline's start. */
export interface Stretch extends Moment {
  readonly from: Milliseconds;
  readonly to: Milliseconds;
  /** Where trusted time runs evenly; they cover the stretch. */
  readonly spans: readonly Span[];
  /** The clock guard's answer at a true time from `from` on. */
  look(at: Milliseconds): ClockReading;
}

export interface Span extends Omit<ClockSpan, 'clock'> {
  /** What is known at `from`, for no capability yet; until `to` only `now` moves. */
  readonly facts: Request;
  /** What became different since the span before, time aside. */
  readonly changed: Parts;
}

/** A timeline played once; segments, lanes, expectations and probes are read off it. */
export interface Playback {
  readonly timeline: Timeline;
  /** Every program of the timeline's policy; the one in force at the start first. */
  readonly programs: readonly Program[];
  /** They touch; the first starts at 0 (or where the story was taken up), the last goes on after `until`, for longer than any limit. */
  readonly stretches: readonly Stretch[];
  readonly attempts: readonly AttemptResult[];
  /** What each of them was decided on, by the path of its event: before its own use and activity. */
  readonly asked: ReadonlyMap<string, Request>;
  readonly effects: readonly TimedEffect[];
}

/** What is left of a story broken off: plain data, as an app keeps it, and the clocks of its device. */
export interface Stored extends Pick<Stretch, 'session' | 'clocks'> {
  /** Everything up to here, the events of this time included, has happened. */
  readonly at: Milliseconds;
  /** The version of the policy in force. */
  readonly version: number;
}
