/** Program × request → decision. Pure and total: a fault of the engine itself is a deny `engine_error`. */
import { byPrecedence, collect, type Unmet } from './collect.ts';
import type { Check } from './constraints/index.ts';
import type { Decision, Outcome, Reason, ReasonCode } from './decision.ts';
import { Facts, NO_REQUEST, NONE, owned } from './facts.ts';
import { closedGates, gatesOpen, subjectOf, type GateReason, type Subject } from './gates.ts';
import { adviceOf, obligationsOf, type Judged } from './obligations.ts';
import type { Program } from './program.ts';
import { remediesOf } from './remedies.ts';
import type { Instant, Request } from './request.ts';

const CHALLENGES: readonly ReasonCode[] = ['step_up_required', 'assurance_insufficient'];

/** A request read for a program: the facts, what they are judged as, and what applies. */
export interface Case {
  readonly facts: Facts;
  readonly subject: Subject;
  readonly checks: readonly Check[];
}

/** The capability asked for; `""` when none is named in text. */
function nameOf(request: unknown): string {
  const id = owned(request)?.capability;
  return typeof id === 'string' ? id : '';
}

export function readFor(program: Program, request: unknown, now?: Instant): Case {
  const capability = program.capabilities.get(nameOf(request));
  const facts = new Facts(request, capability, program.policy.clock, now);
  const subject = subjectOf(program, facts, capability);
  const applies = facts.timed ? capability?.checks[subject.level] : undefined;
  return { facts, subject, checks: applies ?? NONE };
}

function outcomeOf(reasons: readonly Reason[]): Outcome {
  if (reasons.length === 0) return 'permit';
  return reasons.every(({ code }) => CHALLENGES.includes(code)) ? 'challenge' : 'deny';
}

/** A decision and the earliest instant ahead that does not come round again. */
export interface Foreseen {
  readonly decision: Decision;
  readonly once: Instant;
}

const NO_OBJECT: GateReason = Object.freeze({ code: 'fact_invalid', path: '' });

function closed(facts: Facts, subject: Subject): readonly Unmet[] {
  if (facts.request === NO_REQUEST) return [{ reason: NO_OBJECT, by: 'gate' }];
  if (gatesOpen(facts, subject)) return NONE;
  return closedGates(facts, subject).map((reason) => ({ reason, by: 'gate' }));
}

function judge(program: Program, request: unknown, now?: Instant): Foreseen {
  const { facts, subject, checks } = readFor(program, request, now);
  const gates = closed(facts, subject);
  const found = collect(checks, facts);
  const unmet = byPrecedence(gates.length === 0 ? found.unmet : [...gates, ...found.unmet]);
  const reasons = unmet.length === 0 ? NONE : unmet.map((each) => each.reason);
  const judged: Judged = { facts, subject, outcome: outcomeOf(reasons), reasons };
  const obligations = obligationsOf(judged);
  const advice = adviceOf(judged);
  const { policy } = program;
  const enforced = policy.mode === 'enforce';
  const decision: { -readonly [Member in keyof Decision]: Decision[Member] } = {
    outcome: judged.outcome,
    capability: nameOf(request),
    reason: reasons[0]?.code ?? null,
    reasons,
    remedies: remediesOf(unmet, facts),
    obligations: enforced ? obligations : NONE,
    advice,
    validUntil: facts.validUntil,
    evaluatedAt: facts.timed ? facts.now : null,
    clockState: facts.clockState ?? null,
    confirmed: facts.online && facts.authState === 'ACTIVE',
    mode: policy.mode,
    policy: program.identity,
  };
  // Most decisions have neither; those that do pay for them.
  if (found.alternatives.length > 0) decision.alternatives = found.alternatives;
  if (!enforced) decision.recorded = obligations;
  return { decision, once: facts.once };
}

/** The last resort: whatever went wrong, nothing opens. */
function faulted(program: Program, request: unknown): Decision {
  let capability = '';
  try {
    capability = nameOf(request);
  } catch {
    // A request that throws when read keeps no name.
  }
  // Judged as no request at all, which reads nothing that could fail again.
  const { decision } = judge(program, undefined);
  const reasons: readonly Reason[] = [{ code: 'engine_error', path: '' }];
  return { ...decision, capability, reason: 'engine_error', reasons, remedies: ['none'] };
}

/** `decide`, with another `now` if one is given, all other facts standing still; and what is foreseen. */
export function foresee(program: Program, request: unknown, now?: Instant): Foreseen {
  try {
    return judge(program, request, now);
  } catch {
    return { decision: faulted(program, request), once: Infinity };
  }
}

/** `decide` with another `now`, all other facts standing still. */
export function decideAt(program: Program, request: unknown, now: Instant): Decision {
  return foresee(program, request, now).decision;
}

/**
 * Decides one request. Never throws: a request of any shape gets a decision, and what cannot be read
 * satisfies nothing. Same program and request, same decision, on every machine.
 */
export function decide(program: Program, request: Request): Decision {
  return foresee(program, request).decision;
}

/** True exactly when `decide` says `permit`; stops at the first thing in the way. Never throws. */
export function permits(program: Program, request: Request): boolean {
  try {
    const { facts, subject, checks } = readFor(program, request);
    facts.watching = false;
    if (!gatesOpen(facts, subject)) return false;
    for (const check of checks) if (check.test(facts) !== undefined) return false;
    return true;
  } catch {
    return false;
  }
}
