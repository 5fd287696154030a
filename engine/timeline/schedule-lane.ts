/** Whether the windows of a policy's schedules are open: the lane that explains why a capability opens by the clock. */
import { weeklyOf } from '../constraints/index.ts';
import { deviceOf, recurs, type Facts } from '../facts.ts';
import { text } from '../own.ts';
import type { Constraint, Policy, Schedule } from '../policy.ts';
import type { Windows } from '../time/windows.ts';
import { findZone } from '../time/zone.ts';

interface Hours {
  readonly timeZone: string;
  readonly weekly: Windows;
}

const KNOWN = new WeakMap<Policy, readonly Hours[]>();

/**
 * `open` or `closed` for the one schedule of a policy, `1 of 2 open` where it has several, `unknown` where no zone is known
 * to go by, `none` where it has no schedule. Says what the windows say: whether the clock is believed is another lane.
 */
export function scheduleState(policy: Policy, facts: Facts): string {
  const all = hoursOf(policy);
  if (all.length === 0) return 'none';
  const states = all.map((hours) => stateOf(hours, facts));
  const open = states.filter((state) => state === 'open').length;
  if (states.length > 1) return `${String(open)} of ${String(states.length)} open`;
  return states[0] ?? 'none';
}

function stateOf({ timeZone, weekly }: Hours, facts: Facts): 'open' | 'closed' | 'unknown' {
  const device = deviceOf(facts);
  const name = timeZone === 'device' ? text(device ? device.timeZone : device) : timeZone;
  const zone = typeof name === 'string' ? findZone(name) : undefined;
  if (zone === undefined) return 'unknown';
  recurs(facts, weekly.nextBound(zone, facts.now), weekly.settled);
  return weekly.open(zone, facts.now) ? 'open' : 'closed';
}

/** Every schedule once, however many capabilities stand under it. */
function hoursOf(policy: Policy): readonly Hours[] {
  const known = KNOWN.get(policy) ?? distinct(schedulesIn(policy));
  KNOWN.set(policy, known);
  return known;
}

function distinct(schedules: readonly Schedule[]): readonly Hours[] {
  const found = new Map(
    schedules.map((schedule) => {
      const { timeZone, windows, except } = schedule;
      return [JSON.stringify([timeZone, windows, except]), { timeZone, weekly: weeklyOf(schedule) }];
    }),
  );
  return [...found.values()];
}

function schedulesIn({ guards, sensitivity, tiers, capabilities }: Policy): readonly Schedule[] {
  const written = [
    ...guards,
    ...Object.values(sensitivity).flat(),
    ...tiers.flatMap(({ require }) => require),
    ...capabilities.flatMap(({ require }) => require),
  ];
  return written.flatMap(schedules);
}

function schedules(constraint: Constraint): readonly Schedule[] {
  if (constraint.kind === 'allOf' || constraint.kind === 'anyOf') return constraint.of.flatMap(schedules);
  return constraint.kind === 'schedule' ? [constraint] : [];
}
