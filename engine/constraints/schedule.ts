/** `schedule`: wall-clock windows in one named zone, half-open, counted on the days they start. */
import { deviceOf, recurs } from '../facts.ts';
import { text } from '../own.ts';
import type { Schedule, ScheduleException, ScheduleWindow, Weekday } from '../policy.ts';
import { weeklyWindows, type Exception, type Window, type Windows } from '../time/windows.ts';
import { DAY, findZone } from '../time/zone.ts';
import { testClock } from './clock.ts';
import { unread, type Rule } from './check.ts';
import type { Written } from './written.ts';

const WEEKDAYS: readonly Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

export function normalizeSchedule({ kind, timeZone, windows, except }: Written<Schedule>, path: string): Schedule {
  return { kind, path, timeZone, windows, except: except ?? [] };
}

/** Minutes after midnight of `HH:MM`. */
function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}

function windowOf({ days, start, end }: ScheduleWindow): Window {
  const [from, to] = [minutesOf(start), minutesOf(end)];
  return { days: WEEKDAYS.map((day) => days.includes(day)), start: from, end: to > from ? to : to + 1440 };
}

/** A date by itself is read as UTC, whatever the machine's zone. */
function dayOf(date: string): number {
  return Date.parse(date) / DAY;
}

function exceptionOf(except: ScheduleException): Exception {
  const { from, to } = typeof except === 'string' ? { from: except, to: except } : except;
  return { from: dayOf(from), to: dayOf(to) };
}

/** When a schedule is open, in whatever zone one asks for. */
export function weeklyOf({ windows, except }: Pick<Schedule, 'windows' | 'except'>): Windows {
  return weeklyWindows(windows.map(windowOf), except.map(exceptionOf));
}

export function compileSchedule(schedule: Schedule): Rule {
  const { timeZone } = schedule;
  const weekly = weeklyOf(schedule);
  return {
    test(facts) {
      const code = testClock(facts, false);
      if (code !== undefined) return code;
      const device = deviceOf(facts);
      const name = timeZone === 'device' ? text(device ? device.timeZone : device) : timeZone;
      if (name === undefined || name === null) return unread(name);
      const zone = findZone(name);
      if (zone === undefined) return 'schedule_unresolvable';
      if (facts.watching) recurs(facts, weekly.nextBound(zone, facts.now), weekly.settled);
      return weekly.open(zone, facts.now) ? undefined : 'outside_schedule';
    },
    measure: () => undefined,
  };
}
