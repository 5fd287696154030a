/** Conditions that refer to others: to none, in a circle, or so deep that too many groups stand in each other. */
import { quote, type Problem } from '../problem.ts';
import { didYouMean } from '../suggest.ts';
import { isGroup, type ConditionTree } from './conditions.ts';
import { DEEPEST_GROUP } from './constraints.ts';
import { memberOf, type Written } from './written.ts';

interface Reference extends Written {
  readonly to: string;
  /** How many groups it is inside of. A name that stands for another name is one. */
  readonly depth: number;
}

function referencesOf({ name, nodes }: ConditionTree): readonly Reference[] {
  return nodes.flatMap((node): readonly Reference[] => {
    const to = memberOf(node, 'condition');
    const depth = name === undefined ? node.depth : Math.max(node.depth, 1);
    return typeof to.value === 'string' ? [{ ...to, to: to.value, depth }] : [];
  });
}

/** Names that no condition has. */
export function unknownConditions(trees: readonly ConditionTree[]): readonly Problem[] {
  const known = trees.flatMap(({ name }) => name ?? []);
  const is = new Set(known);
  return trees.flatMap(referencesOf).flatMap(({ to, pointer }): readonly Problem[] => {
    if (is.has(to)) return [];
    const message = `there is no condition ${quote(to)}`;
    return [{ code: 'unknown_condition', pointer, message, help: didYouMean(to, known) ?? 'add it to `conditions`' }];
  });
}

type Graph = ReadonlyMap<string, readonly Reference[]>;

function graphOf(trees: readonly ConditionTree[]): Graph {
  return new Map(trees.flatMap((tree) => (tree.name === undefined ? [] : [[tree.name, referencesOf(tree)] as const])));
}

/** Every reference that closes a circle, found from the first name on. */
export function conditionCycles(trees: readonly ConditionTree[]): readonly Problem[] {
  return closingReferences(graphOf(trees)).map(({ to, pointer }): Problem => {
    const message = `${quote(to)} refers to itself here, so it could never be judged`;
    return {
      code: 'condition_cycle',
      pointer,
      message,
      help: 'write out what is meant, or refer to another condition',
    };
  });
}

/** Without recursion: names may be as many as fit into a document. */
function closingReferences(graph: Graph): readonly Reference[] {
  const closing: Reference[] = [];
  const state = new Map<string, 'open' | 'done'>();
  for (const start of graph.keys()) {
    const path = state.has(start) ? [] : [{ name: start, next: 0 }];
    for (let at = path.at(-1); at !== undefined; at = path.at(-1)) {
      state.set(at.name, 'open');
      const reference = graph.get(at.name)?.[at.next++];
      if (reference === undefined) {
        state.set(at.name, 'done');
        path.pop();
      } else if (state.get(reference.to) === 'open') closing.push(reference);
      else if (graph.has(reference.to) && !state.has(reference.to)) path.push({ name: reference.to, next: 0 });
    }
  }
  return closing;
}

/** Groups nested more than 16 deep, where they stand or where a reference makes them so. */
export function conditionDepth(trees: readonly ConditionTree[]): readonly Problem[] {
  const heights = heightsOf(trees);
  return trees.flatMap((tree) => [
    ...tree.nodes.filter((node) => node.depth >= DEEPEST_GROUP && isGroup(node)).map(({ pointer }) => tooDeep(pointer)),
    ...referencesOf(tree)
      .filter(({ to, depth }) => {
        const height = heights.get(to) ?? 0;
        return height <= DEEPEST_GROUP && depth + height > DEEPEST_GROUP;
      })
      .map(({ pointer }) => tooDeep(pointer)),
  ]);
}

function tooDeep(pointer: string): Problem {
  const message = `groups are nested more than ${DEEPEST_GROUP} deep`;
  const help = 'flatten the groups: an `all` inside an `all` says no more than one list';
  return { code: 'cap_exceeded', pointer, message, help };
}

/** How many groups stand in each other under a name, references followed. */
function heightsOf(trees: readonly ConditionTree[]): ReadonlyMap<string, number> {
  const own = ({ nodes }: ConditionTree): number =>
    nodes.reduce((most, node) => Math.max(most, node.depth + (isGroup(node) ? 1 : 0)), 0);
  return followed(trees, own, (heights, { to, depth }) => depth + (heights.get(to) ?? 0), Math.max, 2 * DEEPEST_GROUP);
}

/** More comparisons than this, references followed, take too long to judge. */
const MOST_COMPARISONS = 100_000;

/** The first `when` at which the document has too many comparisons, every reference counted as what it stands for. */
export function conditionSize(trees: readonly ConditionTree[]): readonly Problem[] {
  const add = (a: number, b: number): number => a + b;
  const own = ({ nodes }: ConditionTree): number => nodes.length;
  const sizes = followed(trees, own, (known, { to }) => known.get(to) ?? 0, add, MOST_COMPARISONS + 1);
  let total = 0;
  for (const tree of trees) {
    if (tree.name !== undefined) continue;
    total += referencesOf(tree).reduce((sum, { to }) => sum + (sizes.get(to) ?? 0), own(tree));
    if (total > MOST_COMPARISONS) return [tooMany(tree.nodes[0]?.pointer ?? '')];
  }
  return [];
}

function tooMany(pointer: string): Problem {
  const message = 'with every reference written out, there are more than 100,000 conditions up to here';
  return { code: 'cap_exceeded', pointer, message, help: 'refer to fewer conditions that refer to others' };
}

/** A figure of each named condition: its own, and with it those of what it refers to. Ends in circles too. */
function followed(
  trees: readonly ConditionTree[],
  own: (tree: ConditionTree) => number,
  ofReference: (known: ReadonlyMap<string, number>, reference: Reference) => number,
  together: (a: number, b: number) => number,
  most: number,
): ReadonlyMap<string, number> {
  let known: ReadonlyMap<string, number> = new Map();
  const named = trees.map((tree) => ({ name: tree.name, own: own(tree), references: referencesOf(tree) }));
  // Each round follows references one step further, and conditions that are not too deep have no more steps.
  for (let round = 0; round <= DEEPEST_GROUP; round++) {
    const before = known;
    known = new Map(
      named.flatMap(({ name, own, references }) => {
        const all = references.reduce((sum, reference) => together(sum, ofReference(before, reference)), own);
        return name === undefined ? [] : [[name, Math.min(all, most)] as const];
      }),
    );
  }
  return known;
}
