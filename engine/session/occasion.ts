/** When, and under which policy, an event is applied; and what a rule about one account gives back. */
import type { Reading } from '../clock/index.ts';
import type { Program } from '../program.ts';
import type { Instant } from '../request.ts';
import type { Account, DeviceState, Effect, Ignored, Session } from './session.ts';

/** One sample of time, as the clock guard judged it for the selected account. */
export interface Occasion {
  readonly now: Instant;
  /** Absent when the reading proves nothing. */
  readonly provenNow?: Instant;
  /** The device's clocks as read; a confirmation counts from here. */
  readonly reading: Reading;
  /** Verified server time of a confirmation, in ms, not in the seconds of tokens; absent: the wall clock plus what is known of the server's. */
  readonly confirmedAt?: Instant;
  readonly program: Program;
}

/** An occasion with the device it happens on. */
export interface Scene extends Occasion {
  readonly device: DeviceState;
}

/** The session after an event, and what is to be done about it. */
export interface Applied {
  readonly session: Session;
  readonly effects: readonly Effect[];
}

/** An account after an event. */
export interface Step {
  readonly account: Account;
  readonly effects: readonly Effect[];
}

export function step(account: Account, ...effects: readonly Effect[]): Step {
  return { account, effects };
}

/** The account as it was: the event came to nothing. */
export function ignore(account: Account, why: Ignored): Step {
  return { account, effects: [{ type: 'ignored', why }] };
}
