/** When, by the passing of time alone, a decision changes next. */
import type { Alternative, Decision, Obligation, Reason } from './decision.ts';
import { decideAt } from './decide.ts';
import { onceAhead } from './facts.ts';
import { NONE } from './own.ts';
import type { Program } from './program.ts';
import { MAX_INSTANT, type Instant, type Request } from './request.ts';
import { HORIZON } from './time/windows.ts';

export interface Change {
  readonly at: Instant;
  /** JSON Pointer of the constraint, alternative or warning that flips. */
  readonly constraint: string;
}

function sameReason(a: Reason, b: Reason): boolean {
  return a.code === b.code && a.path === b.path && a.detail === b.detail;
}

function sameList<T>(a: readonly T[], b: readonly T[], same: (a: T, b: T) => boolean): boolean {
  return a === b || (a.length === b.length && a.every((each, index) => same(each, b[index] as T)));
}

function sameAlternative(a: Alternative, b: Alternative): boolean {
  return a.path === b.path && sameList(a.reasons, b.reasons, (x, y) => x.code === y.code);
}

function sameObligation(a: Obligation, b: Obligation): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}

function adviceKinds({ advice }: Decision): readonly string[] {
  if (advice.length === 0) return NONE;
  return [...new Set(advice.map((each) => (each.type === 'warn' ? `warn ${each.of}` : each.type)))];
}

/** True when two decisions differ in what they mean, not merely in their figures. */
export function differs(a: Decision, b: Decision): boolean {
  return !(
    a.outcome === b.outcome &&
    sameList(a.reasons, b.reasons, sameReason) &&
    sameList(a.alternatives ?? NONE, b.alternatives ?? NONE, sameAlternative) &&
    sameList(a.obligations, b.obligations, sameObligation) &&
    sameList(adviceKinds(a), adviceKinds(b), (x, y) => x === y)
  );
}

/** The first of `these` that none of `those` matches. */
function firstOnlyIn<T>(these: readonly T[], those: readonly T[], same: (a: T, b: T) => boolean): T | undefined {
  return these.find((each) => !those.some((other) => same(each, other)));
}

/** Path of a warning shown in one decision and not in the other. */
function warningPath(program: Program, before: Decision, after: Decision): string {
  const kinds = adviceKinds(before);
  const shown = adviceKinds(after).find((kind) => !kinds.includes(kind));
  const rules = program.capabilities.get(before.capability)?.warns ?? [];
  return rules.find((rule) => `warn ${rule.of}` === shown)?.path ?? '';
}

/** The constraint that flips: the first reason that appears, else that disappears, else the alternative or warning. */
export function flipped(program: Program, before: Decision, after: Decision): string {
  const reason =
    firstOnlyIn(after.reasons, before.reasons, sameReason) ?? firstOnlyIn(before.reasons, after.reasons, sameReason);
  if (reason !== undefined) return reason.path;
  const [was, is] = [before.alternatives ?? [], after.alternatives ?? []];
  const branch = firstOnlyIn(is, was, sameAlternative) ?? firstOnlyIn(was, is, sameAlternative);
  return branch?.path ?? warningPath(program, before, after);
}

/** A decision and the earliest instant ahead that does not come round again. */
function foresee(program: Program, request: Request, now?: Instant): { decision: Decision; once: Instant } {
  let once = Infinity;
  const decision = decideAt(program, request, now, (read) => {
    once = onceAhead(read);
  });
  return { decision, once };
}

/** More than the facts of a request give; one that answers otherwise whenever it is read gives them without end. */
const MOST_PASSED = 10_000;

/**
 * The first instant after `now` at which the decision differs if no fact but time changes, or null when it
 * never does. Exact to the millisecond. Never throws: where `decide` answers `engine_error` nothing changes. Of a
 * request that answers otherwise when it is read again, the first instant at which that shows or may show.
 */
export function nextChange(program: Program, request: Request): Change | null {
  const start = foresee(program, request);
  const first = start.decision;
  let { once } = start;
  let at = first.validUntil;
  // What only comes round again has shown all it does within a horizon of the last thing that does not.
  let end = (first.evaluatedAt ?? 0) + HORIZON;
  let passed = 0;
  while (at !== null) {
    if (at > end) at = Math.max(at, once);
    if (at > MAX_INSTANT) return null;
    if (at >= once) {
      end = at + HORIZON;
      passed++;
    }
    const then = foresee(program, request, at);
    if (passed > MOST_PASSED || differs(first, then.decision))
      return { at, constraint: flipped(program, first, then.decision) };
    // What this look did not come to, as the branch for other hours, stays ahead.
    once = once > at ? Math.min(once, then.once) : then.once;
    at = then.decision.validUntil;
  }
  return null;
}
