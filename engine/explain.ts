/** Everything that was looked at for a decision, met or not: for screens that answer "why". */
import { isGroup, type Check, type Leaf } from './constraints/index.ts';
import type { Reason, ReasonCode } from './decision.ts';
import { readFacts, type Facts } from './facts.ts';
import { closedGates } from './gates.ts';
import type { ConstraintKind } from './policy.ts';
import type { Program } from './program.ts';
import type { Request } from './request.ts';

export interface Explanation extends Omit<Reason, 'code'> {
  readonly kind: ConstraintKind | Leaf['kind'] | 'gate';
  readonly met: boolean;
  /** Why not; groups have none of their own. */
  readonly code?: ReasonCode;
  /** Only on groups. */
  readonly of?: readonly Explanation[];
}

function explainCheck(check: Check, facts: Facts): Explanation {
  const code = check.test(facts);
  const { kind, path } = check;
  const met = code === undefined;
  if (isGroup(check)) return { kind, path, met, of: check.of.map((part) => explainCheck(part, facts)) };
  const told: Explanation = { kind, path, met, ...(met ? {} : { code }) };
  check.measure(told, facts, code);
  return told;
}

/**
 * Every closed gate, then every constraint that applies, in evaluation order, with its figures.
 * Unlike `decide` it may throw when reading a hostile request does.
 */
export function explain(program: Program, request: Request): readonly Explanation[] {
  const read = readFacts(program, request);
  const gates = closedGates(read).map((gate) => ({ kind: 'gate' as const, met: false, ...gate }));
  return [...gates, ...read.checks.map((check) => explainCheck(check, read))];
}
