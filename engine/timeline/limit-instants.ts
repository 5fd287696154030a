/** Where in time a limit lies, as the facts of a span have it. */
import { EVERY_USE, expiringFrom, instantOf, readProof } from '../constraints/index.ts';
import { accessTokenOf, deviceOf, past, policyOf, readFacts, refreshTokenOf, type Facts } from '../facts.ts';
import { member } from '../own.ts';
import type { AgeOf } from '../decision.ts';
import type { Constraint, Policy, StepUp } from '../policy.ts';
import type { Program } from '../program.ts';
import { isInstant, MAX_INSTANT, type Instant, type Request } from '../request.ts';
import type { Limit } from './limit.ts';
import { scheduleEdges } from './schedule-edges.ts';

/** A limit, and the constraint it is of; warnings, wipe rules and the policy's expiry have none. */
export interface Rule {
  readonly limit: Limit;
  readonly constraint: Constraint | undefined;
}

/**
 * The instants of trusted time, of proven time for `provenConfirmation`, at which the limit lies: an age is exactly as
 * long as it may be, an expiry or an edge is now. Of schedules those in [from, to]. None when what is measured is not
 * known. Uses and drifts of the clock lie at no instant.
 */
export function instantsOf(
  { limit, constraint }: Rule,
  request: Request,
  program: Program,
  from: Instant,
  to: Instant,
): readonly Instant[] {
  if (constraint?.kind === 'schedule' && limit.measured !== 'clockDrift')
    return scheduleEdges(limit, constraint, request.device, from, to);
  // Read as late as can be, so that no fact lies ahead.
  const facts = readFacts(program, request, MAX_INSTANT);
  if (constraint?.kind === 'stepUp' && limit.measured !== 'deviceUnlock') return proofEnds(constraint, facts);
  const at = instantIn(limit, facts);
  return at === undefined ? [] : [at];
}

function instantIn({ measured, length = 0 }: Limit, facts: Facts): Instant | undefined {
  const accessToken = accessTokenOf(facts);
  switch (measured) {
    case 'serverConfirmation':
    case 'authTime':
    case 'permissionSnapshot':
    case 'policyIssue':
    case 'activity':
      return later(instantOf(measured satisfies AgeOf, facts), length);
    case 'provenConfirmation':
      return later(facts.lastConfirmedAt, length);
    case 'accessTokenExpiry':
      return later(accessToken?.expiresAt, 0);
    case 'accessTokenMargin': {
      if (!accessToken || !isInstant(accessToken.expiresAt)) return undefined;
      const { issuedAt, expiresAt } = accessToken;
      return expiringFrom(expiresAt, isInstant(issuedAt) ? issuedAt : undefined, length);
    }
    case 'refreshIdleExpiry':
      return later(refreshTokenOf(facts)?.idleExpiresAt, 0);
    case 'refreshAbsoluteExpiry':
      return later(refreshTokenOf(facts)?.absoluteExpiresAt, 0);
    case 'deviceUnlock':
      return later(deviceOf(facts)?.unlockedAt, length);
    case 'policyExpiry':
      return later(policyOf(facts)?.expiresAt, 0);
    default:
      return undefined;
  }
}

function later(at: unknown, length: number): Instant | undefined {
  return isInstant(at) ? at + length : undefined;
}

/** Until when the proofs hold: the last of the right method, and one of another method that outlives it. */
function proofEnds(constraint: StepUp, facts: Facts): readonly Instant[] {
  const entries = member(facts.request, 'stepUps');
  let [right, other] = [-Infinity, -Infinity];
  for (const entry of Array.isArray(entries) ? entries : []) {
    const proof = readProof(facts, entry, constraint.surviveReboot);
    if (proof === undefined) continue;
    const end = endOf(proof, constraint, facts);
    if (ofMethod(proof.amr, constraint)) right = Math.max(right, end);
    else other = Math.max(other, end);
  }
  return (other > right ? [right, other] : [right]).filter((end) => end > -Infinity);
}

/** The last instant at which a proof is recent enough; -Infinity when it no longer counts. */
function endOf(
  { at, longestIdle, consumed }: NonNullable<ReturnType<typeof readProof>>,
  { maxAge, maxIdle }: StepUp,
  facts: Facts,
): Instant {
  if (maxAge !== undefined) return at + maxAge;
  if (maxIdle === undefined) return consumed === false ? at + EVERY_USE : -Infinity;
  const last = Math.max(at, past(facts, facts.session?.lastActivityAt) ?? at);
  const known = typeof longestIdle === 'number' && longestIdle >= 0 ? longestIdle : Infinity;
  return Math.min(known, last - at) <= maxIdle ? last + maxIdle : -Infinity;
}

function ofMethod(amr: readonly string[], { amrAny, amrAll }: StepUp): boolean {
  if (amrAny !== undefined) return amrAny.some((method) => amr.includes(method));
  return (amrAll ?? []).every((method) => amr.includes(method));
}

/** The limits with the constraints they are of. */
export function rulesOf(policy: Policy, limits: readonly Limit[]): readonly Rule[] {
  const byPath = new Map<string, Constraint>();
  const note = (list: readonly Constraint[]): void => {
    for (const each of list) {
      byPath.set(each.path, each);
      if ('of' in each && Array.isArray(each.of)) note(each.of as readonly Constraint[]);
    }
  };
  note(policy.guards);
  for (const list of Object.values(policy.sensitivity)) note(list);
  for (const { require } of [...policy.tiers, ...policy.capabilities]) note(require);
  return limits.map((limit) => ({ limit, constraint: byPath.get(limit.path) }));
}
