/** Three-way merge of whole drafts: the policy, and timelines by name. */
import type { Choices, Clash } from './merge.ts';
import { mergeTexts } from './merge-texts.ts';

export interface DraftTexts {
  readonly text: string;
  readonly timelines: readonly { readonly name: string; readonly text: string }[];
}

/** A clash within a document, or of whole texts when one of them is no JSON or was removed. */
export interface DraftClash extends Clash {
  /** A timeline's name; null for the policy. */
  readonly timeline: string | null;
}

export interface MergedDraft extends DraftTexts {
  readonly clashes: readonly DraftClash[];
}

/**
 * Merges two drafts made from one (null: from nothing). `choices` name the clashes that are decided by their places. While
 * a clash of whole texts is open, the text is mine, or the one that is left.
 */
export function mergeDrafts(
  base: DraftTexts | null,
  mine: DraftTexts,
  theirs: DraftTexts,
  choices: Choices = {},
): MergedDraft {
  const policy = mergeDocument(null, base?.text ?? '', mine.text, theirs.text, choices);
  const [from, my, their] = [base, mine, theirs].map(
    (draft) => new Map(draft?.timelines.map(({ name, text }) => [name, text])),
  );
  const names = [...new Set([...(my?.keys() ?? []), ...(their?.keys() ?? [])])].toSorted();
  const timelines = names.map((name) => ({
    name,
    ...mergeDocument(name, from?.get(name), my?.get(name), their?.get(name), choices),
  }));
  return {
    text: policy.text ?? '',
    timelines: timelines.flatMap(({ name, text }) => (text === undefined ? [] : [{ name, text }])),
    clashes: [policy, ...timelines].flatMap(({ clashes }) => clashes),
  };
}

type Text = string | undefined;

function mergeDocument(timeline: string | null, base: Text, mine: Text, theirs: Text, choices: Choices) {
  const prefix = timeline === null ? 'policy' : `timeline/${timeline}`;
  if (mine === theirs || theirs === base) return { text: mine, clashes: [] };
  if (mine === base) return { text: theirs, clashes: [] };
  const own = Object.entries(choices).flatMap(([place, side]) =>
    place === prefix || place.startsWith(`${prefix}/`) ? [[place.slice(prefix.length), side] as const] : [],
  );
  const parts =
    base === undefined || mine === undefined || theirs === undefined
      ? null
      : mergeTexts(base, mine, theirs, Object.fromEntries(own));
  const placed = (clash: Clash): DraftClash => ({ ...clash, timeline, place: `${prefix}${clash.place}` });
  if (parts !== null) return { text: parts.text, clashes: parts.clashes.map(placed) };
  const choice = Object.hasOwn(choices, prefix) ? choices[prefix] : undefined;
  if (choice !== undefined) return { text: choice === 'mine' ? mine : theirs, clashes: [] };
  const sides = Object.entries({ base, mine, theirs }).filter(([, text]) => text !== undefined);
  return { text: mine ?? theirs, clashes: [placed({ place: '', pointer: '', ...Object.fromEntries(sides) })] };
}
