/** Program × request → decision. Pure and total: a fault of the engine itself is a deny `engine_error`. */
import { byPrecedence, collect, reasonsOf, type Unmet } from './collect.ts';
import type { Check } from './constraints/index.ts';
import type { Decision, Outcome, Reason, ReasonCode } from './decision.ts';
import { NO_REQUEST, NONE, ownedRequest, Facts, type Owned } from './facts.ts';
import { closedGates, gatesOpen, INVALID, subjectOf, type Subject } from './gates.ts';
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
function nameIn({ capability }: Owned): string {
  return typeof capability === 'string' ? capability : '';
}

/** Reads a request of any shape; `now`, when given, stands in for its own. */
export function readFor(program: Program, given: unknown, now?: Instant): Case {
  const request = ownedRequest(given);
  const capability = program.capabilities.get(nameIn(request));
  const facts = new Facts(request, capability, program.policy.clock, now);
  const subject = subjectOf(program, facts, capability);
  const applies = facts.timed ? capability?.checks[subject.level] : undefined;
  return { facts, subject, checks: applies ?? NONE };
}

function outcomeOf(reasons: readonly Reason[]): Outcome {
  if (reasons.length === 0) return 'permit';
  return reasons.every(({ code }) => CHALLENGES.includes(code)) ? 'challenge' : 'deny';
}

function closed(facts: Facts, subject: Subject): readonly Unmet[] {
  if (gatesOpen(facts, subject)) return NONE;
  const reasons = facts.request === NO_REQUEST ? [INVALID] : closedGates(facts, subject);
  return reasons.map((reason) => ({ reason, by: 'gate' }));
}

function judge(program: Program, { facts, subject, checks }: Case): Decision {
  const gates = closed(facts, subject);
  const found = collect(checks, facts);
  const unmet = byPrecedence(gates.length === 0 ? found.unmet : [...gates, ...found.unmet]);
  const reasons = reasonsOf(unmet);
  const rule = facts.authState ? program.states.get(facts.authState) : undefined;
  const judged: Judged = { facts, subject, outcome: outcomeOf(reasons), reasons, rule };
  const obligations = obligationsOf(judged);
  const { mode } = program.policy;
  const enforced = mode === 'enforce';
  const decision: { -readonly [Member in keyof Decision]: Decision[Member] } = {
    outcome: judged.outcome,
    capability: nameIn(facts.request),
    reason: reasons[0]?.code ?? null,
    reasons,
    remedies: remediesOf(unmet, facts),
    obligations: enforced ? obligations : NONE,
    advice: adviceOf(judged),
    validUntil: facts.validUntil,
    evaluatedAt: facts.timed ? facts.now : null,
    clockState: facts.clockState ?? null,
    confirmed: facts.online && facts.authState === 'ACTIVE',
    mode,
    policy: program.identity,
  };
  // Most decisions have neither; those that do pay for them.
  if (found.alternatives.length > 0) decision.alternatives = found.alternatives;
  if (!enforced) decision.recorded = obligations;
  return decision;
}

/** The last resort: whatever went wrong, nothing opens. */
function faulted(program: Program, request: unknown): Decision {
  let capability = '';
  try {
    capability = nameIn(ownedRequest(request));
  } catch {
    // A request that throws when read keeps no name.
  }
  // Judged as no request at all, which reads nothing that could fail again.
  const decision = judge(program, readFor(program, undefined));
  const reasons: readonly Reason[] = [{ code: 'engine_error', path: '' }];
  return { ...decision, capability, reason: 'engine_error', reasons, remedies: ['none'] };
}

/** `decide`, with another `now` if one is given, all other facts standing still; `look` is handed what was read. */
export function decideAt(program: Program, request: unknown, now?: Instant, look?: (read: Case) => void): Decision {
  try {
    const read = readFor(program, request, now);
    const decision = judge(program, read);
    look?.(read);
    return decision;
  } catch {
    return faulted(program, request);
  }
}

/**
 * Decides one request. Never throws: a request of any shape gets a decision, and what cannot be read
 * satisfies nothing. Same program and request, same decision, on every machine.
 */
export function decide(program: Program, request: Request): Decision {
  return decideAt(program, request);
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
