/** When a preset begins: at an hour at which people may work, shortly before the first holiday if there is one. */
import { weeklyOf } from '../../constraints/index.ts';
import type { Policy, Schedule } from '../../policy.ts';
import type { Instant } from '../../request.ts';
import { findZone } from '../../time/zone.ts';
import { constraintsOf } from './cast.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** A Monday, eight o'clock in Berlin; presets must not depend on when they are made. */
const USUAL: Instant = Date.parse('2026-03-02T07:00:00Z');

/** The first hour at which most schedules are open, of the usual week or of the one that ends before the first holiday. */
export function openingOf(policy: Policy, deviceZone: string): Instant {
  const schedules = constraintsOf(policy).filter((each) => each.kind === 'schedule');
  const open = (at: Instant): number => schedules.filter((each) => isOpen(each, deviceZone, at)).length;
  const holidays = schedules.flatMap(({ except }) =>
    except.map((each) => Date.parse(typeof each === 'string' ? each : each.from)),
  );
  const first = holidays.length === 0 ? USUAL : Math.min(...holidays) - 8 * DAY + 7 * HOUR;
  const hours = Array.from({ length: 7 * 24 }, (_, hour) => first + hour * HOUR);
  return hours.reduce((best, at) => (open(at) > open(best) ? at : best));
}

function isOpen(schedule: Schedule, deviceZone: string, at: Instant): boolean {
  const zone = findZone(schedule.timeZone === 'device' ? deviceZone : schedule.timeZone);
  return zone !== undefined && weeklyOf(schedule).open(zone, at);
}
