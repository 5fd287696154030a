/** A draft as the server has it, and as the page and the endpoint hand it over. */
import type { DraftTexts } from './merge-drafts.ts';

/** A revision's texts, with what names it. `version` is the document's own. */
export interface RevisionTexts extends DraftTexts {
  readonly id: string;
  readonly number: number;
  readonly version: number;
}

export interface SharedVersion extends DraftTexts {
  /** Goes up with every save; 0 while nothing was ever saved. */
  readonly lockVersion: number;
  /** The revision it was made from; null before the first one. */
  readonly base: RevisionTexts | null;
  /** The newest revision where that is another one than the base, else null. */
  readonly newer: RevisionTexts | null;
  /** Name of who saved last; null when nobody did, or nobody is known by that name any more. */
  readonly updatedBy: string | null;
  /** Epoch milliseconds; null when nobody saved. */
  readonly updatedAt: number | null;
}

/** The same to the letter, whatever the order of timelines. */
export function sameTexts(a: DraftTexts, b: DraftTexts): boolean {
  return a === b || textsKey(a) === textsKey(b);
}

/** Both documents in one text, for places that keep one text. */
export function textsKey({ text, timelines }: DraftTexts): string {
  const sorted = timelines.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  return JSON.stringify({ text, timelines: sorted.map(({ name, text }) => ({ name, text })) });
}

/** What `textsKey` wrote; null for any other text. */
export function textsIn(key: string): DraftTexts | null {
  try {
    const value: unknown = JSON.parse(key);
    if (typeof value !== 'object' || value === null) return null;
    const { text, timelines } = value as Partial<Record<keyof DraftTexts, unknown>>;
    return typeof text === 'string' && Array.isArray(timelines) ? { text, timelines: timelines as NamedTexts } : null;
  } catch {
    return null;
  }
}

type NamedTexts = DraftTexts['timelines'];
