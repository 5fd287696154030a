/** What a simulation returns. Every time in it is true time, in ms after the timeline's start. */
import type { Decision } from '../decision.ts';
import type { AuthState, ClockState, Connectivity, Instant, Milliseconds } from '../request.ts';
import type { Effect } from '../session/index.ts';
import type { Expectation } from './timeline.ts';

/** Half-open: includes `from`, excludes `to`. Segments of a lane touch, are never empty and cover [0, until). */
export interface LaneSegment<V extends string = string> {
  readonly from: Milliseconds;
  readonly to: Milliseconds;
  readonly value: V;
}

/** `decision` is the one at `from`; no decision inside the segment differs from it. */
export interface Segment {
  readonly from: Milliseconds;
  readonly to: Milliseconds;
  readonly decision: Decision;
}

export interface Lanes {
  readonly authState: readonly LaneSegment<AuthState | 'none'>[];
  readonly connectivity: readonly LaneSegment<Connectivity>[];
  readonly accessToken: readonly LaneSegment<'none' | 'fresh' | 'expiring' | 'expired'>[];
  readonly refreshToken: readonly LaneSegment<'none' | 'unsent' | 'expired' | 'usable'>[];
  /** `amr` values joined by `+`, or `none`. */
  readonly stepUp: readonly LaneSegment[];
  readonly clock: readonly LaneSegment<ClockState>[];
  /** Windows of the policy's schedules: `open`, `closed`, `unknown`, `1 of 2 open`, or `none` without schedules. */
  readonly schedule: readonly LaneSegment[];
  /** `id@version` of the policy in force. */
  readonly policy: readonly LaneSegment[];
}

/** What an attempt got, or a command when it was sent: that one is only decided again, and neither counts nor is activity. */
export interface AttemptResult {
  readonly at: Milliseconds;
  readonly capability: string;
  readonly decision: Decision;
  /** JSON Pointer of the event in the timeline document. */
  readonly path: string;
}

/** What an event made the app do, or why nothing came of it; an event without any is not listed. */
export type TimedEffect = Exclude<Effect, { readonly type: 'persist' }> & {
  readonly at: Milliseconds;
  /** JSON Pointer of the event in the timeline document. */
  readonly path: string;
};

export interface Mark {
  readonly at: Milliseconds;
  readonly type: 'token-expired' | 'limit-crossed' | 'warn-crossed';
  /** The capability whose limit or warning is crossed. */
  readonly capability?: string;
  /** JSON Pointer of the constraint or warning, when there is one. */
  readonly path?: string;
}

/** One expectation (or attempt's `expect`) and what happened. */
export interface ExpectationResult {
  readonly path: string;
  readonly ok: boolean;
  /** Offset at which it was looked at; the first failing one of a range. */
  readonly at: Milliseconds;
  readonly expected: Pick<Expectation, 'capability' | 'outcome' | 'reason' | 'obligations' | 'because'>;
  readonly actual: Decision;
  /** Since when the actual decision has held. */
  readonly since: Milliseconds;
}

export interface Simulation {
  readonly start: Instant;
  readonly until: Milliseconds;
  /** By capability id, in document order. */
  readonly segments: Readonly<Record<string, readonly Segment[]>>;
  readonly lanes: Lanes;
  readonly attempts: readonly AttemptResult[];
  readonly expectations: readonly ExpectationResult[];
  readonly marks: readonly Mark[];
  /** In the order of events. */
  readonly effects: readonly TimedEffect[];
}
