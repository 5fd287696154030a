/** Changes of a document as the fewest characters to change in its text. */
import { pointerKeys } from '../json-pointer.ts';
import { follow, type Span, type TreeNode } from '../json-tree.ts';
import type { Change, TextEdit } from './finding.ts';

/** The edit of a text that `root` is the tree of. Everything that the change is not about stays as it is. */
export function editOf(text: string, root: TreeNode, change: Change): TextEdit {
  if ('remove' in change) return removal(root, change.remove);
  if ('replace' in change) {
    const { span } = follow(root, change.replace).node;
    return { ...span, text: written(change.value) };
  }
  if ('insertInto' in change) {
    const { span, items = [] } = follow(root, change.insertInto).node;
    return insertion(
      text,
      span,
      items.map((item) => item.span),
      change.index,
      written(change.value),
    );
  }
  const { span, members } = follow(root, change.addTo).node;
  const places = membersIn(members);
  return insertion(text, span, places, places.length, `${JSON.stringify(change.key)}: ${written(change.value)}`);
}

/** The text with its edits made. Of two that overlap only the first is made. */
export function withEdits(text: string, edits: readonly TextEdit[]): string {
  let done = '';
  let at = 0;
  for (const edit of [...edits].sort((a, b) => a.offset - b.offset)) {
    if (edit.offset < at) continue;
    done += text.slice(at, edit.offset) + edit.text;
    at = edit.offset + edit.length;
  }
  return done + text.slice(at);
}

/** On one line, with the spaces that people put. */
function written(value: unknown): string {
  return JSON.stringify(value, null, 1)
    .replaceAll(/([[{])\n\s*/g, (_, open: string) => (open === '{' ? '{ ' : '['))
    .replaceAll(/\n\s*([\]}])/g, (_, close: string) => (close === '}' ? ' }' : ']'))
    .replaceAll(/\n\s*/g, ' ');
}

function endOf({ offset, length }: Span): number {
  return offset + length;
}

/** Members from key to value, in the order of the text. */
function membersIn(members: TreeNode['members']): readonly Span[] {
  const spans = [...(members ?? new Map<string, never>()).values()].map(({ key, node }) => {
    return { offset: key.offset, length: endOf(node.span) - key.offset };
  });
  return spans.sort((a, b) => a.offset - b.offset);
}

/** Takes one comma along, so that what is left is well-formed. */
function removal(root: TreeNode, pointer: string): TextEdit {
  const parent = follow(root, pointer.slice(0, pointer.lastIndexOf('/'))).node;
  const places = parent.items?.map((item) => item.span) ?? membersIn(parent.members);
  const gone = parent.items?.[Number(pointerKeys(pointer).at(-1))]?.span ?? follow(root, pointer).key;
  const index = places.findIndex(({ offset }) => offset === gone?.offset);
  const [before, place, after] = [places[index - 1], places[index] ?? parent.span, places[index + 1]];
  if (after !== undefined) return { offset: place.offset, length: after.offset - place.offset, text: '' };
  if (before !== undefined) return { offset: endOf(before), length: endOf(place) - endOf(before), text: '' };
  return { offset: parent.span.offset + 1, length: parent.span.length - 2, text: '' };
}

/** Among `places` in a list or object, on a line of its own where they are. */
function insertion(text: string, around: Span, places: readonly Span[], index: number, added: string): TextEdit {
  const [before, after] = [places[index - 1], places[index]];
  if (after !== undefined) return { offset: after.offset, length: 0, text: `${added},${gapBefore(text, after)}` };
  if (before !== undefined) return { offset: endOf(before), length: 0, text: `,${gapBefore(text, before)}${added}` };
  const inside = text.charAt(around.offset) === '{' ? ` ${added} ` : added;
  return { offset: around.offset + 1, length: around.length - 2, text: inside };
}

function gapBefore(text: string, { offset }: Span): string {
  const indentation = /(?:\r\n|\r|\n)[ \t]*$/.exec(text.slice(Math.max(0, offset - 500), offset));
  return indentation?.[0] ?? ' ';
}
