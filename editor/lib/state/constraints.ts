/** Constraints of a policy by the JSON Pointer they were written at. */
import type { Constraint, Policy } from 'latchkey';

const KNOWN = new WeakMap<Policy, ReadonlyMap<string, Constraint>>();

function collect(into: Map<string, Constraint>, constraints: readonly Constraint[]): void {
  for (const constraint of constraints) {
    into.set(constraint.path, constraint);
    if (constraint.kind === 'allOf' || constraint.kind === 'anyOf') collect(into, constraint.of);
  }
}

function indexOf(policy: Policy): ReadonlyMap<string, Constraint> {
  const found = new Map<string, Constraint>();
  collect(found, policy.guards);
  for (const constraints of Object.values(policy.sensitivity)) collect(found, constraints);
  for (const { require } of [...policy.tiers, ...policy.capabilities]) collect(found, require);
  return found;
}

/** The constraint at `path`; undefined for gates, warnings and anything else that is no constraint. */
export function constraintAt(policy: Policy, path: string): Constraint | undefined {
  let index = KNOWN.get(policy);
  if (index === undefined) KNOWN.set(policy, (index = indexOf(policy)));
  return index.get(path);
}
