/** What is kept of what people send: sizes, names, and the characters that a database can hold. */
import * as words from '$lib/words/change-refusals.ts';
import { may, type Person, type Right } from '../person.ts';
import { Refusal } from '../refusal.ts';
import type { NamedText } from './revision.ts';

const MIB = 1_048_576;
/** Of one document, in bytes of UTF-8: what `load` reads. */
const MOST_TEXT = MIB;
const MOST_TIMELINES = 256;
/** Of all timelines together. */
const MOST_TIMELINE_TEXT = 8 * MIB;
const MOST_WORDS = 10_000;
const MOST_TICKET = 200;

/**
 * Throws Refusal 403 when the role that the person came with has none of the rights. Asked before anything is read or
 * played; what is written asks again, of the role they have by then.
 */
export function demand(by: Person, ...rights: readonly Right[]): void {
  if (!rights.some((right) => may(by, right))) throw new Refusal(403, 'not_allowed', words.notAllowed);
}

/** Throws Refusal when the texts cannot be kept; whether they are valid is not asked. */
export function demandKeepable(text: string, timelines: readonly NamedText[]): void {
  demandText(text, 'policy', MOST_TEXT, '1 MiB');
  if (timelines.length > MOST_TIMELINES) {
    throw new Refusal(413, 'too_many_timelines', words.tooManyTimelines(MOST_TIMELINES));
  }
  const seen = new Set<string>();
  for (const { name, text: story } of timelines) {
    if (seen.has(name) || !/^(?!\.)[^/\\\p{Cc}]{1,200}$/u.test(name)) {
      throw new Refusal(422, 'bad_timeline_name', words.badTimelineName(name));
    }
    seen.add(name);
    demandText(story, `timeline ‘${name}’`, MOST_TEXT, '1 MiB');
  }
  const all = timelines.reduce((sum, { text: story }) => sum + Buffer.byteLength(story), 0);
  if (all > MOST_TIMELINE_TEXT) throw new Refusal(413, 'too_long', words.tooLong('set of timelines', '8 MiB'));
}

/** A message, a reason or a comment without the space around it. Throws Refusal when it is too long, or lacks `least`. */
export function sentence(text: string, what: string, least = 1): string {
  const kept = text.trim();
  demandText(kept, what, MOST_WORDS, '10,000 bytes');
  if (kept.length < least) throw new Refusal(422, 'missing', words.missing(what), { member: what });
  return kept;
}

/** What somebody says of a revision. Throws Refusal when the message or the reason is missing. */
export function saidOf(said: {
  readonly message: string;
  readonly reason: string;
  readonly ticket?: string | undefined;
}) {
  const message = sentence(said.message, 'message');
  return { message, reason: sentence(said.reason, 'reason'), ticket: ticketOf(said.ticket) };
}

/** The name of a ticket elsewhere; null for none. */
export function ticketOf(ticket: string | undefined): string | null {
  const kept = ticket?.trim() ?? '';
  demandText(kept, 'ticket', MOST_TICKET, '200 bytes');
  return kept === '' ? null : kept;
}

function demandText(text: string, what: string, most: number, said: string): void {
  if (Buffer.byteLength(text) > most) throw new Refusal(413, 'too_long', words.tooLong(what, said));
  // PostgreSQL holds no NUL, and half a surrogate pair has no bytes: neither would come back as it went in.
  if (text.includes('\0') || /\p{Surrogate}/u.test(text)) {
    throw new Refusal(422, 'unstorable_text', words.unstorable(what));
  }
}
