/**
 * What stands before the constraints: required facts, the session and its state, policy expiry, wipe.
 * Gates add reasons, they do not stop the evaluation.
 */
import type { Reason, ReasonCode } from './decision.ts';
import { olderThan, past, policyOf, reached, type Facts } from './facts.ts';
import { owned, word, type Read } from './own.ts';
import type { Case } from './program.ts';
import type { TierOpening } from './policy.ts';
import { CONFIDENTIAL, INTERNAL, isInstant, type Freshness, type Milliseconds, type SessionCause } from './request.ts';

const FRESHNESS: readonly Freshness[] = ['fresh', 'stale', 'expired'];
const CAUSES: readonly SessionCause[] = ['sessionRevoked', 'reuseDetected', 'credentialChange', 'refreshRejected'];

/** A gate's verdict; it has no figures. */
export type GateReason = Pick<Reason, 'code' | 'path' | 'detail'>;

type Gate = (read: Case) => GateReason | undefined;

function plain(code: ReasonCode): GateReason {
  return Object.freeze({ code, path: '' });
}

const MISSING = plain('fact_missing');
/** Also of what is no request at all. */
export const INVALID = plain('fact_invalid');
const NEVER = plain('never_authenticated');
const EXPIRED = plain('policy_expired');
const UNKNOWN = plain('unknown_capability');

function need(value: Read<unknown>): GateReason | undefined {
  if (value === undefined) return MISSING;
  return value === null ? INVALID : undefined;
}

/** Without a usable `now` a time cannot be too far ahead, only absent or ill-typed. */
function confirmation(facts: Facts): GateReason | undefined {
  const at = facts.lastConfirmedAt;
  if (at === undefined) return NEVER;
  return (facts.timed ? past(facts, at) === null : !isInstant(at)) ? INVALID : undefined;
}

function ofState(facts: Facts, code: ReasonCode, path: string): GateReason {
  const { session } = facts;
  const detail = word(session ? session.cause : session, CAUSES);
  return detail ? { code, path, detail } : { code, path };
}

function state(facts: Case): GateReason | undefined {
  const { asked } = facts;
  switch (facts.authState) {
    case 'LOCKED':
      return ofState(facts, 'locked', '');
    case 'SIGNED_OUT':
      return facts.lastConfirmedAt === undefined ? undefined : ofState(facts, 'signed_out', '');
    case 'REAUTH_REQUIRED': {
      const path = asked?.reauth.path ?? '';
      const opening = openingOf(facts);
      if (opening === 'locked') return ofState(facts, 'reauth_required', path);
      return opening === 'readOnly' && asked?.access !== 'read' ? ofState(facts, 'read_only', path) : undefined;
    }
    default:
      return undefined;
  }
}

/** What REAUTH_REQUIRED leaves open; nothing above `internal`, whatever the tier says. */
export function openingOf({ asked, level }: Case): TierOpening {
  return asked === undefined || level > INTERNAL ? 'locked' : asked.reauth.opening;
}

function policyReadable(facts: Facts): GateReason | undefined {
  const policy = policyOf(facts);
  if (!policy) return policy === null ? INVALID : undefined;
  const { expiresAt, freshness } = policy;
  return word(freshness, FRESHNESS) === null || (expiresAt !== undefined && !isInstant(expiresAt))
    ? INVALID
    : undefined;
}

function policyInForce(facts: Case): GateReason | undefined {
  const { asked, level } = facts;
  const policy = policyOf(facts);
  if (!policy || (asked?.access === 'read' && level < CONFIDENTIAL)) return undefined;
  const passed = isInstant(policy.expiresAt) && facts.timed && reached(facts, policy.expiresAt);
  return passed || policy.freshness === 'expired' ? EXPIRED : undefined;
}

/** In evaluation order; each gives at most one reason. */
const GATES: readonly Gate[] = [
  (facts) => (facts.timed ? undefined : need(facts.request.now === undefined ? undefined : null)),
  (facts) => need(facts.connectivity),
  (facts) => need(facts.clockState),
  (facts) => (facts.session === undefined ? undefined : need(facts.authState)),
  confirmation,
  ({ readable }) => (readable ? undefined : INVALID),
  state,
  policyReadable,
  policyInForce,
  ({ asked }) => (asked === undefined ? UNKNOWN : undefined),
];

function wipeDue(facts: Facts, maxAge: Milliseconds): boolean {
  const at = facts.timed ? past(facts, facts.lastConfirmedAt) : undefined;
  return typeof at === 'number' && olderThan(facts, at, maxAge);
}

/** True when monotonic time alone proves that a wipe is due; a clock that merely jumped ahead proves nothing. */
export function wipeProven(facts: Case): boolean {
  const at = past(facts, facts.lastConfirmedAt);
  const proven = past(facts, owned(facts.request.clock)?.provenNow);
  if (typeof at !== 'number' || typeof proven !== 'number') return false;
  return facts.program.wipes.some((rule) => wipeDue(facts, rule.maxAge) && proven - at > rule.maxAge);
}

/** True when no gate stands closed. Says the same as the list in other words: to walk it would take five times as long. */
export function gatesOpen(facts: Case): boolean {
  const known = facts.timed && facts.connectivity && facts.clockState && facts.authState;
  if (!known || !facts.readable || !facts.asked || confirmation(facts)) return false;
  if (state(facts) || policyReadable(facts) || policyInForce(facts)) return false;
  return !facts.program.wipes.some((rule) => wipeDue(facts, rule.maxAge));
}

/** The reason of every gate that stands closed, in evaluation order. */
export function closedGates(facts: Case): readonly GateReason[] {
  const reasons: GateReason[] = [];
  for (const gate of GATES) {
    const reason = gate(facts);
    // Two required facts that fail alike are one reason: nothing would tell them apart.
    if (reason && !reasons.includes(reason)) reasons.push(reason);
  }
  for (const { path, maxAge } of facts.program.wipes)
    if (wipeDue(facts, maxAge)) reasons.push({ code: 'wipe_pending', path });
  return reasons;
}
