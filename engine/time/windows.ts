/** Weekly windows of wall-clock time in one zone: is it open, and when does that change? */
import type { Instant, Milliseconds } from '../request.ts';
import { DAY, firstAlike, type Zone } from './zone.ts';

const MINUTE = 60_000;
/** Within this time weekly windows and yearly clock changes have shown all they do. Not a product of names: bundlers keep those. */
export const HORIZON: Milliseconds = 400 * 86_400_000;

/** A window on the days it starts: minutes after local midnight, `end` beyond 1440 when it crosses midnight. */
export interface Window {
  /** By ISO weekday, Monday 0. */
  readonly days: readonly boolean[];
  readonly start: number;
  readonly end: number;
}

/** Local dates as days since 1970-01-01, both inclusive, on which no window starts. */
export interface Exception {
  readonly from: number;
  readonly to: number;
}

export interface Windows {
  /** From this instant on no exception interferes. */
  readonly settled: Instant;
  open(zone: Zone, at: Instant): boolean;
  /** An instant after `at`, at most a day later, before which `open` answers the same. */
  nextBound(zone: Zone, at: Instant): Instant;
}

function startsOn(day: number, window: Window, except: readonly Exception[]): boolean {
  // 1970-01-01 was a Thursday, 3 where Monday is 0; another 7 keeps days before it from being negative.
  const weekday = ((day % 7) + 10) % 7;
  return window.days[weekday] === true && !except.some((each) => each.from <= day && day <= each.to);
}

export function weeklyWindows(windows: readonly Window[], except: readonly Exception[]): Windows {
  const openAtWall = (wall: Milliseconds): boolean => {
    const day = Math.floor(wall / DAY);
    const minute = (wall - day * DAY) / MINUTE;
    return windows.some(
      (window) =>
        (minute >= window.start && minute < window.end && startsOn(day, window, except)) ||
        (minute + 1440 < window.end && startsOn(day - 1, window, except)),
    );
  };
  // Wall minutes of a day at which a window may begin or end.
  const bounds = windows.flatMap(({ start, end }) => [start, end % 1440]);
  // Two days past the last date cover a tail after midnight and any zone's distance from UTC.
  const settled = except.reduce((latest, each) => Math.max(latest, (each.to + 3) * DAY), -Infinity);

  return {
    settled,
    open: (zone, at) => openAtWall(at + zone(at)),
    nextBound(zone, at) {
      const offset = zone(at);
      const wall = at + offset;
      const midnight = Math.floor(wall / DAY) * DAY;
      const ahead = bounds.map((minute) => midnight + minute * MINUTE).filter((bound) => bound > wall);
      const bound = Math.min(midnight + DAY, ...ahead) - offset;
      return zone(bound) === offset ? bound : firstAlike(zone, at, bound);
    },
  };
}

/** The first instant after `at` at which `open` answers otherwise; Infinity when it never does. */
export function nextFlip(windows: Windows, zone: Zone, at: Instant): Instant {
  const now = windows.open(zone, at);
  const end = Math.max(at, windows.settled) + HORIZON;
  while (at <= end) {
    at = windows.nextBound(zone, at);
    if (windows.open(zone, at) !== now) return at;
  }
  return Infinity;
}
