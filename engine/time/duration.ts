/** Lengths of time as people write them: `7d`, `48h`, `1d12h`, `90s`, `250ms`. One day is always 24 hours. */
import type { Milliseconds } from '../request.ts';

/** Name and length of each unit, from long to short, which is also the order in which they are written. */
export const DURATION_UNITS = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1000],
  ['ms', 1],
] as const;

/** The longest duration a document may hold: 3650 days. */
export const LONGEST_DURATION: Milliseconds = 3650 * 86_400_000;

const GRAMMAR = /^(?:([1-9]\d*)d)?(?:([1-9]\d*)h)?(?:([1-9]\d*)m)?(?:([1-9]\d*)s)?(?:([1-9]\d*)ms)?$/;

/** The length in ms, or `undefined` for text outside the grammar. Never zero; may be longer than documents allow. */
export function parseDuration(text: string): Milliseconds | undefined {
  const match = GRAMMAR.exec(text);
  if (match === null || text === '') return undefined;
  return DURATION_UNITS.reduce((sum, [, unit], i) => sum + Number(match[i + 1] ?? 0) * unit, 0);
}

/** The length of a duration that validation let through, as text or already in ms. Throws `TypeError` for other text. */
export function milliseconds(written: string | Milliseconds): Milliseconds {
  if (typeof written === 'number') return written;
  const length = parseDuration(written);
  if (length === undefined) throw new TypeError('not a duration');
  return length;
}

/** Whole ms in the grammar of documents, largest units first: `2d3h`. Zero is `0s`; a negative length has a leading `-`. */
export function formatDuration(length: Milliseconds): string {
  let rest = Math.abs(length);
  let text = '';
  for (const [name, unit] of DURATION_UNITS) {
    const count = Math.floor(rest / unit);
    rest -= count * unit;
    if (count > 0) text += `${count}${name}`;
  }
  if (text === '') return '0s';
  return length < 0 ? `-${text}` : text;
}
