import { diffWordsWithSpace } from 'diff';

/** One stretch in which two texts differ. */
export interface Replacement {
  readonly offset: number;
  readonly length: number;
  /** What takes its place. */
  readonly by: string;
}

/** Texts that differ in more words are replaced whole: finding the words takes time that goes up with the square. */
const MOST = 500;

/**
 * The stretches of `before` to replace so that it becomes `after`, word by word and in order, so that a cursor between
 * them stays at its word; never cuts a character or a line end in two.
 */
export function replacements(before: string, after: string): readonly Replacement[] {
  const parts = diffWordsWithSpace(before, after, { maxEditLength: MOST });
  if (parts === undefined) return [{ offset: 0, length: before.length, by: after }];
  const found: Replacement[] = [];
  let offset = 0;
  for (const { value, added, removed } of parts) {
    const last = found.at(-1);
    if (removed) found.push({ offset, length: value.length, by: '' });
    else if (added && last !== undefined && last.offset + last.length === offset)
      found.splice(-1, 1, { ...last, by: value });
    else if (added) found.push({ offset, length: 0, by: value });
    if (!added) offset += value.length;
  }
  return found;
}
