/** What must be carried out and what should be shown besides the outcome. */
import { instantOf } from './constraints/index.ts';
import type { Advice, Obligation, Outcome, Reason } from './decision.ts';
import type { Facts } from './facts.ts';
import { openingOf, wipeProven, type Subject } from './gates.ts';
import type { StateRule } from './policy.ts';

/** A request whose reasons are known. */
export interface Judged {
  readonly facts: Facts;
  readonly subject: Subject;
  readonly outcome: Outcome;
  readonly reasons: readonly Reason[];
}

const NONE: readonly never[] = Object.freeze([]);

function stateRule({ facts, subject }: Judged): StateRule | undefined {
  return facts.authState ? subject.program.states.get(facts.authState) : undefined;
}

function wipeObligation({ facts, subject, reasons }: Judged): readonly Obligation[] {
  const wipe = subject.program.policy.wipe;
  if (wipe === undefined || !reasons.some((reason) => reason.code === 'wipe_pending')) return NONE;
  if (!wipeProven(facts, subject.program)) return [{ type: 'lock' }];
  const { scope, tier, method } = wipe;
  return [{ type: 'wipe', scope, ...(tier === undefined ? {} : { tier }), method }];
}

/** What a permit carries: nothing else is let through. */
function permitObligations({ facts, subject: { capability, level } }: Judged): readonly Obligation[] {
  if (capability === undefined) return NONE;
  const readOnly = facts.authState === 'REAUTH_REQUIRED' && openingOf(capability, level) === 'readOnly';
  const enqueue = capability.enqueues && !facts.online;
  if (!readOnly && !enqueue) return NONE;
  return [...(readOnly ? [{ type: 'readOnly' }] : []), ...(enqueue ? [{ type: 'enqueue' }] : [])];
}

function sameObligation(a: Obligation, b: Obligation): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** Without repeats, in a fixed order: the state's, wipe or lock, readOnly, enqueue. */
export function obligationsOf(judged: Judged): readonly Obligation[] {
  const own = judged.outcome === 'permit' ? permitObligations(judged) : wipeObligation(judged);
  const state = stateRule(judged)?.obligations ?? NONE;
  if (state.length === 0) return own;
  const all = [...state, ...own];
  return all.filter((each, index) => all.findIndex((other) => sameObligation(other, each)) === index);
}

function warnings({ facts, subject: { capability, level } }: Judged): readonly Advice[] {
  const warns = capability?.warns ?? NONE;
  if (warns.length === 0) return NONE;
  return warns.flatMap((warn): Advice[] => {
    const at = instantOf(warn.of, facts);
    if (typeof at !== 'number' || !facts.olderThan(at, warn.after)) return [];
    const limit = warn.limits[level] ?? null;
    return [{ type: 'warn', of: warn.of, remaining: limit === null ? null : limit - facts.age(at) }];
  });
}

/** Warnings on permits, then how the state asks to be shown. */
export function adviceOf(judged: Judged): readonly Advice[] {
  const warned = judged.outcome === 'permit' ? warnings(judged) : NONE;
  const present = stateRule(judged)?.present;
  return present === undefined ? warned : [...warned, { type: 'present', as: present }];
}
