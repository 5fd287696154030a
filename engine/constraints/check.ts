/** What a compiled constraint is. Each kind's file makes its own; the stages know only this. */
import { rankOf, type AgeOf, type Reason, type ReasonCode } from '../decision.ts';
import type { Facts } from '../facts.ts';
import type { ConstraintKind } from '../policy.ts';
import type { Milliseconds } from '../request.ts';

/** What a leaf found: the members of a reason besides code and path. */
export type Finding = Omit<Reason, 'code' | 'path'>;

/** What a kind's file makes of a constraint. All begin with `test` and `measure`: what is alike is found faster. */
export interface Rule {
  /** `undefined` when satisfied, else why not. Notes every instant at which its answer may change. */
  test(facts: Facts): ReasonCode | undefined;
  /** The figures behind the answer, met or not. */
  measure(facts: Facts, code: ReasonCode | undefined): Finding;
  /** Only where an age is limited: which one, and to how much. */
  readonly ageLimit?: { readonly of: AgeOf; readonly limit: Milliseconds };
  /** Only where carrying the capability out uses a proof up: its index in the request's `stepUps`, -1 for none. */
  spends?(facts: Facts): number;
}

export interface Leaf extends Rule {
  readonly kind: Exclude<ConstraintKind, 'allOf' | 'anyOf'> | 'offline';
  readonly path: string;
}

export interface Group {
  readonly kind: 'allOf' | 'anyOf';
  readonly path: string;
  readonly of: readonly Check[];
  /** `undefined` when satisfied. What stands in the way is for `collect` to say: a group has no reason of its own. */
  test(facts: Facts): ReasonCode | undefined;
}

export type Check = Leaf | Group;

/** Why `compile` throws: only `load` may make a policy. */
export const NOT_VALIDATED = 'this policy was never validated';

export function isGroup(check: Check): check is Group {
  return check.kind === 'allOf' || check.kind === 'anyOf';
}

/** A time against its limit: what is left, negative when it is missed. */
export function against(limit: number, actual: number): Finding {
  return { actual, limit, margin: limit - actual };
}

/** The more serious of two codes; `undefined` stands for none. */
export function worse(a: ReasonCode | undefined, b: ReasonCode | undefined): ReasonCode | undefined {
  if (a === undefined) return b;
  return b === undefined || rankOf(a) <= rankOf(b) ? a : b;
}

/** The code for a fact that could not be read. */
export function unread(value: undefined | null): 'fact_missing' | 'fact_invalid' {
  return value === undefined ? 'fact_missing' : 'fact_invalid';
}
