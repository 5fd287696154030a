/** `schedule`: what the wall clock of one zone reads at `now`, looked up among the windows of today and yesterday. */
import type { Schedule, Window } from './document.ts';
import { read, text, word } from './facts.ts';
import { SATISFIED, unusable, violated, type Asked, type Verdict } from './verdict.ts';
import { CLOCK_STATES } from './words.ts';

interface LocalTime {
  /** `YYYY-MM-DD`, as exceptions are written. */
  readonly date: string;
  /** The calendar's day before, even where the zone skipped it. */
  readonly dayBefore: string;
  readonly weekday: string;
  readonly weekdayBefore: string;
  readonly minutes: number;
}

export function schedule({ timeZone, windows, except }: Schedule, { request, now }: Asked): Verdict {
  const state = word(read(request, 'clock', 'state'), CLOCK_STATES);
  if (state.is !== 'known') return unusable(state);
  if (state.value === 'rolled_back' || state.value === 'untrusted') return violated('clock_untrusted');
  const zone =
    timeZone === 'device' ? text(read(request, 'device', 'timeZone')) : { is: 'known' as const, value: timeZone };
  if (zone.is !== 'known') return unusable(zone);
  if (!isZone(zone.value)) return violated('schedule_unresolvable');
  const local = localTime(now, zone.value);
  const open = windows.some((window) => contains(window, local, except ?? []));
  return open ? SATISFIED : violated('outside_schedule');
}

function isZone(name: string): boolean {
  if (/^[+-]/.test(name)) return false;
  try {
    wallClock(name);
    return true;
  } catch {
    return false;
  }
}

const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

const wallClocks = new Map<string, Intl.DateTimeFormat>();

/** Made once a zone: making one takes far longer than reading it. */
function wallClock(timeZone: string): Intl.DateTimeFormat {
  const made =
    wallClocks.get(timeZone) ??
    new Intl.DateTimeFormat('en-US', {
      timeZone,
      calendar: 'gregory',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      era: 'short',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
    });
  wallClocks.set(timeZone, made);
  return made;
}

function localTime(now: number, timeZone: string): LocalTime {
  const parts = new Map(
    wallClock(timeZone)
      .formatToParts(now)
      .map(({ type, value }) => [type as string, value]),
  );
  const part = (name: string) => Number(parts.get(name));
  const year = parts.get('era')?.startsWith('B') === true ? 1 - part('year') : part('year');
  const day = new Date(0);
  // The calendar repeats every 400 years, and no exception can name a year as far as the ends of ECMAScript's time.
  const near = Math.abs(year) > 20_000 ? 20_000 + (year % 400) : year;
  day.setUTCFullYear(near, part('month') - 1, part('day'));
  const before = new Date(day);
  before.setUTCDate(before.getUTCDate() - 1);
  return {
    date: dateOf(day),
    dayBefore: dateOf(before),
    weekday: WEEKDAYS[day.getUTCDay()] ?? '',
    weekdayBefore: WEEKDAYS[before.getUTCDay()] ?? '',
    minutes: part('hour') * 60 + part('minute'),
  };
}

function dateOf(day: Date): string {
  return day.toISOString().slice(0, -'T00:00:00.000Z'.length);
}

function contains({ days, start, end }: Window, local: LocalTime, except: NonNullable<Schedule['except']>): boolean {
  const [from, to] = [minutesOf(start), minutesOf(end)];
  const startsToday = days.includes(local.weekday) && !excepted(local.date, except);
  const startedYesterday = days.includes(local.weekdayBefore) && !excepted(local.dayBefore, except);
  if (from < to) return startsToday && local.minutes >= from && local.minutes < to;
  return (startsToday && local.minutes >= from) || (startedYesterday && local.minutes < to);
}

function minutesOf(written: string): number {
  const [hours, minutes] = written.split(':');
  return Number(hours) * 60 + Number(minutes);
}

/** Dates of four-digit years compare as text; exceptions can name no others. */
function excepted(date: string, except: NonNullable<Schedule['except']>): boolean {
  if (date.length !== 'YYYY-MM-DD'.length) return false;
  return except.some((each) => (typeof each === 'string' ? date === each : each.from <= date && date <= each.to));
}
