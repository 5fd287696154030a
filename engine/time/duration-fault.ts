/** What is wrong with text that is meant to be a duration, and what to write instead. */
import type { Milliseconds } from '../request.ts';
import { DURATION_UNITS, formatDuration, parseDuration } from './duration.ts';

type DurationFaultKind =
  | 'empty'
  | 'zero'
  | 'negative'
  | 'fraction'
  | 'calendar'
  | 'no_unit'
  | 'order'
  | 'leading_zero'
  | 'notation'
  | 'spelling'
  | 'unreadable';

export interface DurationFault {
  readonly kind: DurationFaultKind;
  /** Goes on after "`the text` ". */
  readonly message: string;
  readonly help: string;
}

interface Part {
  readonly amount: number;
  readonly unit: string;
}

const EXAMPLE = 'write a number and a unit, such as `7d`, `48h`, `1d12h`, `90s` or `250ms`';

const UNIT_ORDER: readonly string[] = DURATION_UNITS.map(([name]) => name);
const UNIT_LENGTH: ReadonlyMap<string, Milliseconds> = new Map(DURATION_UNITS);

/** Spellings seen in other notations. A year and a month have no fixed length, so they come with what is usually meant. */
const SPELLINGS: ReadonlyMap<string, readonly [unit: string, times: number]> = new Map([
  ...alike('d', 1, ['d', 'day', 'days']),
  ...alike('h', 1, ['h', 'hr', 'hrs', 'hour', 'hours']),
  ...alike('m', 1, ['m', 'min', 'mins', 'minute', 'minutes']),
  ...alike('s', 1, ['s', 'sec', 'secs', 'second', 'seconds']),
  ...alike('ms', 1, ['ms', 'msec', 'msecs', 'millisecond', 'milliseconds']),
  ...alike('d', 7, ['w', 'wk', 'week', 'weeks']),
  ...alike('d', 30, ['mo', 'mon', 'month', 'months']),
  ...alike('d', 365, ['y', 'yr', 'year', 'years']),
]);

function alike(unit: string, times: number, words: readonly string[]): [string, [string, number]][] {
  return words.map((word) => [word, [unit, times]]);
}

/** Longer text is no duration in any notation, and is not worth reading. */
const LONGEST_TEXT = 64;
const NUMBER = String.raw`\d+(?:[.,]\d+)?`;
const ISO = new RegExp(
  String.raw`^p(?:(${NUMBER})y)?(?:(${NUMBER})m)?(?:(${NUMBER})w)?(?:(${NUMBER})d)?(?:t(?:(${NUMBER})h)?(?:(${NUMBER})m)?(?:(${NUMBER})s)?)?$`,
);
const ISO_WORDS = ['y', 'mo', 'w', 'd', 'h', 'm', 's'];

function part(amount: string, word: string): Part | undefined {
  const known = SPELLINGS.get(word);
  return known && { amount: Number(amount.replace(',', '.')) * known[1], unit: known[0] };
}

function readIso(text: string): Part[] | undefined {
  const match = ISO.exec(text);
  if (match === null) return undefined;
  return match.slice(1).flatMap((amount: string | undefined, i) => {
    const read = amount === undefined ? undefined : part(amount, ISO_WORDS[i] ?? '');
    return read === undefined ? [] : [read];
  });
}

/** Reads what a person may have meant, in any order and spelling; `undefined` when that is not clear. */
function readLoosely(text: string): Part[] | undefined {
  if (text.startsWith('p')) return readIso(text);
  const parts: Part[] = [];
  const pair = new RegExp(String.raw`\s*(${NUMBER})\s*([a-z]+)`, 'y');
  while (pair.lastIndex < text.length) {
    const match = pair.exec(text);
    const read = match === null ? undefined : part(match[1] ?? '', match[2] ?? '');
    if (read === undefined) return undefined;
    parts.push(read);
  }
  return parts;
}

/** The same length in the grammar, keeping the units where they will do; `undefined` when nothing is left. */
function rewrite(parts: readonly Part[]): string | undefined {
  const total = new Map<string, number>();
  for (const { amount, unit } of parts) total.set(unit, (total.get(unit) ?? 0) + amount);
  const whole = [...total.values()].every((amount) => Number.isSafeInteger(amount));
  const text = whole
    ? UNIT_ORDER.flatMap((unit) => (total.get(unit) ? [`${total.get(unit)}${unit}`] : [])).join('')
    : formatDuration(
        Math.round([...total].reduce((sum, [unit, amount]) => sum + amount * (UNIT_LENGTH.get(unit) ?? 0), 0)),
      );
  return parseDuration(text) === undefined ? undefined : text;
}

function write(parts: readonly Part[] | undefined): string {
  const text = parts === undefined ? undefined : rewrite(parts);
  return text === undefined ? EXAMPLE : `write \`${text}\``;
}

function inOrder(parts: readonly Part[]): boolean {
  const places = parts.map(({ unit }) => UNIT_ORDER.indexOf(unit));
  return places.every((place, i) => i === 0 || place > (places[i - 1] ?? 0));
}

/** Says why `parseDuration` gives nothing for this text. Only meaningful for such text. */
export function durationFault(text: string): DurationFault {
  const meant = text.trim().toLowerCase();
  if (meant === '') return { kind: 'empty', message: 'is empty', help: EXAMPLE };
  if (meant.length > LONGEST_TEXT) return { kind: 'unreadable', message: 'is not a duration', help: EXAMPLE };
  const bare = meant.replace(/^[+-]/, '');
  const parts = readLoosely(bare);
  const help = write(parts);
  if (/^[\d.,]+$/.test(bare)) return noUnit(bare);
  if (parts === undefined || parts.length === 0) return { kind: 'unreadable', message: 'is not a duration', help };
  if (parts.every(({ amount }) => amount === 0))
    return { kind: 'zero', message: 'is no time at all', help: 'write at least `1ms`' };
  if (meant.startsWith('-')) return { kind: 'negative', message: 'is negative, and a duration has no direction', help };
  if (/\d[.,]\d/.test(meant))
    return { kind: 'fraction', message: 'has a fraction, and durations are whole numbers', help };
  if (/[0-9]\s*y|mo|^p[\d.,]+m/.test(meant))
    return {
      kind: 'calendar',
      message: 'has a unit without a fixed length',
      help: `${help}, or the number of days you mean`,
    };
  if (!inOrder(parts))
    return {
      kind: 'order',
      message: 'has units out of order or twice',
      help: `${help}: days, hours, minutes, seconds, milliseconds`,
    };
  if (meant.startsWith('p')) return { kind: 'notation', message: 'is in another notation', help };
  if (/(?<![\d.,])0/.test(meant)) return { kind: 'leading_zero', message: 'has a number that starts with zero', help };
  return { kind: 'spelling', message: 'is not how a duration is written', help };
}

function noUnit(amount: string): DurationFault {
  const whole = /^[1-9]\d*$/.test(amount);
  const help = whole ? `write the unit, such as \`${amount}s\`, \`${amount}h\` or \`${amount}d\`` : EXAMPLE;
  return Number(amount) === 0
    ? { kind: 'zero', message: 'is no time at all', help: 'write at least `1ms`' }
    : { kind: 'no_unit', message: 'has no unit', help };
}
