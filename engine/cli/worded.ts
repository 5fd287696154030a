/** Decisions on their way out of the tool: the engine gives codes, people want words beside them. */
import type { Alternative, Decision, Reason } from '../decision.ts';
import { messageOf } from '../messages.ts';

type Worded<T> = T & { readonly message: string };

/** A decision whose reasons, those of alternatives included, say themselves in `message`. */
export interface WordedDecision extends Decision {
  readonly reasons: readonly Worded<Reason>[];
  readonly alternatives?: readonly (Alternative & { readonly reasons: readonly Worded<Reason>[] })[];
}

/** The decision with messages; the order of its fields is kept. */
export function worded(decision: Decision): WordedDecision {
  const { alternatives, reasons, ...rest } = decision;
  return inOrderOf(decision, {
    ...rest,
    reasons: reasons.map(wordedReason),
    ...(alternatives && {
      alternatives: alternatives.map((each) => ({ ...each, reasons: each.reasons.map(wordedReason) })),
    }),
  });
}

function wordedReason(reason: Reason): Worded<Reason> {
  return { ...reason, message: messageOf(reason) };
}

/** The second object with the keys in the order of the first. */
function inOrderOf<T extends object>(first: object, second: T): T {
  return Object.fromEntries(Object.keys(first).map((key) => [key, second[key as keyof T]])) as T;
}
