/** The expectation that would notice a mutant: where today’s answer is another than the mutant’s. */
import type { Decision, Outcome, ReasonCode } from '../decision.ts';
import type { Milliseconds, Request } from '../request.ts';
import type { Simulation } from '../timeline/index.ts';

/** An expectation that the policy as it is meets and the mutant does not, at an offset of a timeline. */
export interface Suggestion {
  /** A timeline by its index, or a preset by its name. */
  readonly timeline: number | string;
  /** What has to be added to the preset first. */
  readonly added?: Added;
  readonly at: Milliseconds;
  readonly capability: string;
  readonly resource?: NonNullable<Request['resource']>;
  readonly outcome: Outcome;
  readonly reason?: ReasonCode;
  /** Where nothing else differs. */
  readonly obligations?: readonly string[];
}

/** Events to insert, and members of a timeline document that are others. */
export interface Added {
  readonly events?: readonly (Readonly<Record<string, unknown>> & { readonly at: Milliseconds })[];
  readonly [member: string]: unknown;
}

type Story = Pick<Suggestion, 'timeline' | 'added'>;

/** From the first difference between two plays of one story; undefined when there is none. */
export function suggestionFrom(
  original: Simulation | undefined,
  mutated: Simulation,
  story: Story,
): Suggestion | undefined {
  for (const [capability, before] of Object.entries(original?.segments ?? {}))
    for (const { from, to, decision } of before) {
      const other = (mutated.segments[capability] ?? []).find(
        (each) => each.from < to && each.to > from && answerOf(each.decision) !== answerOf(decision),
      );
      if (other === undefined) continue;
      return { ...story, at: Math.max(from, other.from), capability, ...expected(decision, other.decision) };
    }
  return undefined;
}

/** What to expect of an answer so that the other one does not meet it; undefined when nobody could tell them apart. */
export function telling(decision: Decision, other: Decision): ReturnType<typeof expected> | undefined {
  return answerOf(decision) === answerOf(other) ? undefined : expected(decision, other);
}

function expected(decision: Decision, other: Decision): Pick<Suggestion, 'outcome' | 'reason' | 'obligations'> {
  const { outcome, reason } = decision;
  const same = outcome === other.outcome && reason === other.reason;
  return {
    outcome,
    ...(reason === null ? {} : { reason }),
    ...(same ? { obligations: typesOf(decision) } : {}),
  };
}

/** What an expectation can see of a decision. */
function answerOf(decision: Decision): string {
  return JSON.stringify([decision.outcome, decision.reason, typesOf(decision)]);
}

/** Expectations name each type once, and see nothing else of an obligation. */
function typesOf({ obligations }: Decision): readonly string[] {
  return [...new Set(obligations.map(({ type }) => type))].sort();
}
