/**
 * The same rules as plain code that trusts its facts no more than the engine does: every object is a plain one, every value
 * has its type, nothing is inherited. It builds nothing, explains nothing and knows one policy: no engine that reads
 * requests with such care can be faster than this.
 */
import type { Request } from 'latchkey';
import { panel, type Contender } from '../contender.ts';
import { namesOf } from './hand-written.ts';
import { holds, isHeld, isInstant, isPlain, isReadable, isStrong, isTechnician, type Members } from './suspicion.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const TOLERANCE = 5 * MINUTE;
const EXPIRY_MARGIN = 2 * MINUTE;
/** At most `limit` ago, and not from the future. */
function isWithin(at: unknown, limit: number, now: number): boolean {
  return isInstant(at) && at - TOLERANCE <= now && now - at <= limit;
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
  if (!isReadable(request)) return false;
  const { now, clock, session } = request;
  const { authState, lastConfirmedAt } = session;
  if (authState === 'LOCKED' || authState === 'SIGNED_OUT') return false;
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
