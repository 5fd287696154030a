/** Which custom facts a capability's conditions read, so that no host fetches more than is needed. */
import { isGroup, type Check } from '../../constraints/index.ts';
import type { Condition, Constraint, Policy } from '../../policy.ts';
import type { Program } from '../../program.ts';
import { RESTRICTED } from '../../request.ts';

/** Names of declared facts, at every level of sensitivity, without repeats. */
export function factsRead(
  program: Program,
  capability: string,
  constraints: ReadonlyMap<string, Constraint>,
): readonly string[] {
  const leaves = (program.capabilities.get(capability)?.checks[RESTRICTED] ?? []).flatMap(pathsOf);
  const names = leaves.flatMap((path) => {
    const constraint = constraints.get(path);
    return constraint?.kind === 'when' ? namesIn(constraint.conditions, program.policy) : [];
  });
  return [...new Set(names)].filter((name) => Object.hasOwn(program.policy.facts, name));
}

function pathsOf(check: Check): readonly string[] {
  return isGroup(check) ? check.of.flatMap(pathsOf) : [check.path];
}

function namesIn(condition: Condition, policy: Policy): readonly string[] {
  if ('all' in condition) return condition.all.flatMap((each) => namesIn(each, policy));
  if ('any' in condition) return condition.any.flatMap((each) => namesIn(each, policy));
  if ('not' in condition) return namesIn(condition.not, policy);
  if ('fact' in condition) {
    const { value } = condition;
    return typeof value === 'object' && 'fact' in value ? [condition.fact, value.fact] : [condition.fact];
  }
  const name = condition.condition;
  const target = Object.hasOwn(policy.conditions, name) ? policy.conditions[name] : undefined;
  return target === undefined ? [] : namesIn(target, policy);
}
