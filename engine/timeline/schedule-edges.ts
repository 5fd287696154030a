/** When, over a stretch of trusted time, a window or an exception of a schedule begins or ends. */
import { weeklyOf } from '../constraints/index.ts';
import { isObject } from '../own.ts';
import type { Schedule } from '../policy.ts';
import type { Instant } from '../request.ts';
import type { Windows } from '../time/windows.ts';
import { findZone, type Zone } from '../time/zone.ts';
import type { Limit } from './limit.ts';

/**
 * Instants in [from, to] at which the edge lies that the limit is about; none when the zone is not known.
 * A window is looked at by itself: another one beside it may keep the schedule open.
 */
export function scheduleEdges(
  { measured, pointer }: Pick<Limit, 'measured' | 'pointer'>,
  schedule: Schedule,
  device: unknown,
  from: Instant,
  to: Instant,
): readonly Instant[] {
  const zone = zoneOf(schedule, device);
  if (zone === undefined) return [];
  const { windows, except } = schedule;
  const index = indexIn(pointer);
  if (measured === 'exception') {
    const kept = weeklyOf({ windows, except: except.filter((_, other) => other !== index) });
    const all = weeklyOf(schedule);
    return flips((at) => kept.open(zone, at) && !all.open(zone, at), kept, zone, from, to).map(({ at }) => at);
  }
  const weekly = weeklyOf({ windows: windows.filter((_, other) => other === index), except });
  return flips((at) => weekly.open(zone, at), weekly, zone, from, to)
    .filter(({ holds }) => holds === (measured === 'windowStart'))
    .map(({ at }) => at);
}

function zoneOf({ timeZone }: Schedule, device: unknown): Zone | undefined {
  const name =
    timeZone !== 'device' ? timeZone : isObject(device) && 'timeZone' in device ? device.timeZone : undefined;
  return typeof name === 'string' ? findZone(name) : undefined;
}

/** The position in `windows` or `except` that a pointer names. */
function indexIn(pointer: string): number {
  return Number(/\/(?:windows|except)\/(\d+)(?:\/(?:start|end))?$/.exec(pointer)?.[1]);
}

/** Where `holds` changes within [from, to], and what it is from there on; it may change only at the bounds of `weekly`. */
function flips(
  holds: (at: Instant) => boolean,
  weekly: Windows,
  zone: Zone,
  from: Instant,
  to: Instant,
): readonly { readonly at: Instant; readonly holds: boolean }[] {
  const found: { readonly at: Instant; readonly holds: boolean }[] = [];
  let at = from - 1;
  let before = holds(at);
  for (;;) {
    at = weekly.nextBound(zone, at);
    if (at > to) return found;
    const after = holds(at);
    if (after !== before) found.push({ at, holds: after });
    before = after;
  }
}
