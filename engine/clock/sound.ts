/** Tells what can be reckoned with from what storage or a device has garbled. */
import { isInstant, MAX_INSTANT, type Milliseconds } from '../request.ts';
import type { ClockRecord, Reading } from './record.ts';

/** Whether a value is a whole number of milliseconds that may lie between two instants. */
export function isOffset(value: unknown): value is Milliseconds {
  return Number.isInteger(value) && Math.abs(value as number) <= 2 * MAX_INSTANT;
}

/**
 * The reading in whole milliseconds, rounded down (browsers give fractions), or null when one of its
 * members is missing, not a finite number in range, or not text.
 */
export function soundReading(reading: unknown): Reading | null {
  const { wall, mono, boot } = members(reading);
  const whole = { wall: floor(wall), mono: floor(mono), boot };
  return isInstant(whole.wall) && isInstant(whole.mono) && typeof boot === 'string' ? (whole as Reading) : null;
}

/** The record itself when the guard could have written it, else null. */
export function soundRecord(record: unknown): ClockRecord | null {
  const { confirmedAt, wall0, boot0, serverOffset, boot, mono, highWater, proven } = members(record);
  const whole =
    isInstant(confirmedAt) &&
    isInstant(wall0) &&
    isInstant(mono) &&
    isOffset(serverOffset) &&
    typeof boot0 === 'string' &&
    typeof boot === 'string' &&
    isLength(proven) &&
    isLength(highWater) &&
    proven <= highWater &&
    confirmedAt + highWater <= MAX_INSTANT;
  return whole ? (record as ClockRecord) : null;
}

function members(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function isLength(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 0;
}

function floor(value: unknown): unknown {
  return typeof value === 'number' ? Math.floor(value) : value;
}
