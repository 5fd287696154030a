/**
 * What stands before the constraints: required facts, the session and its state, policy expiry, wipe.
 * Gates add reasons, they do not stop the evaluation.
 */
import type { Reason, ReasonCode, ReasonDetail } from './decision.ts';
import { isInstant, isObject, member, word, type Facts, type Read } from './facts.ts';
import {
  CONFIDENTIAL,
  INTERNAL,
  LEVELS,
  RESTRICTED,
  type CompiledCapability,
  type Level,
  type Program,
} from './program.ts';
import type { Freshness, SessionCause } from './request.ts';

const FRESHNESS: readonly Freshness[] = ['fresh', 'stale', 'expired'];
const CAUSES: readonly SessionCause[] = ['sessionRevoked', 'reuseDetected', 'credentialChange', 'refreshRejected'];

/** A gate's verdict; it has no figures. */
export type GateReason = Pick<Reason, 'code' | 'path' | 'detail'>;

/** What a request is judged as: the capability, if the program has it, at the level in force. */
export interface Subject {
  readonly program: Program;
  readonly capability: CompiledCapability | undefined;
  readonly level: Level;
  /** False when `resource` or its sensitivity could not be read. */
  readonly readable: boolean;
}

/** The level in force: the tier's or the request's, whichever is higher. */
export function subjectOf(program: Program, facts: Facts, capability: CompiledCapability | undefined): Subject {
  const own = capability?.level ?? RESTRICTED;
  const resource = member(facts.request, 'resource');
  if (resource === undefined) return { program, capability, level: own, readable: true };
  const named = word(member(resource, 'sensitivity'), LEVELS);
  if (!isObject(resource) || named === null) return { program, capability, level: RESTRICTED, readable: false };
  const raised = named === undefined ? own : (LEVELS.indexOf(named) as Level);
  return { program, capability, level: raised > own ? raised : own, readable: true };
}

/** Collects reasons, or with `first` set stops at the first one. */
class Findings {
  readonly reasons: GateReason[] = [];

  add(code: ReasonCode, path = '', detail?: ReasonDetail): void {
    // Two required facts that fail alike are one reason: nothing would tell them apart.
    if (this.reasons.some((reason) => reason.code === code && reason.path === path)) return;
    this.reasons.push(detail === undefined ? { code, path } : { code, path, detail });
  }

  /** Adds the reason for a fact that could not be read. */
  need(value: Read<unknown>): void {
    if (value === undefined) this.add('fact_missing');
    if (value === null) this.add('fact_invalid');
  }
}

function requiredFacts(facts: Facts, found: Findings): void {
  if (Number.isNaN(facts.now)) found.need(member(facts.request, 'now') === undefined ? undefined : null);
  found.need(facts.connectivity);
  found.need(facts.clockState);
  if (facts.session !== undefined) found.need(facts.authState);
}

/** Without a usable `now` a time cannot be too far ahead, only absent or ill-typed. */
function confirmation(facts: Facts, found: Findings): void {
  const at = facts.lastConfirmedAt;
  if (at === undefined) found.add('never_authenticated');
  else if (!isInstant(at) || (!Number.isNaN(facts.now) && facts.past(at) === null)) found.add('fact_invalid');
}

function authState(facts: Facts, { capability, level }: Subject, found: Findings): void {
  const cause = word(member(facts.session, 'cause'), CAUSES) ?? undefined;
  if (facts.authState === 'LOCKED') found.add('locked', '', cause);
  if (facts.authState === 'SIGNED_OUT' && facts.lastConfirmedAt !== undefined) found.add('signed_out', '', cause);
  if (facts.authState !== 'REAUTH_REQUIRED') return;
  const path = capability?.reauth.path ?? '';
  const opening = openingOf(capability, level);
  if (opening === 'locked') found.add('reauth_required', path, cause);
  else if (opening === 'readOnly' && capability?.access !== 'read') found.add('read_only', path, cause);
}

/** What REAUTH_REQUIRED leaves open; nothing above `internal`, whatever the tier says. */
export function openingOf(capability: CompiledCapability | undefined, level: Level): 'full' | 'readOnly' | 'locked' {
  return capability === undefined || level > INTERNAL ? 'locked' : capability.reauth.opening;
}

function policyExpiry(facts: Facts, { capability, level }: Subject, found: Findings): void {
  const policy = member(facts.request, 'policy');
  if (policy === undefined) return;
  const expiresAt = member(policy, 'expiresAt');
  const freshness = word(member(policy, 'freshness'), FRESHNESS);
  if (freshness === null || (expiresAt !== undefined && !isInstant(expiresAt))) found.add('fact_invalid');
  if (capability?.access === 'read' && level < CONFIDENTIAL) return;
  const passed = isInstant(expiresAt) && !Number.isNaN(facts.now) && facts.reached(expiresAt);
  if (passed || freshness === 'expired') found.add('policy_expired');
}

function wipe(facts: Facts, { program }: Subject, found: Findings): void {
  for (const rule of program.wipes) if (wipeDue(facts, rule.maxAge)) found.add('wipe_pending', rule.path);
}

function wipeDue(facts: Facts, maxAge: number): boolean {
  const at = Number.isNaN(facts.now) ? undefined : facts.past(facts.lastConfirmedAt);
  return typeof at === 'number' && facts.olderThan(at, maxAge);
}

/** True when monotonic time alone proves that a wipe is due; a clock that merely jumped ahead proves nothing. */
export function wipeProven(facts: Facts, program: Program): boolean {
  const at = facts.past(facts.lastConfirmedAt);
  const proven = facts.past(member(member(facts.request, 'clock'), 'provenNow'));
  if (typeof at !== 'number' || typeof proven !== 'number') return false;
  return program.wipes.some((rule) => wipeDue(facts, rule.maxAge) && proven - at > rule.maxAge);
}

/** Every gate that stands closed, in evaluation order. */
export function closedGates(facts: Facts, subject: Subject): readonly GateReason[] {
  const found = new Findings();
  requiredFacts(facts, found);
  confirmation(facts, found);
  if (!subject.readable) found.add('fact_invalid');
  authState(facts, subject, found);
  policyExpiry(facts, subject, found);
  wipe(facts, subject, found);
  if (subject.capability === undefined) found.add('unknown_capability');
  return found.reasons;
}
