/** Every condition of a document: in `when` constraints, and by name. */
import { DEEPEST_GROUP, type PlacedConstraint } from './constraints.ts';
import { itemsOf, memberOf, membersOf, type Written } from './written.ts';

export interface PlacedCondition extends Written {
  /** How many groups it is inside of, those of constraints included. */
  readonly depth: number;
}

/** A condition as a whole: what a `when` asks, or what a name stands for. */
export interface ConditionTree {
  /** Only of named ones. */
  readonly name?: string;
  /** All of it, the root first. Ends at groups that are nested too deep. */
  readonly nodes: readonly PlacedCondition[];
}

export function conditionTrees(document: Written, constraints: readonly PlacedConstraint[]): readonly ConditionTree[] {
  const named = membersOf(memberOf(document, 'conditions')).map((root) => ({
    name: root.key,
    nodes: nodesOf({ ...root, depth: 0 }),
  }));
  const asked = constraints.flatMap((constraint): readonly ConditionTree[] => {
    if (constraint.kind !== 'when') return [];
    return [{ nodes: nodesOf({ ...memberOf(constraint, 'conditions'), depth: constraint.depth }) }];
  });
  return [...named, ...asked];
}

/** The members of a group; none of a comparison or a reference. */
export function childrenOf(node: Written): readonly Written[] {
  const not = memberOf(node, 'not');
  const listed = [...itemsOf(memberOf(node, 'all')), ...itemsOf(memberOf(node, 'any'))];
  return not.value === undefined ? listed : [...listed, not];
}

export function isGroup(node: Written): boolean {
  return ['all', 'any', 'not'].some((key) => memberOf(node, key).value !== undefined);
}

function nodesOf(node: PlacedCondition): readonly PlacedCondition[] {
  if (node.depth >= DEEPEST_GROUP) return [node];
  const inside = childrenOf(node).flatMap((child) => nodesOf({ ...child, depth: node.depth + 1 }));
  return [node, ...inside];
}
