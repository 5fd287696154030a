/**
 * The same rules as plain code that trusts its facts no more than the engine does: every object is a plain one, every value
 * has its type, nothing is inherited. It builds nothing, explains nothing and knows one policy: no engine that reads
 * requests with such care can be faster than this.
 */
import type { Request } from 'latchkey';
import { panel, type Contender } from '../contender.ts';
import { namesOf } from './hand-written.ts';

type Members = Readonly<Record<string, unknown>>;

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const TOLERANCE = 5 * MINUTE;
const EXPIRY_MARGIN = 2 * MINUTE;
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

function isHeld(value: unknown): value is Members {
  return typeof value === 'object' && value !== null;
}

/** Whoever reads a member first, the `_glance`, has the compiler know the prototype. */
function isPlain(value: Members, _glance: unknown): boolean {
  return !Array.isArray(value) && Object.getPrototypeOf(value) === Object.prototype;
}

function isInstant(value: unknown): value is number {
  return Number.isInteger(value) && Math.abs(value as number) <= MAX_INSTANT;
}

/** At most `limit` ago, and not from the future. */
function isWithin(at: unknown, limit: number, now: number): boolean {
  return isInstant(at) && at - TOLERANCE <= now && now - at <= limit;
}

function holds(list: unknown, wanted: (text: string) => boolean): boolean {
  if (!Array.isArray(list)) return false;
  let found = false;
  for (let i = 0; i < list.length; i++) {
    const each: unknown = list[i];
    if (typeof each !== 'string' || !Object.hasOwn(list, i)) return false;
    found ||= wanted(each);
  }
  return found;
}

function isStrong(method: string): boolean {
  return method === 'face' || method === 'fpt' || method === 'pin';
}

function isTechnician(role: string): boolean {
  return role === 'technician';
}

function isKnownClock(state: unknown): boolean {
  return (
    state === 'ok' ||
    state === 'unproven_forward' ||
    state === 'unproven_reboot' ||
    state === 'rolled_back' ||
    state === 'untrusted'
  );
}

/** A proof by this person, on this boot and with these fingers, that is recent and strong enough. */
function proves(proof: unknown, session: Members, device: Members, now: number): boolean {
  if (!isHeld(proof) || !isPlain(proof, proof.at) || !isWithin(proof.at, 12 * HOUR, now)) return false;
  const { subject, biometricEpoch } = proof;
  if (proof.sameBoot !== true || typeof biometricEpoch !== 'string') return false;
  if (biometricEpoch !== device.biometricEpoch || !isHeld(subject) || !isPlain(subject, subject.sub)) return false;
  const same = subject.sub === session.sub && subject.tenant === session.tenant && subject.iss === session.iss;
  return same && typeof subject.sub === 'string' && holds(proof.amr, isStrong);
}

function permitsNote({ stepUps, device }: Members, session: Members, now: number): boolean {
  if (!isWithin(session.lastConfirmedAt, 48 * HOUR, now) || !Array.isArray(stepUps)) return false;
  if (!isHeld(device) || !isPlain(device, device.biometricEpoch)) return false;
  for (let i = 0; i < stepUps.length; i++)
    if (Object.hasOwn(stepUps, i) && proves(stepUps[i], session, device, now)) return true;
  return false;
}

function isFresh(token: unknown, now: number): boolean {
  if (!isHeld(token) || !isPlain(token, token.expiresAt)) return false;
  const { issuedAt, expiresAt, verified } = token;
  if (!isInstant(expiresAt) || verified !== true) return false;
  const half = isInstant(issuedAt) ? Math.floor((expiresAt - issuedAt) / 2) : EXPIRY_MARGIN;
  return now < expiresAt - Math.min(EXPIRY_MARGIN, half);
}

function permitsComplete(request: Members, session: Members, clockState: unknown, now: number): boolean {
  const { permissions, connectivity, accessToken } = request;
  if (!isHeld(permissions) || !isPlain(permissions, permissions.fetchedAt)) return false;
  if (!holds(permissions.roles, isTechnician) || !isWithin(permissions.fetchedAt, 48 * HOUR, now)) return false;
  if (connectivity === 'online' && isFresh(accessToken, now)) return true;
  const trusted = clockState !== 'rolled_back' && clockState !== 'untrusted';
  return trusted && isWithin(session.lastConfirmedAt, 5 * MINUTE, now);
}

function permits(request: unknown, like: string | undefined): boolean {
  if (!isHeld(request) || !isPlain(request, request.now) || !unpolluted()) return false;
  const { now, clock, session, connectivity, resource, policy } = request;
  // A raised level and a policy's expiry are what no request of the benchmark has.
  if (!isInstant(now) || resource !== undefined || policy !== undefined) return false;
  if (connectivity !== 'online' && connectivity !== 'offline' && connectivity !== 'limited') return false;
  if (!isHeld(clock) || !isPlain(clock, clock.state) || !isKnownClock(clock.state)) return false;
  if (!isHeld(session) || !isPlain(session, session.authState)) return false;
  const { authState, lastConfirmedAt } = session;
  if (authState !== 'ACTIVE' && authState !== 'OFFLINE_STALE' && authState !== 'REAUTH_REQUIRED') return false;
  if (like === 'work_order.view') return isWithin(lastConfirmedAt, 7 * DAY, now);
  if (authState === 'REAUTH_REQUIRED') return false;
  if (like === 'work_order.note') return permitsNote(request, session, now);
  return like === 'work_order.complete' && permitsComplete(request, session, clock.state, now);
}

export const handWrittenGuarded: Contender = {
  name: 'hand-written, on guard',
  file: 'hand-written-guarded',
  exported: 'handWrittenGuarded',
  imports: "export { handWrittenGuarded } from './tests/bench/contenders/hand-written-guarded.ts';",
  setUp: 'The rules as plain code that trusts no fact: own members and strict types, as ours reads them; yes or no.',
  build(given) {
    const nameOf = namesOf(given);
    return panel(
      (request: Request) => request,
      (request) => permits(request, nameOf(request)),
    );
  },
};
