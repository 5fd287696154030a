/**
 * A request, read with suspicion: own properties only, strict types, and every comparison with time noted.
 *
 * INVARIANT: a stage compares `now` with an instant only through `reached`. While no instant that was
 * found ahead is reached, every comparison comes out the same and so does the whole evaluation, however
 * it branched: `validUntil` is therefore a sound bound for how long a decision holds.
 */
import type { Access } from './policy.ts';
import {
  AUTH_STATES,
  CLOCK_STATES,
  CONNECTIVITY,
  isInstant,
  MAX_INSTANT,
  type AuthState,
  type ClockState,
  type Connectivity,
  type Instant,
  type Milliseconds,
} from './request.ts';

export { isInstant };

/** A value of the expected type; `undefined` when missing; `null` when present but ill-typed. */
export type Read<T> = T | undefined | null;

/** What of a program a reading needs. */
export interface ClockMargins {
  readonly tolerance: Milliseconds;
  readonly expiryMargin: Milliseconds;
}

/** What of a capability a constraint may look at. */
export interface Asked {
  readonly id: string;
  readonly access: Access;
}

/** True for JSON objects: not null, not a list. */
export function isObject(value: unknown): value is object {
  return isHeld(value) && !Array.isArray(value);
}

/** An object whose members may be read directly: whatever is found is its own. */
export type Owned = Readonly<Record<string, unknown>>;

/** The prototype of objects that are taken as they are: while nothing is wrong with it, that of all plain ones. */
let plain: object | undefined;
const BARE: Owned = {};

/** True while no object inherits a member that is read as it is, not by `member`. Spelt out, because no loop is as fast. */
function unpolluted(): boolean {
  return (
    (BARE.capability ??
      BARE.now ??
      BARE.clock ??
      BARE.connectivity ??
      BARE.session ??
      BARE.accessToken ??
      BARE.refreshToken ??
      BARE.permissions ??
      BARE.stepUps ??
      BARE.device ??
      BARE.risk ??
      BARE.usage ??
      BARE.policy ??
      BARE.resource ??
      BARE.interactive ??
      BARE.state ??
      BARE.provenNow ??
      BARE.authState ??
      BARE.iss ??
      BARE.sub ??
      BARE.tenant ??
      BARE.lastConfirmedAt ??
      BARE.authTime ??
      BARE.lastActivityAt ??
      BARE.acr ??
      BARE.amr ??
      BARE.cause ??
      BARE.issuedAt ??
      BARE.expiresAt ??
      BARE.verified ??
      BARE.present ??
      BARE.idleExpiresAt ??
      BARE.absoluteExpiresAt ??
      BARE.roles ??
      BARE.scopes ??
      BARE.fetchedAt ??
      BARE.integrity ??
      BARE.at ??
      BARE.subject ??
      BARE.sameBoot ??
      BARE.biometricEpoch ??
      BARE.longestIdle ??
      BARE.consumed ??
      BARE.compliant ??
      BARE.storage ??
      BARE.binding ??
      BARE.unlockedAt ??
      BARE.timeZone ??
      BARE.level ??
      BARE.freshness ??
      BARE.sensitivity) === undefined
  );
}

/**
 * An object whose members can only be its own. Asking `hasOwn` for every member is what a decision would spend most of its
 * time on; so a plain object is taken as it is, and any other is copied without its prototype. Who reads a member first,
 * the `_glance`, is faster still: an object of known shape has a known prototype, and asking for that costs nothing.
 */
function own(value: object, _glance?: unknown): Read<Owned> {
  if (Array.isArray(value)) return null;
  return Object.getPrototypeOf(value) === plain ? (value as Owned) : { __proto__: null, ...value };
}

/** An object as `Owned`, `null` for anything else. */
export function owned(value: unknown): Read<Owned> {
  return isHeld(value) ? own(value) : none(value);
}

function isHeld(value: unknown): value is Owned {
  return typeof value === 'object' && value !== null;
}

function none(value: unknown): undefined | null {
  return value === undefined ? undefined : null;
}

/** An own member of `parent`: `undefined` when it or the parent is absent, `null` when the parent is no object. */
export function member(parent: unknown, key: string): unknown {
  if (parent === undefined) return undefined;
  if (!isObject(parent)) return null;
  return Object.hasOwn(parent, key) ? (parent as Owned)[key] : undefined;
}

/** The value when it is one of `words`. */
export function word<W extends string>(value: unknown, words: readonly W[]): Read<W> {
  if (value === undefined) return undefined;
  for (const each of words) if (each === value) return each;
  return null;
}

export function text(value: unknown): Read<string> {
  return value === undefined || typeof value === 'string' ? value : null;
}

export function flag(value: unknown): Read<boolean> {
  return value === undefined || typeof value === 'boolean' ? value : null;
}

/** A list of strings; ill-typed as a whole if one element is not a string. */
export function texts(value: unknown): Read<readonly string[]> {
  if (value === undefined) return undefined;
  if (!Array.isArray(value)) return null;
  // Indexed, because `every` skips the holes of a sparse list.
  for (let i = 0; i < value.length; i++) if (!Object.hasOwn(value, i) || typeof value[i] !== 'string') return null;
  return value as readonly string[];
}

/** What something that is no object is read as: it has no facts at all. */
export const NO_REQUEST: Owned = { __proto__: null };

/** Shared by every decision that has none of something. */
export const NONE: readonly never[] = Object.freeze([]);

/** A request of any shape; what is no object has no facts at all. */
export function ownedRequest(given: unknown): Owned {
  // Asked once for all objects of a request: to ask for each took a third of the time of `permits`.
  plain = unpolluted() ? Object.prototype : undefined;
  return (isHeld(given) ? own(given, given.capability) : null) ?? NO_REQUEST;
}

export class Facts {
  /** NaN when the request has no usable `now`: then nothing that needs time may be evaluated. */
  readonly now: number;
  readonly connectivity: Read<Connectivity>;
  readonly clockState: Read<ClockState>;
  readonly session: Read<Owned>;
  readonly authState: Read<AuthState>;
  readonly lastConfirmedAt: unknown;
  readonly request: Owned;
  readonly asked: Asked | undefined;
  readonly margins: ClockMargins;
  /** False when nobody asks how long the answer holds: what is costly to foresee may then be left out. */
  watching = true;
  /** The earliest instant found ahead of `now` that does not come round again; Infinity when none was. */
  private next = Infinity;
  /** The earliest edge that does come round again, as those of weekly windows, and from when on all do so regularly. */
  private round: Instant | undefined;
  private settled: Instant | undefined;

  /** Reads a request; `time`, when given, stands in for its `now`. */
  constructor(request: Owned, asked: Asked | undefined, margins: ClockMargins, time?: Instant) {
    const now = time ?? request.now;
    const { clock, session } = request;
    const ownClock = isHeld(clock) ? own(clock, clock.state) : none(clock);
    const ownSession = isHeld(session) ? own(session, session.authState) : none(session);
    this.request = request;
    this.asked = asked;
    this.margins = margins;
    this.now = isInstant(now) ? now : NaN;
    this.connectivity = word(request.connectivity, CONNECTIVITY);
    this.clockState = word(ownClock && ownClock.state, CLOCK_STATES);
    this.session = ownSession;
    this.authState = word(ownSession && ownSession.authState, AUTH_STATES);
    this.lastConfirmedAt = ownSession && ownSession.lastConfirmedAt;
  }

  /** Whether the request has a usable `now`. */
  get timed(): boolean {
    return this.now > -Infinity;
  }

  get online(): boolean {
    return this.connectivity === 'online';
  }

  /** Can a person be asked now? Anything but true or absent means no. */
  get interactive(): boolean {
    return this.request.interactive === undefined || this.request.interactive === true;
  }

  get accessToken(): Read<Owned> {
    return owned(this.request.accessToken);
  }

  get refreshToken(): Read<Owned> {
    return owned(this.request.refreshToken);
  }

  get permissions(): Read<Owned> {
    return owned(this.request.permissions);
  }

  get device(): Read<Owned> {
    return owned(this.request.device);
  }

  get policy(): Read<Owned> {
    return owned(this.request.policy);
  }

  /** True from the instant `at` on. An instant still ahead is noted as one at which the answer may change. */
  reached(at: Instant): boolean {
    if (this.now >= at) return true;
    if (at < this.next) this.next = at;
    return false;
  }

  /** Notes an edge of something that comes round for ever, regularly from `settled` on. */
  recurs(at: Instant, settled: Instant): void {
    this.round = Math.min(at, this.round ?? at);
    if (this.now < settled) this.settled = Math.min(settled, this.settled ?? settled);
  }

  /** The earliest instant ahead that does not come round again; Infinity when there is none. */
  get once(): Instant {
    return Math.min(this.next, this.settled ?? Infinity);
  }

  /** An instant that must lie in the past: ill-typed while it is further ahead than the tolerance. */
  past(value: unknown): Read<Instant> {
    if (value === undefined) return undefined;
    return isInstant(value) && this.reached(value - this.margins.tolerance) ? value : null;
  }

  /** Age in ms of an instant given by `past`; one a little ahead reads as `now`. */
  age(at: Instant): Milliseconds {
    return Math.max(0, this.now - at);
  }

  /** True once `at` is more than `limit` ago. Limits are inclusive: exactly `limit` ago is not older. */
  olderThan(at: Instant, limit: Milliseconds): boolean {
    return this.reached(at + limit + 1);
  }

  /** How long what was looked at so far stays as it is; null: for good. */
  get validUntil(): Instant | null {
    const until = Math.min(this.next, this.round ?? Infinity);
    return until <= MAX_INSTANT ? until : null;
  }
}
