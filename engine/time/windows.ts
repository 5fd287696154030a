/** Weekly windows of wall-clock time in one zone: is it open, and when does that change? */
import type { Instant, Milliseconds } from '../request.ts';
import type { Zone } from './zone.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;
/** 1970-01-01 was a Thursday; Monday is 0. */
const EPOCH_WEEKDAY = 3;
/** Within this time weekly windows and yearly clock changes have shown all they do. */
export const HORIZON: Milliseconds = 400 * DAY;

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
  /** The first instant after `at` at which `open` answers otherwise; Infinity when it never does. */
  nextFlip(zone: Zone, at: Instant): Instant;
}

function startsOn(day: number, window: Window, except: readonly Exception[]): boolean {
  const weekday = (((day + EPOCH_WEEKDAY) % 7) + 7) % 7;
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
  const open = (zone: Zone, at: Instant): boolean => openAtWall(at + zone.offsetAt(at));
  // Wall minutes of a day at which a window may begin or end.
  const bounds = [...new Set(windows.flatMap(({ start, end }) => [0, start, end % 1440, 1440]))].sort((a, b) => a - b);
  // Two days past the last date cover a tail after midnight and any zone's distance from UTC.
  const settled = except.reduce((latest, each) => Math.max(latest, (each.to + 3) * DAY), -Infinity);

  /** The first wall-clock bound after `at` while the offset stays. */
  const nextBound = (wall: Milliseconds): Milliseconds => {
    const midnight = Math.floor(wall / DAY) * DAY;
    const bound = bounds.find((minute) => midnight + minute * MINUTE > wall) ?? 1440;
    return midnight + bound * MINUTE;
  };

  return {
    settled,
    open,
    nextFlip(zone, at) {
      const now = open(zone, at);
      const end = Math.max(at, settled) + HORIZON;
      while (at <= end) {
        const offset = zone.offsetAt(at);
        const bound = nextBound(at + offset) - offset;
        at = zone.nextShift(at, bound) ?? bound;
        if (open(zone, at) !== now) return at;
      }
      return Infinity;
    },
  };
}
