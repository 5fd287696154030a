/** What must be carried out and what should be shown besides the outcome. */
import { instantOf, isGroup, type Check } from './constraints/index.ts';
import type { Advice, AgeOf, Obligation, Reason } from './decision.ts';
import { age, olderThan } from './facts.ts';
import { NONE } from './own.ts';
import { openingOf, wipeProven } from './gates.ts';
import type { StateRule } from './policy.ts';
import type { Case } from './program.ts';
import type { Milliseconds } from './request.ts';

function wipeObligation(read: Case, reasons: readonly Reason[]): readonly Obligation[] {
  const { wipe } = read.program.policy;
  if (!wipe || !reasons.some(({ code }) => code === 'wipe_pending')) return NONE;
  if (!wipeProven(read)) return [{ type: 'lock' }];
  const { scope, tier, method } = wipe;
  return [{ type: 'wipe', scope, ...(tier === undefined ? {} : { tier }), method }];
}

/** What a permit carries: nothing else is let through. */
function permitObligations(read: Case): readonly Obligation[] {
  const readOnly = read.authState === 'REAUTH_REQUIRED' && openingOf(read) === 'readOnly';
  const enqueue = read.asked?.enqueues && !read.online ? [{ type: 'enqueue' }] : NONE;
  return readOnly ? [{ type: 'readOnly' }, ...enqueue] : enqueue;
}

/**
 * `rule` is what the policy says of the auth state. Without repeats, in a fixed order: the state’s, wipe or lock, readOnly,
 * enqueue.
 */
export function obligationsOf(
  read: Case,
  reasons: readonly Reason[],
  rule: StateRule | undefined,
): readonly Obligation[] {
  const own = reasons.length === 0 ? permitObligations(read) : wipeObligation(read, reasons);
  const state = rule?.obligations ?? NONE;
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

function warnings(read: Case): readonly Advice[] {
  const { asked, checks } = read;
  if (!asked) return NONE;
  let warned: readonly Advice[] = NONE;
  for (const { of, after } of asked.warns) {
    const at = instantOf(of, read);
    if (typeof at !== 'number' || !olderThan(read, at, after)) continue;
    const remaining = smallestLimit(of, checks) - age(read, at);
    warned = [...warned, { type: 'warn', of, remaining: remaining === Infinity ? null : remaining }];
  }
  return warned;
}

/** Warnings on permits, then how the state asks to be shown. */
export function adviceOf(read: Case, reasons: readonly Reason[], rule: StateRule | undefined): readonly Advice[] {
  const warned = reasons.length === 0 ? warnings(read) : NONE;
  const present = rule?.present;
  return present ? [...warned, { type: 'present', as: present }] : warned;
}
