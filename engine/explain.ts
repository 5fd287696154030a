/** Everything that was looked at for a decision, met or not: for screens that answer "why". */
import { isGroup, type Check, type Leaf } from './constraints/index.ts';
import { decideAt } from './decide.ts';
import type { Reason, ReasonCode } from './decision.ts';
import type { Facts } from './facts.ts';
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

/** Like the whole of a decision, a part that cannot be read is not met. */
const FAULT = 'engine_error';

/** What `answer` gives, or `otherwise` where a request throws when it is read. */
function guarded<T>(answer: () => T, otherwise: T): T {
  try {
    return answer();
  } catch {
    return otherwise;
  }
}

function explainCheck(check: Check, facts: Facts): Explanation {
  const code = guarded(() => check.test(facts), FAULT);
  const { kind, path } = check;
  const met = code === undefined;
  if (isGroup(check)) return { kind, path, met, of: check.of.map((part) => explainCheck(part, facts)) };
  const told: Explanation = { kind, path, met, ...(met ? {} : { code }) };
  guarded(() => check.measure(told, facts, code), undefined);
  return told;
}

/**
 * Every closed gate, then every constraint that applies, in evaluation order, with its figures. Never throws: where
 * `decide` answers `engine_error`, so does a single gate; a part that `decide` need not read and that throws is not met.
 */
export function explain(program: Program, request: Request): readonly Explanation[] {
  let explained: readonly Explanation[] = [{ kind: 'gate', path: '', met: false, code: FAULT }];
  // A decision reads more than gates and constraints: what fails there must not look fine here.
  decideAt(program, request, undefined, (read) => {
    const gates = closedGates(read).map((gate) => ({ kind: 'gate' as const, met: false, ...gate }));
    explained = [...gates, ...read.checks.map((check) => explainCheck(check, read))];
  });
  return explained;
}
