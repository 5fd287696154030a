/** Schedules: zones that exist, windows that open, and the device’s own zone only where little is at stake. */
import { quote, type Problem } from '../problem.ts';
import { didYouMean } from '../suggest.ts';
import { isZone } from '../time/zone.ts';
import { zoneNames } from '../time/zone-names.ts';
import type { PlacedConstraint } from './constraints.ts';
import { itemsOf, memberOf, type Written } from './written.ts';

const DEVICE = 'device';

/** Zones that no place has. */
export function unknownZone(constraint: PlacedConstraint): readonly Problem[] {
  const { value, pointer } = memberOf(constraint, 'timeZone');
  if (constraint.kind !== 'schedule' || typeof value !== 'string' || value === DEVICE || isZone(value)) return [];
  const offset = /^(?:UTC|GMT)?\s*[+-]?\d/i.test(value);
  const message = offset
    ? `${quote(value)} is an offset, which does not follow the clocks of any place`
    : `${quote(value)} is not a time zone`;
  const meant = offset ? undefined : zoneMeant(value);
  return [
    { code: 'unknown_zone', pointer, message, help: meant ?? 'write the name of a time zone, such as `Europe/Berlin`' },
  ];
}

/** The zone of a slip of the pen, or of a city by itself. */
function zoneMeant(value: string): string | undefined {
  const zones = zoneNames();
  const city = zones.find((zone) => zone.toLowerCase().endsWith(`/${value.trim().toLowerCase().replaceAll(' ', '_')}`));
  return city === undefined ? didYouMean(value, [DEVICE, ...zones]) : `did you mean \`${city}\`?`;
}

/** Windows that end when they start. */
export function emptyWindows(constraint: PlacedConstraint): readonly Problem[] {
  if (constraint.kind !== 'schedule') return [];
  return itemsOf(memberOf(constraint, 'windows')).flatMap((window): readonly Problem[] => {
    const start = memberOf(window, 'start').value;
    if (typeof start !== 'string' || !/^\d\d:\d\d$/.test(start) || start !== memberOf(window, 'end').value) return [];
    const message = `the window starts and ends at ${quote(start)}, so it would never open`;
    const help = 'for a whole day write `00:00` to `24:00`';
    return [{ code: 'empty_window', pointer: window.pointer, message, help }];
  });
}

/** The device’s zone, which the person can change, on more than reads in public and internal tiers. */
export function deviceZone(constraint: PlacedConstraint): readonly Problem[] {
  const { value, pointer } = memberOf(constraint, 'timeZone');
  if (constraint.kind !== 'schedule' || value !== DEVICE) return [];
  const what = constraint.tiers.flatMap(sensitiveTier).at(0) ?? constraint.capabilities.flatMap(isWrite).at(0);
  if (what === undefined) return [];
  const message = `the device’s own zone is for reads in public and internal tiers, and this applies to ${what}`;
  const help = 'name the zone, such as `Europe/Berlin`: people can change that of their device';
  return [{ code: 'device_zone_not_allowed', pointer, message, help }];
}

function isWrite(capability: Written): readonly string[] {
  if (memberOf(capability, 'access').value !== 'write') return [];
  return [`${quote(String(memberOf(capability, 'id').value))}, which is a write`];
}

/** Absent counts as `restricted`; a word that is unknown is another mistake. */
function sensitiveTier(tier: Written): readonly string[] {
  const level = memberOf(tier, 'sensitivity').value ?? 'restricted';
  if (level !== 'confidential' && level !== 'restricted') return [];
  return [`the tier ${quote(String(memberOf(tier, 'id').value))}, which is ${quote(level)}`];
}
