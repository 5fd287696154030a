/** Where the time axis has ticks: round wall times in the timeline's zone, whatever its clock changes. */
import { utcTickInterval } from 'd3-time';
import type { Instant, Milliseconds } from 'latchkey';
import type { WallClock } from '../../words/moments.ts';

export interface Tick {
  readonly at: Milliseconds;
  readonly label: string;
  /** A midnight: it names the day. Where days stand close, only they are named. */
  readonly major: boolean;
}

const DAY = 86_400_000;
/** More ticks than this nobody can read, however far the axis is zoomed. */
const MOST = 600;
/** Room for a long label (`Tue 3 Mar`) and a short one (`Tue 3`, `18:00`), in px. */
const LONG = 84;
const SHORT = 48;

/** Ticks over [0, until) on an axis of `width` px, sorted by offset; labels keep clear of each other and of the end. */
export function ticksOf(start: Instant, until: Milliseconds, clock: WallClock, width: number): readonly Tick[] {
  if (until <= 0 || width < SHORT) return [];
  const walls = wallTimes(start + clock.offsetAt(start), start + until + clock.offsetAt(start + until), width / LONG);
  const spacing = (gap(walls, until) / until) * width;
  const dayWidth = (DAY / until) * width;
  // Beside a day's name an hour needs twice the room.
  const hoursNamed = spacing >= (walls.some(isMidnight) ? LONG : SHORT);
  return walls.flatMap((wall): readonly Tick[] => {
    const at = clock.instantOf(wall.getTime());
    if (at < start || at >= start + until) return [];
    const major = isMidnight(wall);
    const left = (1 - (at - start) / until) * width;
    const label = major
      ? dayLabel(at, clock, Math.min(hoursNamed ? spacing : Math.max(spacing, dayWidth), left))
      : hoursNamed && left >= SHORT
        ? clock.minutes(at)
        : '';
    return [{ at: at - start, major, label }];
  });
}

function wallTimes(first: Instant, last: Instant, count: number): readonly Date[] {
  const interval = utcTickInterval(new Date(first), new Date(last), Math.min(Math.max(count, 1), MOST));
  return interval?.range(new Date(first), new Date(last + 1)) ?? [];
}

function gap([first, second]: readonly Date[], whole: Milliseconds): Milliseconds {
  return first === undefined || second === undefined ? whole : second.getTime() - first.getTime();
}

function isMidnight(wall: Date): boolean {
  return wall.getTime() % DAY === 0;
}

function dayLabel(at: Instant, clock: WallClock, room: number): string {
  if (room >= LONG) return clock.date(at);
  return room >= SHORT ? clock.day(at) : '';
}
