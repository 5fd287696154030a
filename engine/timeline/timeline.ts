/** A timeline: a session's story in true time, with what a person expects of it. Offsets are ms after `start`. */
import type { Outcome, ReasonCode } from '../decision.ts';
import type { DeviceFacts, Instant, Milliseconds, Resource, RiskLevel } from '../request.ts';
import type { SessionEvent } from '../session/index.ts';

/** What an `expect` entry or an attempt's `expect` says of one decision. */
export interface Expected {
  readonly outcome?: Outcome;
  readonly reason?: ReasonCode;
  /** The exact set of obligation types. */
  readonly obligations?: readonly string[];
  /** Why a person expects this, in plain words. */
  readonly because?: string;
}

export interface Expectation extends Expected {
  readonly capability: string;
  /** One instant, or every instant of [from, to]: offsets from `start`. */
  readonly at?: Milliseconds;
  readonly from?: Milliseconds;
  readonly to?: Milliseconds;
  readonly resource?: Resource;
  readonly interactive?: boolean;
  /** JSON Pointer of the entry in the timeline document. */
  readonly path: string;
}

export interface TimedEvent {
  /** Offset from `start`. */
  readonly at: Milliseconds;
  readonly event: SessionEvent;
  /** JSON Pointer of the event in the timeline document. */
  readonly path: string;
  /** Only on attempts and on commands that are sent. */
  readonly expect?: Expected;
}

export interface Idp {
  readonly accessTokenLifetime: Milliseconds;
  readonly refreshIdle?: Milliseconds;
  readonly refreshAbsolute?: Milliseconds;
  readonly maxActiveTokens?: number;
}

export interface Timeline {
  readonly title: string;
  /** Policy id; with `version` absent the newest one is meant. */
  readonly policy: string;
  readonly version?: number;
  readonly start: Instant;
  readonly timeZone?: string;
  readonly until: Milliseconds;
  readonly session: {
    readonly iss?: string;
    readonly sub?: string;
    readonly tenant?: string;
    readonly roles?: readonly string[];
    readonly scopes?: readonly string[];
    readonly acr?: string;
  };
  readonly device: DeviceFacts;
  readonly risk: RiskLevel;
  readonly facts: Readonly<Record<string, unknown>>;
  readonly idp: Idp;
  readonly events: readonly TimedEvent[];
  readonly expect: readonly Expectation[];
}
