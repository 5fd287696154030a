/**
 * A request as flat facts: the libraries know no ages, proofs or expiry margins, so these are worked out beforehand,
 * and that is never measured. Each request gets only the facts that its own rule names.
 */
import type { Request, StepUpProof } from 'latchkey';
import type { CapabilityId } from '../requests.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** The limits of the rules, in milliseconds. */
export const WEEK = 7 * 24 * HOUR;
export const TWO_DAYS = 48 * HOUR;
export const TWELVE_HOURS = 12 * HOUR;
export const FIVE_MINUTES = 5 * MINUTE;

export const OPEN = ['ACTIVE', 'OFFLINE_STALE'];
export const READABLE = [...OPEN, 'REAUTH_REQUIRED'];
export const UNTRUSTED = ['rolled_back', 'untrusted'];

/** The age of what never was: above every limit, and a small integer to every engine. */
const NEVER = 2 ** 31 - 1;

export type Facts = Readonly<Record<string, boolean | number | string | string[]>>;

function provesPresence(proof: StepUpProof, { now, session, device }: Request): boolean {
  return (
    proof.at <= now + FIVE_MINUTES &&
    proof.sameBoot &&
    proof.subject.sub === session?.sub &&
    proof.subject.tenant === session.tenant &&
    proof.subject.iss === session.iss &&
    proof.biometricEpoch === device?.biometricEpoch &&
    proof.amr.some((method) => ['face', 'fpt', 'pin'].includes(method))
  );
}

function ageOf(at: number | undefined, now: number): number {
  return at === undefined ? NEVER : Math.min(now - at, NEVER);
}

function stepUpAge(request: Request): number {
  const proofs = (request.stepUps ?? []).filter((proof) => provesPresence(proof, request));
  return Math.min(NEVER, ...proofs.map(({ at }) => request.now - at));
}

/** What the rule for a capability like that one asks of the request. */
export function flatFacts(like: CapabilityId, request: Request): Facts {
  const { now, session, accessToken: token, permissions } = request;
  const authState = session?.authState ?? 'SIGNED_OUT';
  const confirmationAge = ageOf(session?.lastConfirmedAt, now);
  if (like === 'work_order.view') return { authState, confirmationAge };
  if (like === 'work_order.note') return { authState, confirmationAge, stepUpAge: stepUpAge(request) };
  const { issuedAt = 0, expiresAt = 0 } = token ?? {};
  return {
    authState,
    confirmationAge,
    roles: [...(permissions?.roles ?? [])],
    snapshotAge: ageOf(permissions?.fetchedAt, now),
    connectivity: request.connectivity,
    tokenVerified: token?.verified ?? false,
    tokenFreshFor: Math.max(-NEVER, expiresAt - Math.min(2 * MINUTE, Math.floor((expiresAt - issuedAt) / 2)) - now),
    clockState: request.clock.state,
  };
}
