/** What a compiled constraint is. Each kind's file makes its own; the stages know only this. */
import { rankOf, type AgeOf, type Reason, type ReasonCode, type ReasonDetail } from '../decision.ts';
import type { Facts } from '../facts.ts';
import type { ConstraintKind } from '../policy.ts';
import type { Milliseconds } from '../request.ts';

/** Where a leaf tells what it found: the members of a reason besides code and path. */
export type Finding = { -readonly [Figure in keyof Omit<Reason, 'code' | 'path'>]: Reason[Figure] };

/** What a kind's file makes of a constraint. */
export interface Rule {
  /** `undefined` when satisfied, else why not. Notes every instant at which its answer may change. */
  test(facts: Facts): ReasonCode | undefined;
  /** Tells the figures behind the answer, met or not. */
  measure(finding: Finding, facts: Facts, code: ReasonCode | undefined): void;
  /** Only where an age is limited: which one, and to how much. */
  readonly ageLimit?: { readonly of: AgeOf; readonly limit: Milliseconds } | undefined;
  /** Only where carrying the capability out uses a proof up: its index in the request's `stepUps`, -1 for none. */
  readonly spends?: ((facts: Facts) => number) | undefined;
}

type GroupKind = 'allOf' | 'anyOf';
export type LeafKind = Exclude<ConstraintKind, GroupKind> | 'offline';

export interface Leaf extends Rule {
  readonly kind: LeafKind;
  readonly path: string;
  readonly of: undefined;
}

/** What stands in the way of a group is for `collect` to say: it has no reason and no figures of its own. */
export interface Group extends Pick<Rule, 'test'> {
  readonly kind: GroupKind;
  readonly path: string;
  readonly of: readonly Check[];
}

export type Check = Leaf | Group;

/** Why `compile` throws: only `load` may make a policy. */
export const NOT_VALIDATED = 'this policy was never validated';

export function isGroup(check: Check): check is Group {
  return check.of !== undefined;
}

/** A leaf, or a group when there is something in it. All have the same members in the same order: what is alike is found faster. */
export function checkOf(
  kind: Check['kind'],
  path: string,
  { test, measure, ageLimit, spends }: Partial<Rule>,
  of?: readonly Check[],
): Check {
  return { kind, path, test, measure, ageLimit, spends, of } as Check;
}

/** Tells what would have been enough and what was found; nothing of what is `undefined`. */
export function tell(
  finding: Finding,
  limit: unknown,
  actual?: unknown,
  detail?: ReasonDetail,
  margin?: Milliseconds,
): void {
  if (detail !== undefined) finding.detail = detail;
  if (actual !== undefined) finding.actual = actual;
  if (limit !== undefined) finding.limit = limit;
  if (margin !== undefined) finding.margin = margin;
}

/** A time against its limit: what is left, negative when it is missed. */
export function tellTime(finding: Finding, limit: number, actual: number, detail?: ReasonDetail): void {
  tell(finding, limit, actual, detail, limit - actual);
}

/** The more serious of two codes; `undefined` stands for none. */
export function worse(a: ReasonCode | undefined, b: ReasonCode | undefined): ReasonCode | undefined {
  if (a === undefined) return b;
  return b === undefined || rankOf(a) <= rankOf(b) ? a : b;
}

/** True when any of `any` is held, or, where that is not asked for, each of `all`. */
export function holds(
  held: readonly string[],
  any: readonly string[] | undefined,
  all: readonly string[] = [],
): boolean {
  return any ? any.some((each) => held.includes(each)) : all.every((each) => held.includes(each));
}

/** The code for a fact that could not be read. */
export function unread(value: undefined | null): 'fact_missing' | 'fact_invalid' {
  return value === undefined ? 'fact_missing' : 'fact_invalid';
}
