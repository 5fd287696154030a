/** Dates and times with an offset, as RFC 3339 writes them: `2026-03-02T08:00:00+01:00`. */
import type { Instant } from '../request.ts';

const FORM = /^(\d{4})-(\d\d)-(\d\d)[Tt](\d\d):(\d\d):(\d\d)(?:\.(\d+))?(?:[Zz]|([+-])(\d\d):(\d\d))$/;

const MINUTE = 60_000;

/**
 * The instant, or `undefined` for text that is not a whole RFC 3339 date-time or names a day or time that does
 * not exist. Fractions finer than a millisecond are cut off; a leap second reads as the second after it.
 */
export function parseRfc3339(text: string): Instant | undefined {
  const match = FORM.exec(text);
  if (match === null) return undefined;
  const field = (index: number): number => Number(match[index] ?? 0);
  const [year, month, day, hour, minute, second] = [field(1), field(2), field(3), field(4), field(5), field(6)];
  if (hour > 23 || minute > 59 || second > 60 || field(9) > 23 || field(10) > 59) return undefined;
  const midnight = utcMidnight(year, month, day);
  if (midnight === undefined) return undefined;
  const fraction = Number((match[7] ?? '').slice(0, 3).padEnd(3, '0'));
  const offset = (field(9) * 60 + field(10)) * (match[8] === '-' ? -1 : 1);
  const instant = midnight + (hour * 60 + minute - offset) * MINUTE + second * 1000 + fraction;
  if (second === 60 && !endsUtcDay(instant - fraction)) return undefined;
  return instant;
}

function utcMidnight(year: number, month: number, day: number): Instant | undefined {
  const date = new Date(0);
  // Unlike `Date.UTC`, this does not read years below 100 as years of the last century.
  date.setUTCFullYear(year, month - 1, day);
  const exists = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return exists ? date.getTime() : undefined;
}

function endsUtcDay(instant: Instant): boolean {
  return instant % (24 * 60 * MINUTE) === 0;
}
