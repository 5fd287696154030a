/** JSON text as a tree: every value with its place, and as plain data. */
import { pointerKeys } from './json-pointer.ts';

/** A stretch of text in UTF-16 units. */
export interface Span {
  readonly offset: number;
  readonly length: number;
}

export interface TreeMember {
  readonly key: Span;
  readonly node: TreeNode;
}

/** `value` is plain data; its objects have no prototype, so no key of the document can reach one. */
export interface TreeNode {
  readonly span: Span;
  readonly value: unknown;
  /** Only on objects. Of two equal keys the last counts. */
  readonly members?: ReadonlyMap<string, TreeMember>;
  /** Only on lists. */
  readonly items?: readonly TreeNode[];
}

/** Follows a pointer as far as the tree goes: the last node on the way, and its key when all of the way was there. */
export function follow(root: TreeNode, pointer: string): { readonly node: TreeNode; readonly key?: Span } {
  let node = root;
  let key: Span | undefined;
  for (const step of pointerKeys(pointer)) {
    const member = node.members?.get(step);
    const next = member?.node ?? (/^\d+$/.test(step) ? node.items?.[Number(step)] : undefined);
    if (next === undefined) return { node };
    key = member?.key;
    node = next;
  }
  return key === undefined ? { node } : { node, key };
}
