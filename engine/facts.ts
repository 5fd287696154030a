/**
 * A request, read with suspicion: own properties only, strict types, and every comparison with time noted.
 *
 * INVARIANT: a stage compares `now` with an instant only through `reached`. While no instant that was
 * found ahead is reached, every comparison comes out the same and so does the whole evaluation, however
 * it branched: `validUntil` is therefore a sound bound for how long a decision holds.
 */
import { isHeld, NONE, none, own, owned, ownedRequest, word, type Owned, type Read } from './own.ts';
import type { Access } from './policy.ts';
import {
  AUTH_STATES,
  CLOCK_STATES,
  CONNECTIVITY,
  isInstant,
  MAX_INSTANT,
  RESTRICTED,
  SENSITIVITY,
  type AuthState,
  type ClockState,
  type Connectivity,
  type Instant,
  type Level,
  type Milliseconds,
} from './request.ts';

/** What of a capability its facts are read with. */
export interface Asked {
  readonly id: string;
  readonly access: Access;
  /** Level of its tier; a request can raise it. */
  readonly level: Level;
  /** What applies, by the level in force. */
  readonly checks: readonly (readonly unknown[])[];
}

/** What of a program its facts are read with. */
export interface Frame {
  readonly policy: { readonly clock: { readonly tolerance: Milliseconds; readonly expiryMargin: Milliseconds } };
  readonly capabilities: ReadonlyMap<string, Asked>;
}

type AskedIn<F extends Frame> = F['capabilities'] extends ReadonlyMap<string, infer A extends Asked> ? A : never;

/** The capability asked for; `""` when none is named in text. */
export function nameIn({ capability }: Owned): string {
  return typeof capability === 'string' ? capability : '';
}

/** Written only by the functions of this file. */
export interface Facts<F extends Frame = Frame> {
  readonly program: F;
  readonly request: Owned;
  /** The capability asked for, if the program has it. */
  readonly asked: AskedIn<F> | undefined;
  /** NaN when the request has no usable `now`: then nothing that needs time may be evaluated. */
  readonly now: number;
  /** Whether the request has a usable `now`. */
  readonly timed: boolean;
  readonly connectivity: Read<Connectivity>;
  readonly online: boolean;
  readonly clockState: Read<ClockState>;
  readonly session: Read<Owned>;
  readonly authState: Read<AuthState>;
  readonly lastConfirmedAt: unknown;
  /** The tier's or the request's, whichever is higher. */
  readonly level: Level;
  /** False when `resource` or its sensitivity could not be read. */
  readonly readable: boolean;
  readonly checks: AskedIn<F>['checks'][number];
  /** False when nobody asks how long the answer holds: what is costly to foresee may then be left out. */
  readonly watching: boolean;
  /** The earliest instant found ahead of `now` that does not come round again; Infinity when none was. */
  next: number;
  /** The earliest edge that does come round again, as those of weekly windows, and from when on all do so regularly. */
  round: Instant | undefined;
  settled: Instant | undefined;
}

/**
 * Reads a request of any shape; `time`, when given, stands in for its `now`. The facts are one literal that is written
 * once everything in it is known: members of a class, and those that are worked out meanwhile, are stored one by one.
 */
export function readFacts<F extends Frame>(program: F, given: unknown, time?: Instant, watching = true): Facts<F> {
  const request = ownedRequest(given);
  const { clock, session: account } = request;
  const at = time ?? request.now;
  const timed = isInstant(at);
  const ownClock = isHeld(clock) ? own(clock, clock.state) : none(clock);
  const session = isHeld(account) ? own(account, account.authState) : none(account);
  const resource = owned(request.resource);
  const named = resource && word(resource.sensitivity, SENSITIVITY);
  const raised = named ? SENSITIVITY.indexOf(named) : named === null ? RESTRICTED : 0;
  const asked = program.capabilities.get(nameIn(request)) as AskedIn<F> | undefined;
  const home = asked ? asked.level : RESTRICTED;
  const level = (raised > home ? raised : home) as Level;
  const connectivity = word(request.connectivity, CONNECTIVITY);
  const clockState = word(ownClock && ownClock.state, CLOCK_STATES);
  const authState = word(session && session.authState, AUTH_STATES);
  return {
    program,
    request,
    asked,
    now: timed ? at : NaN,
    timed,
    connectivity,
    online: connectivity === 'online',
    clockState,
    session,
    authState,
    lastConfirmedAt: session && session.lastConfirmedAt,
    level,
    readable: named !== null,
    checks: timed && asked ? (asked.checks[level] as readonly unknown[]) : NONE,
    watching,
    next: Infinity,
    round: undefined,
    settled: undefined,
  };
}

/** Can a person be asked now? Anything but true or absent means no. */
export function isInteractive({ request: { interactive } }: Facts): boolean {
  return interactive === undefined || interactive === true;
}

export function accessTokenOf({ request: { accessToken } }: Facts): Read<Owned> {
  return isHeld(accessToken) ? own(accessToken, accessToken.expiresAt) : none(accessToken);
}

export function refreshTokenOf({ request }: Facts): Read<Owned> {
  return owned(request.refreshToken);
}

export function permissionsOf({ request: { permissions } }: Facts): Read<Owned> {
  return isHeld(permissions) ? own(permissions, permissions.fetchedAt) : none(permissions);
}

export function deviceOf({ request: { device } }: Facts): Read<Owned> {
  return isHeld(device) ? own(device, device.biometricEpoch) : none(device);
}

export function policyOf({ request }: Facts): Read<Owned> {
  return owned(request.policy);
}

/** True from the instant `at` on. An instant still ahead is noted as one at which the answer may change. */
export function reached(facts: Facts, at: Instant): boolean {
  if (facts.now >= at) return true;
  if (at < facts.next) facts.next = at;
  return false;
}

/** Notes an edge of something that comes round for ever, regularly from `settled` on. */
export function recurs(facts: Facts, at: Instant, settled: Instant): void {
  facts.round = Math.min(at, facts.round ?? at);
  if (facts.now < settled) facts.settled = Math.min(settled, facts.settled ?? settled);
}

/** The earliest instant ahead that does not come round again; Infinity when there is none. */
export function onceAhead({ next, settled = Infinity }: Facts): Instant {
  return Math.min(next, settled);
}

/** An instant that must lie in the past: ill-typed while it is further ahead than the tolerance. */
export function past(facts: Facts, value: unknown): Read<Instant> {
  if (value === undefined) return undefined;
  return isInstant(value) && reached(facts, value - facts.program.policy.clock.tolerance) ? value : null;
}

/** Age in ms of an instant given by `past`; one a little ahead reads as `now`. */
export function age({ now }: Facts, at: Instant): Milliseconds {
  return Math.max(0, now - at);
}

/** True once `at` is more than `limit` ago. Limits are inclusive: exactly `limit` ago is not older. */
export function olderThan(facts: Facts, at: Instant, limit: Milliseconds): boolean {
  return reached(facts, at + limit + 1);
}

/** How long what was looked at so far stays as it is; null: for good. */
export function validUntil({ next, round = Infinity }: Facts): Instant | null {
  const until = Math.min(next, round);
  return until <= MAX_INSTANT ? until : null;
}
