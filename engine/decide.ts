/** Program × request → decision. Pure and total: a fault of the engine itself is a deny `engine_error`. */
import { collect, type Unmet } from './collect.ts';
import type { Check } from './constraints/index.ts';
import { rankOf, type Decision, type Outcome, type Reason, type ReasonCode } from './decision.ts';
import { Facts, isObject, member } from './facts.ts';
import { closedGates, subjectOf, type Subject } from './gates.ts';
import { adviceOf, obligationsOf, type Judged } from './obligations.ts';
import type { Program } from './program.ts';
import { remediesOf } from './remedies.ts';
import type { Instant, Request } from './request.ts';

const CHALLENGES: readonly ReasonCode[] = ['step_up_required', 'assurance_insufficient'];

/** Reads a request for a program: the facts, what they are judged as, and what applies. */
export function readFor(
  program: Program,
  request: unknown,
  now?: Instant,
): { facts: Facts; subject: Subject; checks: readonly Check[] } {
  const id = member(request, 'capability');
  const capability = typeof id === 'string' ? program.capabilities.get(id) : undefined;
  const facts = new Facts(request, capability, program.policy.clock, now);
  const subject = subjectOf(program, facts, capability);
  const applies = capability === undefined || Number.isNaN(facts.now) ? undefined : capability.checks[subject.level];
  return { facts, subject, checks: applies ?? [] };
}

function outcomeOf(reasons: readonly Reason[]): Outcome {
  if (reasons.length === 0) return 'permit';
  return reasons.every((reason) => CHALLENGES.includes(reason.code)) ? 'challenge' : 'deny';
}

/** Sorted by precedence; equal codes keep evaluation order. */
function sorted(unmet: readonly Unmet[]): readonly Unmet[] {
  return unmet.length < 2 ? unmet : [...unmet].sort((a, b) => rankOf(a.reason.code) - rankOf(b.reason.code));
}

/** A decision and the earliest instant ahead that does not come round again. */
export interface Foreseen {
  readonly decision: Decision;
  readonly once: Instant;
}

function judge(program: Program, request: unknown, now?: Instant): Foreseen {
  const { facts, subject, checks } = readFor(program, request, now);
  const gates: readonly Unmet[] = isObject(request)
    ? closedGates(facts, subject).map((reason) => ({ reason, by: 'gate' }))
    : [{ reason: { code: 'fact_invalid', path: '' }, by: 'gate' }];
  const found = collect(checks, facts);
  const unmet = sorted(gates.length === 0 ? found.unmet : [...gates, ...found.unmet]);
  const reasons = unmet.map((each) => each.reason);
  const judged: Judged = { facts, subject, outcome: outcomeOf(reasons), reasons };
  const obligations = obligationsOf(judged);
  const advice = adviceOf(judged);
  const { policy, digest } = program;
  const enforced = policy.mode === 'enforce';
  const decision: Decision = {
    outcome: judged.outcome,
    capability: nameOf(request),
    reason: reasons[0]?.code ?? null,
    reasons,
    ...(found.alternatives.length === 0 ? {} : { alternatives: found.alternatives }),
    remedies: remediesOf(unmet, facts),
    obligations: enforced ? obligations : [],
    ...(enforced ? {} : { recorded: obligations }),
    advice,
    validUntil: facts.validUntil,
    evaluatedAt: Number.isNaN(facts.now) ? null : facts.now,
    clockState: facts.clockState ?? null,
    confirmed: facts.online && facts.authState === 'ACTIVE',
    mode: policy.mode,
    policy: { id: policy.id, version: policy.version, digest },
  };
  return { decision, once: facts.once };
}

function nameOf(request: unknown): string {
  const id = member(request, 'capability');
  return typeof id === 'string' ? id : '';
}

/** The last resort: whatever went wrong, nothing opens. */
function faulted(program: Program, request: unknown): Decision {
  const policy = program.policy;
  let capability = '';
  try {
    capability = nameOf(request);
  } catch {
    // A request that throws when read keeps no name.
  }
  return {
    outcome: 'deny',
    capability,
    reason: 'engine_error',
    reasons: [{ code: 'engine_error', path: '' }],
    remedies: ['none'],
    obligations: [],
    ...(policy.mode === 'enforce' ? {} : { recorded: [] }),
    advice: [],
    validUntil: null,
    evaluatedAt: null,
    clockState: null,
    confirmed: false,
    mode: policy.mode,
    policy: { id: policy.id, version: policy.version, digest: program.digest },
  };
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
    if (!isObject(request) || closedGates(facts, subject).length > 0) return false;
    for (const check of checks) if (check.test(facts) !== undefined) return false;
    return true;
  } catch {
    return false;
  }
}
