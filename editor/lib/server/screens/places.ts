import { findNodeAtLocation, parseTree, type Node } from 'jsonc-parser';
import { pointerKeys } from 'latchkey/load';
import type { Place } from '$lib/state/revision-facts.ts';

/** Every place in a document that can be pointed at, in its order; the first is the whole. */
export function placesIn(text: string): readonly Place[] {
  const root = parseTree(text);
  if (root === undefined) return [];
  const lineOf = lines(text);
  const places: Place[] = [];
  const visit = (node: Node, pointer: string): void => {
    places.push({ pointer, line: lineOf(startOf(node)) });
    if (node.type === 'array') node.children?.forEach((child, index) => visit(child, `${pointer}/${index}`));
    if (node.type !== 'object') return;
    for (const { children } of node.children ?? []) {
      const [key, value] = children ?? [];
      if (key !== undefined && value !== undefined) visit(value, `${pointer}/${escaped(String(key.value))}`);
    }
  };
  visit(root, '');
  return places;
}

/** The line of a place in a document, from 1; null where there is no such place. */
export function lineFinder(text: string): (pointer: string) => number | null {
  const root = parseTree(text);
  const lineOf = lines(text);
  return (pointer) => {
    if (root === undefined) return null;
    let node: Node | undefined = root;
    for (const key of pointerKeys(pointer)) {
      if (node === undefined) return null;
      node = findNodeAtLocation(node, [node.type === 'array' ? Number(key) : key]);
    }
    return node === undefined ? null : lineOf(startOf(node));
  };
}

/** A member is where its key is. */
function startOf(node: Node): number {
  return node.parent?.type === 'property' ? node.parent.offset : node.offset;
}

function lines(text: string): (offset: number) => number {
  const ends = [...text.matchAll(/\n/g)].map(({ index }) => index);
  return (offset) => {
    let [low, high] = [0, ends.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((ends[middle] ?? 0) < offset) low = middle + 1;
      else high = middle;
    }
    return low + 1;
  };
}

function escaped(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}
