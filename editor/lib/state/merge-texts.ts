/** Three-way merge of texts: the smallest edits of one of them, so that everything else stays as it was written. */
import { merge, same, type Choices, type Clash } from './merge.ts';
import { editsBetween } from './merge-edits.ts';
import { TextParts, withEdit } from './merge-writing.ts';

export interface MergedText {
  readonly text: string;
  /** What is still to be decided; pointers are into `text`. */
  readonly clashes: readonly Clash[];
}

/** Merges two JSON texts made from one; null when one of the three is no JSON, and only a person can tell. */
export function mergeTexts(base: string, mine: string, theirs: string, choices: Choices = {}): MergedText | null {
  if (mine === theirs || theirs === base) return { text: mine, clashes: [] };
  if (mine === base) return { text: theirs, clashes: [] };
  const [from, my, their] = [valueOf(base), valueOf(mine), valueOf(theirs)];
  if (from === undefined || my === undefined || their === undefined) return null;
  const { value, clashes } = merge(from, my, their, choices);
  // Whoever changed only the space between loses nothing but space.
  return { text: same(my, from) ? theirs : withValue(mine, my, value, [theirs, base]), clashes };
}

/** The text with the fewest edits after which it says `wanted`; what it takes from the others, it takes as written. */
function withValue(text: string, present: unknown, wanted: unknown, others: readonly string[]): string {
  const parts = new TextParts(text, ...others);
  const edited = editsBetween(present, wanted).reduce((now, edit) => withEdit(now, edit, parts), text);
  // A text that says a key twice is edited where nobody reads it; what it says matters more than how it looks.
  return same(valueOf(edited), wanted) ? edited : `${JSON.stringify(wanted, null, 2)}\n`;
}

function valueOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
