/** Changes of a timeline's text: each touches what it is about and leaves all other characters as they are. */
import { applyEdits, findNodeAtLocation, modify, parseTree, type Node } from 'jsonc-parser';

/** An event or expectation as its document writes it. */
export type Written = Readonly<Record<string, unknown>>;

type List = 'events' | 'expect';

/** Where an element goes: after all elements of earlier or the same time. `timeOf` reads an element's time in ms. */
export type TimeOf = (element: Written) => number;

/** The text with one element more, in its place among the others; undefined when the text has no such list to add to. */
export function withElement(text: string, list: List, element: Written, timeOf: TimeOf): string {
  const elements = elementsOf(text, list);
  const written = lineOf(element);
  if (elements === null) return applyEdits(text, modify(text, [list], [element], formatting(text)));
  const time = timeOf(element);
  const after = elements.nodes.filter((node) => timeOf(valueOf(text, node)) <= time).at(-1);
  if (elements.nodes.length === 0) return spliced(text, elements.from, elements.to, inside(text, elements, written));
  const [first] = elements.nodes as [Node, ...Node[]];
  const gap = text.slice(elements.from, first.offset);
  if (after === undefined) return spliced(text, first.offset, first.offset, `${written},${gap}`);
  const end = after.offset + after.length;
  return spliced(text, end, end, `,${gap}${written}`);
}

/** The text without the element at `index`. */
export function withoutElement(text: string, list: List, index: number): string {
  const elements = elementsOf(text, list);
  const node = elements?.nodes[index];
  if (elements === null || node === undefined) return text;
  const next = elements.nodes[index + 1];
  if (next !== undefined) return spliced(text, node.offset, next.offset, '');
  const previous = elements.nodes[index - 1];
  const from = previous === undefined ? elements.from : previous.offset + previous.length;
  return spliced(text, from, previous === undefined ? elements.to : node.offset + node.length, '');
}

/** The text with the members of an element set, or taken out where undefined; its other members stay as written. */
export function withMembers(text: string, list: List, index: number, members: Written): string {
  return Object.entries(members).reduce(
    (changed, [name, value]) =>
      applyEdits(changed, modify(changed, [list, index, name], value, formatting(text, list, index))),
    text,
  );
}

/** The text with an element at another time, moved past the others where it has to be. Its own text is kept. */
export function withTime(text: string, index: number, at: string, timeOf: TimeOf): string {
  const changed = withMembers(text, 'events', index, { at });
  const elements = elementsOf(changed, 'events');
  const node = elements?.nodes[index];
  if (elements === null || node === undefined) return changed;
  const times = elements.nodes.map((each) => timeOf(valueOf(changed, each)));
  const time = times[index] ?? 0;
  const inPlace = (times[index - 1] ?? -Infinity) <= time && time <= (times[index + 1] ?? Infinity);
  if (inPlace) return changed;
  const own = changed.slice(node.offset, node.offset + node.length);
  const rest = withoutElement(changed, 'events', index);
  const left = elementsOf(rest, 'events');
  if (left === null) return changed;
  const before = left.nodes.filter((each) => timeOf(valueOf(rest, each)) <= time).at(-1);
  const [first] = left.nodes as [Node, ...Node[]];
  const gap = rest.slice(left.from, first.offset);
  if (before === undefined) return spliced(rest, first.offset, first.offset, `${own},${gap}`);
  const end = before.offset + before.length;
  return spliced(rest, end, end, `,${gap}${own}`);
}

/** The text with a top-level member set. */
export function withMember(text: string, name: string, value: unknown): string {
  return applyEdits(text, modify(text, [name], value, formatting(text)));
}

/** Where the element now at a time and of a text stands; -1 when it is not there. For keeping the focus on it. */
export function indexOfElement(text: string, list: List, element: Written): number {
  const elements = elementsOf(text, list);
  const wanted = JSON.stringify(element);
  return elements === null
    ? -1
    : elements.nodes.findLastIndex((node) => JSON.stringify(valueOf(text, node)) === wanted);
}

/** The elements of a list as values. */
export function elementsIn(text: string, list: List): readonly Written[] {
  return elementsOf(text, list)?.nodes.map((node) => valueOf(text, node)) ?? [];
}

interface Elements {
  readonly nodes: readonly Node[];
  /** Just inside the brackets. */
  readonly from: number;
  readonly to: number;
}

function elementsOf(text: string, list: List): Elements | null {
  const tree = parseTree(text);
  const node = tree === undefined ? undefined : findNodeAtLocation(tree, [list]);
  if (node?.type !== 'array') return null;
  return { nodes: node.children ?? [], from: node.offset + 1, to: node.offset + node.length - 1 };
}

function valueOf(text: string, node: Node): Written {
  return JSON.parse(text.slice(node.offset, node.offset + node.length)) as Written;
}

function spliced(text: string, from: number, to: number, inserted: string): string {
  return text.slice(0, from) + inserted + text.slice(to);
}

/** The first element of an empty list, on a line of its own. */
function inside(text: string, { from }: Elements, written: string): string {
  const indent = /^[ \t]*/.exec(text.slice(text.lastIndexOf('\n', from - 1) + 1))?.[0] ?? '';
  return `\n${indent}  ${written}\n${indent}`;
}

/** An element on one line, as people write them: `{ "at": "2h", "type": "sleep" }`. */
function lineOf(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(lineOf).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return members.length === 0
    ? '{}'
    : `{ ${members.map(([name, member]) => `${JSON.stringify(name)}: ${lineOf(member)}`).join(', ')} }`;
}

/** An element on one line stays on one line. */
function formatting(text: string, list?: List, index?: number) {
  const node = list === undefined || index === undefined ? undefined : elementsOf(text, list)?.nodes[index];
  const oneLine = node !== undefined && !text.slice(node.offset, node.offset + node.length).includes('\n');
  return { formattingOptions: { insertSpaces: true, tabSize: 2, eol: '\n', keepLines: oneLine } };
}
