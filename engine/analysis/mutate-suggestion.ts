/** The expectation that would notice a mutant: where today’s answer is another than the mutant’s. */
import type { Decision, Outcome, ReasonCode } from '../decision.ts';
import type { Milliseconds } from '../request.ts';
import type { Simulation } from '../timeline/index.ts';

/** An expectation that the policy as it is meets and the mutant does not, at an offset of a timeline. */
export interface Suggestion {
  /** A timeline by its index, or a preset by its name. */
  readonly timeline: number | string;
  readonly at: Milliseconds;
  readonly capability: string;
  readonly outcome: Outcome;
  readonly reason?: ReasonCode;
  /** Where nothing else differs. */
  readonly obligations?: readonly string[];
}

/** From the first difference between two plays of one timeline; undefined when there is none. */
export function suggestionFrom(
  original: Simulation | undefined,
  mutated: Simulation,
  timeline: Suggestion['timeline'],
): Suggestion | undefined {
  for (const [capability, before] of Object.entries(original?.segments ?? {}))
    for (const { from, to, decision } of before) {
      const other = (mutated.segments[capability] ?? []).find(
        (each) => each.from < to && each.to > from && answerOf(each.decision) !== answerOf(decision),
      );
      if (other === undefined) continue;
      return { timeline, at: Math.max(from, other.from), capability, ...expected(decision, other.decision) };
    }
  return undefined;
}

/** What to expect of an answer so that the other one does not meet it. */
function expected(decision: Decision, other: Decision): Pick<Suggestion, 'outcome' | 'reason' | 'obligations'> {
  const { outcome, reason } = decision;
  const same = outcome === other.outcome && reason === other.reason;
  return {
    outcome,
    ...(reason === null ? {} : { reason }),
    ...(same ? { obligations: decision.obligations.map(({ type }) => type) } : {}),
  };
}

/** What an expectation can see of a decision. */
function answerOf({ outcome, reason, obligations }: Decision): string {
  return JSON.stringify([outcome, reason, obligations.map(({ type }) => type).sort()]);
}
