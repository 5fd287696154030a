/** What must be carried out and what should be shown besides the outcome. */
import { instantOf, isGroup, type Check } from './constraints/index.ts';
import type { Advice, AgeOf, Obligation, Outcome, Reason } from './decision.ts';
import { NONE, type Facts } from './facts.ts';
import { openingOf, wipeProven, type Subject } from './gates.ts';
import type { StateRule } from './policy.ts';
import type { Milliseconds } from './request.ts';

/** A request whose reasons are known. */
export interface Judged {
  readonly facts: Facts;
  readonly subject: Subject;
  readonly outcome: Outcome;
  readonly reasons: readonly Reason[];
  /** What the policy says of the auth state. */
  readonly rule: StateRule | undefined;
}

function wipeObligation({ facts, subject, reasons }: Judged): readonly Obligation[] {
  const { wipe } = subject.program.policy;
  if (!wipe || !reasons.some(({ code }) => code === 'wipe_pending')) return NONE;
  if (!wipeProven(facts, subject.program)) return [{ type: 'lock' }];
  const { scope, tier, method } = wipe;
  return [{ type: 'wipe', scope, ...(tier === undefined ? {} : { tier }), method }];
}

/** What a permit carries: nothing else is let through. */
function permitObligations({ facts, subject: { capability, level } }: Judged): readonly Obligation[] {
  const readOnly = facts.authState === 'REAUTH_REQUIRED' && openingOf(capability, level) === 'readOnly';
  const enqueue = capability?.enqueues && !facts.online ? [{ type: 'enqueue' }] : NONE;
  return readOnly ? [{ type: 'readOnly' }, ...enqueue] : enqueue;
}

/** Without repeats, in a fixed order: the state's, wipe or lock, readOnly, enqueue. */
export function obligationsOf(judged: Judged): readonly Obligation[] {
  const own = judged.outcome === 'permit' ? permitObligations(judged) : wipeObligation(judged);
  const state = judged.rule?.obligations ?? NONE;
  if (state.length === 0) return own;
  const all = [...state, ...own];
  return own.length === 0 ? all : [...new Map(all.map((each) => [JSON.stringify(each), each])).values()];
}

/** The smallest limit on an age that applies outside `anyOf`. */
function smallestLimit(of: AgeOf, checks: readonly Check[]): Milliseconds {
  return checks.reduce((least, check) => {
    if (isGroup(check)) return check.kind === 'allOf' ? Math.min(least, smallestLimit(of, check.of)) : least;
    return check.ageLimit?.of === of ? Math.min(least, check.ageLimit.limit) : least;
  }, Infinity);
}

function warnings({ facts, subject: { capability, level } }: Judged): readonly Advice[] {
  if (!capability || capability.warns.length === 0) return NONE;
  return capability.warns.flatMap(({ of, after }): Advice[] => {
    const at = instantOf(of, facts);
    if (typeof at !== 'number' || !facts.olderThan(at, after)) return [];
    const remaining = smallestLimit(of, capability.checks[level] ?? NONE) - facts.age(at);
    return [{ type: 'warn', of, remaining: remaining === Infinity ? null : remaining }];
  });
}

/** Warnings on permits, then how the state asks to be shown. */
export function adviceOf(judged: Judged): readonly Advice[] {
  const warned = judged.outcome === 'permit' ? warnings(judged) : NONE;
  const present = judged.rule?.present;
  return present ? [...warned, { type: 'present', as: present }] : warned;
}
