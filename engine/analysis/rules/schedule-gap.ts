/** Windows that lie wholly in an hour which the clocks skip, so that they never open on that day. */
import { weeklyOf } from '../../constraints/index.ts';
import { nextFlip } from '../../time/windows.ts';
import type { Schedule, ScheduleWindow } from '../../policy.ts';
import { quote } from '../../problem.ts';
import type { Instant, Milliseconds } from '../../request.ts';
import { findZone, firstAlike, type Zone } from '../../time/zone.ts';
import type { Rule, Suspicion } from '../finding.ts';

const DAY: Milliseconds = 86_400_000;
/** A year and a month: every yearly change of clocks comes up once. */
const AHEAD = 396;

export const scheduleGap: Rule = ({ conjunctions, today }) => {
  const from = Date.parse(`${today}T00:00:00Z`);
  const schedules = conjunctions.flatMap(({ own }) => own.filter((each) => each.kind === 'schedule'));
  const zones = new Map<string, readonly Gap[]>();
  return schedules.flatMap((schedule) => {
    const gaps = zones.get(schedule.timeZone) ?? gapsOf(findZone(schedule.timeZone), from);
    zones.set(schedule.timeZone, gaps);
    return schedule.windows.flatMap((window, index): readonly Suspicion[] => {
      const gap = gaps.find((each) => swallows(each, { ...schedule, windows: [window] }));
      return gap === undefined ? [] : [suspicion(schedule, window, index, gap)];
    });
  });
};

/** Wall-clock times that no instant has, as milliseconds: from the first one skipped to the first one that is not. */
interface Gap {
  readonly from: Milliseconds;
  readonly to: Milliseconds;
}

/** None in a zone that is not known, such as that of the device. */
function gapsOf(zone: Zone | undefined, from: Instant): readonly Gap[] {
  if (zone === undefined) return [];
  const days = Array.from({ length: AHEAD }, (_, day) => from + day * DAY);
  return days.flatMap((day): readonly Gap[] => {
    const [before, after] = [zone(day), zone(day + DAY)];
    if (after <= before) return [];
    const shift = firstAlike(zone, day, day + DAY);
    return [{ from: shift + before, to: shift + after }];
  });
}

/** A place whose clocks show UTC, so that its instants are wall-clock times. */
const wall: Zone = () => 0;

/** Whether a stretch of these windows opens and closes inside the gap. */
function swallows({ from, to }: Gap, schedule: Schedule): boolean {
  const windows = weeklyOf(schedule);
  let at = windows.open(wall, from - 1) ? nextFlip(windows, wall, from - 1) : from - 1;
  while (at < to) {
    const opens = nextFlip(windows, wall, at);
    const closes = nextFlip(windows, wall, opens);
    if (closes <= to) return true;
    at = closes;
  }
  return false;
}

function suspicion({ path, timeZone }: Schedule, { start, end }: ScheduleWindow, index: number, gap: Gap): Suspicion {
  const date = new Date(gap.from).toISOString().slice(0, 10);
  return {
    code: 'schedule_gap',
    pointer: `${path}/windows/${index}`,
    message: `the window from ${quote(start)} to ${quote(end)} does not open on ${date}, when clocks in ${quote(timeZone)} skip these minutes`,
    help: 'begin earlier or end later, or accept that it stays closed on that day',
  };
}
