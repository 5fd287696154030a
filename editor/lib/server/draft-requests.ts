/** What is asked of a draft over the wire, read strictly. */
import { http } from '$lib/words/http.ts';
import type { DraftTexts } from '$lib/state/merge-drafts.ts';
import { tooDeepToRead } from './nesting.ts';
import { Refusal } from './refusal.ts';

export interface DraftSaveRequest extends DraftTexts {
  readonly lockVersion: number;
  readonly baseRevision?: string;
}

type Members = Readonly<Record<string, unknown>>;

/** A save. Throws Refusal 400, and 413 for a text that nobody could read back. */
export function draftSaveIn(body: Members): DraftSaveRequest {
  const { text, timelines, baseRevision } = body;
  if (typeof text !== 'string' || !Array.isArray(timelines) || !timelines.every(isNamedText)) throw malformed();
  demandReadable(text);
  for (const timeline of timelines) demandReadable(timeline.text);
  const save = {
    text,
    timelines: timelines.map(({ name, text }) => ({ name, text })),
    lockVersion: lockVersionIn(body),
  };
  if (baseRevision === undefined) return save;
  if (typeof baseRevision !== 'string') throw malformed();
  return { ...save, baseRevision };
}

/** Throws Refusal 413 for a text that is nested too deeply to be shown again. */
export function demandReadable(text: string): void {
  if (tooDeepToRead(text)) throw new Refusal(413, 'too_deep', http.documentTooDeep);
}

/** The lock version that a request was made from. Throws Refusal 400. */
export function lockVersionIn({ lockVersion }: Members): number {
  if (typeof lockVersion !== 'number' || !Number.isSafeInteger(lockVersion) || lockVersion < 0) throw malformed();
  return lockVersion;
}

function isNamedText(value: unknown): value is { name: string; text: string } {
  if (typeof value !== 'object' || value === null) return false;
  const { name, text } = value as Members;
  return typeof name === 'string' && typeof text === 'string';
}

function malformed(): Refusal {
  return new Refusal(400, 'malformed_draft', http.malformedDraft);
}
