/** Program × request → decision. Pure and total: a fault of the engine itself is a deny `engine_error`. */
import { collect, outcomeOf, remediesOf, together, unmetOf, type Unmet } from './collect.ts';
import type { Decision, Reason } from './decision.ts';
import { NO_REQUEST, NONE, ownedRequest } from './own.ts';
import { nameIn, readFacts, validUntil } from './facts.ts';
import { closedGates, gatesOpen, INVALID } from './gates.ts';
import { adviceOf, obligationsOf } from './obligations.ts';
import type { Case, Program } from './program.ts';
import type { Instant, Request } from './request.ts';

/** Everything in the way, gates first; nothing is made for a permit. */
function unmetBy(read: Case): Unmet | undefined {
  let unmet: Unmet | undefined;
  if (!gatesOpen(read)) {
    const reasons = read.request === NO_REQUEST ? [INVALID] : closedGates(read);
    // None are only left of a request that answers otherwise when it is read again: `reduce` throws then, and that is a fault.
    unmet = reasons.map((reason) => unmetOf(reason)).reduce(together);
  }
  return collect(read.checks, read, unmet);
}

function judge(read: Case): Decision {
  const { program } = read;
  const unmet = unmetBy(read);
  const reasons = unmet?.reasons ?? NONE;
  const rule = read.authState ? program.states.get(read.authState) : undefined;
  const obligations = obligationsOf(read, reasons, rule);
  const { mode } = program.policy;
  const enforced = mode === 'enforce';
  const decision: { -readonly [Member in keyof Decision]: Decision[Member] } = {
    outcome: unmet ? outcomeOf(unmet) : 'permit',
    capability: nameIn(read.request),
    reason: unmet?.standings[0].code ?? null,
    reasons,
    remedies: unmet ? remediesOf(unmet) : NONE,
    obligations: enforced ? obligations : NONE,
    advice: adviceOf(read, reasons, rule),
    validUntil: validUntil(read),
    evaluatedAt: read.timed ? read.now : null,
    clockState: read.clockState ?? null,
    confirmed: read.online && read.authState === 'ACTIVE',
    mode,
    policy: program.identity,
  };
  // Most decisions have neither; those that do pay for them.
  if (unmet?.alternatives.length) decision.alternatives = unmet.alternatives;
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
  const decision = judge(readFacts(program, undefined));
  const reasons: readonly Reason[] = [{ code: 'engine_error', path: '' }];
  return { ...decision, capability, reason: 'engine_error', reasons, remedies: ['none'] };
}

/** `decide`, with another `now` if one is given, all other facts standing still; `look` is handed what was read. */
export function decideAt(program: Program, request: unknown, now?: Instant, look?: (read: Case) => void): Decision {
  try {
    const read = readFacts(program, request, now);
    const decision = judge(read);
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
    const read = readFacts(program, request, undefined, false);
    if (!gatesOpen(read)) return false;
    for (const check of read.checks) if (check.test(read) !== undefined) return false;
    return true;
  } catch {
    return false;
  }
}
