/** Which facts and named conditions the conditions of a policy mention. */
import type { Condition } from '../policy.ts';
import type { Subject } from './finding.ts';

export interface References {
  readonly facts: ReadonlySet<string>;
  readonly conditions: ReadonlySet<string>;
}

/** Everything mentioned, in `when` constraints and under names, whether or not those names are used. */
export function conditionsIn({ policy, conjunctions }: Subject): References {
  const facts = new Set<string>();
  const conditions = new Set<string>();
  const read = (node: Condition): void => {
    if ('all' in node) node.all.forEach(read);
    else if ('any' in node) node.any.forEach(read);
    else if ('not' in node) read(node.not);
    else if ('condition' in node) conditions.add(node.condition);
    else {
      facts.add(node.fact);
      if (typeof node.value === 'object' && 'fact' in node.value) facts.add(node.value.fact);
    }
  };
  for (const { own } of conjunctions) for (const each of own) if (each.kind === 'when') read(each.conditions);
  for (const each of Object.values(policy.conditions)) read(each);
  return { facts, conditions };
}
