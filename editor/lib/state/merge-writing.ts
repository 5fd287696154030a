/** Edits of a JSON text, written the way that the text around them is. */
import { findNodeAtLocation, parseTree, type Node } from 'jsonc-parser';
import type { Edit } from './merge-edits.ts';

/** How values are written in texts at hand, so that they can be put elsewhere just so. */
export class TextParts {
  readonly #texts: readonly string[];
  #written: Map<string, string> | null = null;

  constructor(...texts: readonly string[]) {
    this.#texts = texts;
  }

  /** The value as one of the texts has it, or as JSON with this indentation. */
  written(value: unknown, indentation: string): string {
    const asJson = JSON.stringify(value, null, 2);
    return this.#parts().get(JSON.stringify(value)) ?? asJson.replaceAll('\n', `\n${indentation}`);
  }

  #parts(): ReadonlyMap<string, string> {
    if (this.#written !== null) return this.#written;
    const written = new Map<string, string>();
    const collect = (text: string, { type, offset, length, children = [] }: Node): void => {
      const part = text.slice(offset, offset + length);
      if (type !== 'property') written.set(JSON.stringify(JSON.parse(part)), part);
      for (const child of children) collect(text, child);
    };
    for (const text of this.#texts) {
      const root = parseTree(text);
      if (root !== undefined) collect(text, root);
    }
    return (this.#written = written);
  }
}

/** The text with one edit made. Where the text does not reach that far, it stays as it is. */
export function withEdit(text: string, { path, value, inserted }: Edit, parts: TextParts): string {
  const root = parseTree(text);
  const node = root && findNodeAtLocation(root, [...path]);
  if (value === undefined) return node === undefined ? text : without(text, node);
  const lineBreak = text.includes('\r\n') ? '\r\n' : '\n';
  const written = (near: Node): string =>
    parts.written(value, indentationOf(text, near)).replaceAll(/\r?\n/g, lineBreak);
  if (node !== undefined && !inserted) return spliced(text, node.offset, endOf(node), written(node));
  const parent = root && findNodeAtLocation(root, path.slice(0, -1));
  if (parent === undefined) return text;
  const { children = [] } = parent;
  const key = path.at(-1);
  const added = (near: Node) => (typeof key === 'string' ? `${JSON.stringify(key)}: ${written(near)}` : written(near));
  const next = typeof key === 'number' ? children[key] : undefined;
  if (next !== undefined) return spliced(text, next.offset, next.offset, `${added(next)},${gapBefore(text, next)}`);
  const last = children.at(-1);
  const inside = parent.type === 'object' ? ` ${added(parent)} ` : added(parent);
  if (last === undefined) return spliced(text, parent.offset + 1, endOf(parent) - 1, inside);
  return spliced(text, endOf(last), endOf(last), `,${gapBefore(text, last)}${added(last)}`);
}

/** Takes one comma along, and the line of its own where it has one. */
function without(text: string, node: Node): string {
  const part = node.parent?.type === 'property' ? node.parent : node;
  const { parent: around } = part;
  const { children = [] } = around ?? {};
  const index = children.indexOf(part);
  const [before, after] = [children[index - 1], children[index + 1]];
  if (after !== undefined) return spliced(text, part.offset, after.offset, '');
  if (before !== undefined) return spliced(text, endOf(before), endOf(part), '');
  return around === undefined ? text : spliced(text, around.offset + 1, endOf(around) - 1, '');
}

function endOf({ offset, length }: Node): number {
  return offset + length;
}

function spliced(text: string, from: number, to: number, added: string): string {
  return text.slice(0, from) + added + text.slice(to);
}

/** A line break and its indentation where the node begins a line; else a space. */
function gapBefore(text: string, { offset }: Node): string {
  return /\r?\n[ \t]*$/.exec(text.slice(Math.max(0, offset - 500), offset))?.[0] ?? ' ';
}

/** Of the line that the node stands in. */
function indentationOf(text: string, { offset }: Node): string {
  const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
  return /^[ \t]*/.exec(line)?.[0] ?? '';
}
