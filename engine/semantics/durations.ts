/** Durations that are written well and are too long. */
import type { Milliseconds } from '../request.ts';
import { quote, type Problem } from '../problem.ts';
import { LONGEST_DURATION, parseDuration } from '../time/duration.ts';
import type { PlacedConstraint } from './constraints.ts';
import { itemsOf, memberOf, type Written } from './written.ts';

/** The members of each kind that hold a duration. */
const MEMBERS: ReadonlyMap<unknown, readonly string[]> = new Map([
  ['maxAge', ['limit']],
  ['stepUp', ['maxAge', 'maxIdle', 'acceptDeviceUnlock']],
  ['grant', ['maxAge']],
]);

/** Unlocking the device proves little, and soon nothing. */
const LONGEST_UNLOCK: Milliseconds = 5 * 60_000;

/** Durations outside the constraints. */
export function documentDurations(document: Written): readonly Problem[] {
  const clock = memberOf(document, 'clock');
  const triggers = itemsOf(memberOf(memberOf(document, 'wipe'), 'when'));
  return [
    memberOf(clock, 'tolerance'),
    memberOf(clock, 'expiryMargin'),
    ...itemsOf(memberOf(document, 'warn')).map((warn) => memberOf(warn, 'after')),
    ...triggers.map((trigger) => memberOf(trigger, 'maxAge')),
  ].flatMap(tooLong);
}

/** Durations of one constraint. */
export function constraintDurations(constraint: PlacedConstraint): readonly Problem[] {
  return (MEMBERS.get(constraint.kind) ?? []).flatMap((key) => {
    const written = memberOf(constraint, key);
    return key === 'acceptDeviceUnlock' ? unlockTooLong(written) : tooLong(written);
  });
}

function lengthOf({ value }: Written): Milliseconds {
  return typeof value === 'string' ? (parseDuration(value) ?? 0) : 0;
}

function tooLong(written: Written): readonly Problem[] {
  if (lengthOf(written) <= LONGEST_DURATION) return [];
  const message = `${quote(String(written.value))} is longer than \`3650d\``;
  return [{ code: 'cap_exceeded', pointer: written.pointer, message, help: 'write at most `3650d`' }];
}

function unlockTooLong(written: Written): readonly Problem[] {
  if (lengthOf(written) <= LONGEST_UNLOCK) return [];
  const message = `${quote(String(written.value))} is longer than \`5m\`, the longest that unlocking the device may stand in for a proof`;
  return [{ code: 'out_of_range', pointer: written.pointer, message, help: 'write at most `5m`' }];
}
