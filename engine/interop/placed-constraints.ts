/** Finding a policy's constraints again by the pointers that decisions name them with. */
import type { Constraint, Policy } from '../policy.ts';

/** Every constraint of a policy, groups and what is in them included, by its JSON Pointer. */
export function constraintsByPath(policy: Policy): ReadonlyMap<string, Constraint> {
  const written = [
    ...policy.guards,
    ...Object.values(policy.sensitivity).flat(),
    ...policy.tiers.flatMap(({ require }) => require),
    ...policy.capabilities.flatMap(({ require }) => require),
  ];
  return new Map(written.flatMap(withParts).map((each) => [each.path, each]));
}

function withParts(constraint: Constraint): readonly Constraint[] {
  const { kind } = constraint;
  return kind === 'allOf' || kind === 'anyOf' ? [constraint, ...constraint.of.flatMap(withParts)] : [constraint];
}
