/** Advice: warnings on permits, and what the session's state wants shown. */
import { instantOf } from './constraints.ts';
import type { Advice, AgeOf, Constraint, Document } from './document.ts';
import { milliseconds } from './duration.ts';
import type { Asked } from './verdict.ts';

/** Each warning whose age is known and has passed `after`, with what remains of the smallest limit outside `anyOf`. */
export function warnings({ warn }: Document, applying: readonly Constraint[], asked: Asked): readonly Advice[] {
  return (warn ?? []).flatMap(({ of, after, tiers }) => {
    if (tiers !== undefined && !tiers.includes(asked.capability.tier)) return [];
    const at = instantOf(of, asked);
    if (at.is !== 'known') return [];
    const age = asked.now - at.value;
    if (age <= milliseconds(after)) return [];
    const limits = applying.flatMap((constraint) => limitsOf(constraint, of));
    return [{ type: 'warn' as const, of, remaining: limits.length === 0 ? null : Math.min(...limits) - age }];
  });
}

function limitsOf(constraint: Constraint, of: AgeOf): readonly number[] {
  if (constraint.kind === 'allOf') return constraint.of.flatMap((each) => limitsOf(each, of));
  return constraint.kind === 'maxAge' && constraint.of === of ? [milliseconds(constraint.limit)] : [];
}
