import type { Sha256 } from './entry.ts';

/**
 * The roots of the complete subtrees of an RFC 6962 tree, largest first: all that is needed to go on adding leaves.
 * A tree of `size` leaves has one for each 1 in the binary form of `size`.
 */
export type Frontier = readonly Uint8Array[];

/** The frontier after one more leaf, given by its hash; `size` counts the leaves before. */
export function addLeaf(frontier: Frontier, size: number, leaf: Uint8Array, sha256: Sha256): Frontier {
  const roots = [...frontier];
  let node = leaf;
  for (let rest = size; rest % 2 === 1; rest = Math.floor(rest / 2)) node = parent(roots.pop() ?? node, node, sha256);
  return [...roots, node];
}

/** The root of the tree; of the empty tree, the hash of nothing. */
export function treeRoot(frontier: Frontier, sha256: Sha256): Uint8Array {
  const last = frontier.at(-1);
  if (last === undefined) return sha256(new Uint8Array());
  return frontier.slice(0, -1).reduceRight((right, left) => parent(left, right, sha256), last);
}

function parent(left: Uint8Array, right: Uint8Array, sha256: Sha256): Uint8Array {
  const bytes = new Uint8Array(1 + left.length + right.length);
  bytes[0] = 1;
  bytes.set(left, 1);
  bytes.set(right, 1 + left.length);
  return sha256(bytes);
}
