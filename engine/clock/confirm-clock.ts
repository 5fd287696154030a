/** What the server's word does to the clock. */
import { isInstant, type Instant, type Milliseconds } from '../request.ts';
import type { ClockRecord, Reading } from './record.ts';
import { isOffset, soundReading } from './sound.ts';

/** The furthest an unverified time may move the server offset in one confirmation: five minutes. */
const LARGEST_UNVERIFIED_MOVE: Milliseconds = 300_000;

/** What an answer says about the server's time, seen when the wall clock showed `wall`. */
export interface ServerTime {
  /** `iat` of a token whose signature was checked. */
  readonly verifiedIat?: Instant;
  /** `Date` header of the issuer's own uncached answer. */
  readonly dateHeader?: Instant;
  readonly wall: Instant;
}

/**
 * The server offset (server time minus wall time) after an answer: a verified `iat` sets it, a `Date`
 * header moves it by at most five minutes, anything unusable leaves it alone.
 */
export function learnOffset(current: Milliseconds, seen: ServerTime): Milliseconds {
  const offset = isOffset(current) ? current : 0;
  if (!isInstant(seen.wall)) return offset;
  if (isInstant(seen.verifiedIat)) return seen.verifiedIat - seen.wall;
  if (!isInstant(seen.dateHeader)) return offset;
  const move = seen.dateHeader - seen.wall - offset;
  return offset + Math.max(-LARGEST_UNVERIFIED_MOVE, Math.min(LARGEST_UNVERIFIED_MOVE, move));
}

/**
 * A record that counts from a confirmation by the server. `confirmedAt` is its verified time and sets
 * the offset; absent or unusable, server time is the wall clock plus `serverOffset`. Null when the
 * reading is unusable: a time that cannot be measured on from confirms nothing.
 */
export function confirmClock(
  reading: Reading,
  confirmedAt: Instant | undefined,
  serverOffset: Milliseconds,
): ClockRecord | null {
  const seen = soundReading(reading);
  if (seen === null) return null;
  const { wall, mono, boot } = seen;
  const known = isInstant(confirmedAt) ? { verifiedIat: confirmedAt, wall } : { wall };
  const offset = learnOffset(serverOffset, known);
  const serverTime = wall + offset;
  if (!isInstant(serverTime)) return null;
  return {
    confirmedAt: serverTime,
    wall0: wall,
    boot0: boot,
    serverOffset: offset,
    boot,
    mono,
    highWater: 0,
    proven: 0,
  };
}
