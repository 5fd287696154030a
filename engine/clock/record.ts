/** What the clock guard keeps and reads. The record is stored with the session, never apart from it. */
import type { ClockState, Instant, Milliseconds } from '../request.ts';

/** One look at the device: `wall` in epoch ms, `mono` in ms since some point of this boot. */
export interface Reading {
  readonly wall: Instant;
  readonly mono: Milliseconds;
  readonly boot: string;
}

/** `wall0` and `boot0` are of the confirmation; `boot`, `mono`, `highWater`, `proven` of the last reading. */
export interface ClockRecord {
  /** Server time of the last confirmation. */
  readonly confirmedAt: Instant;
  readonly wall0: Instant;
  readonly boot0: string;
  /** Server time minus wall time, as last learned. */
  readonly serverOffset: Milliseconds;
  readonly boot: string;
  readonly mono: Milliseconds;
  /** The most time ever seen to have passed since the confirmation. */
  readonly highWater: Milliseconds;
  /** Time since the confirmation that monotonic readings prove. */
  readonly proven: Milliseconds;
}

/** Trusted time. `record` goes back into storage; null when there is none to keep. */
export interface ClockReading {
  readonly record: ClockRecord | null;
  /** Server time, at least as late as any time already seen. */
  readonly now: Instant;
  readonly state: ClockState;
  /** Server time by monotonic evidence only; absent when nothing is proven. */
  readonly provenNow?: Instant;
}
