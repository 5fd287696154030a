/** The one place trusted time comes from. */
import { MAX_INSTANT, type ClockState, type Instant, type Milliseconds } from '../request.ts';
import type { ClockReading, ClockRecord, Reading } from './record.ts';
import { soundReading, soundRecord } from './sound.ts';

/**
 * Trusted time at a reading of the device, with the record to store in place of the old one. Time
 * never runs back between two confirmations. Never throws: without a whole record `now` is the wall
 * clock (NaN when that is unusable too), and an unusable reading leaves time where it last stood.
 */
export function readClock(
  record: ClockRecord | null | undefined,
  reading: Reading,
  tolerance: Milliseconds,
): ClockReading {
  const kept = soundRecord(record);
  const seen = soundReading(reading);
  if (kept === null) return { record: null, now: wallOf(reading), state: 'untrusted' };
  if (seen === null) return { record: kept, now: kept.confirmedAt + kept.highWater, state: 'untrusted' };
  const next = advance(kept, seen);
  return {
    record: next,
    now: next.confirmedAt + next.highWater,
    state: stateOf(next, seen, slack(tolerance)),
    provenNow: next.confirmedAt + next.proven,
  };
}

function advance(record: ClockRecord, reading: Reading): ClockRecord {
  const step = reading.boot === record.boot ? Math.max(0, reading.mono - record.mono) : 0;
  // INVARIANT: proven ≤ highWater, and neither carries time past the last instant, so a record that was
  // sound stays sound and time cannot fall back to the wall clock.
  const room = MAX_INSTANT - record.confirmedAt;
  const elapsed = Math.max(0, reading.wall - record.wall0, record.highWater + step);
  const { confirmedAt, wall0, boot0, serverOffset } = record;
  const highWater = Math.min(room, elapsed);
  const proven = Math.min(room, record.proven + step);
  return { confirmedAt, wall0, boot0, serverOffset, boot: reading.boot, mono: reading.mono, highWater, proven };
}

function stateOf(record: ClockRecord, reading: Reading, tolerance: Milliseconds): ClockState {
  const wallDelta = reading.wall - record.wall0;
  if (wallDelta < record.highWater - tolerance) return 'rolled_back';
  if (reading.boot !== record.boot0) return 'unproven_reboot';
  if (wallDelta > record.proven + tolerance) return 'unproven_forward';
  return 'ok';
}

/** A tolerance that is no length of time tolerates nothing. */
function slack(tolerance: Milliseconds): Milliseconds {
  return Number.isFinite(tolerance) && tolerance > 0 ? tolerance : 0;
}

/** The wall clock may be all there is, even when the rest of the reading is unusable. */
function wallOf(reading: Reading): Instant {
  const wall: unknown = (reading as Partial<Reading> | null | undefined)?.wall;
  return soundReading({ wall, mono: 0, boot: '' })?.wall ?? Number.NaN;
}
