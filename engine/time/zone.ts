/** Wall-clock offsets of IANA zones, from Intl alone, kept in tables so that a decision calls Intl only on new ground. */
import type { Instant, Milliseconds } from '../request.ts';

const SECOND = 1000;
const DAY = 86_400_000;
/** Days whose offsets are learned at once. */
const BLOCK_DAYS = 16;
const BLOCK = BLOCK_DAYS * DAY;

/** From `from` on, until the next stretch, wall time is UTC + `offset`. */
interface Stretch {
  readonly from: Instant;
  readonly offset: Milliseconds;
}

/** The offsets of one block, oldest first; the first stretch begins with the block. */
type Block = readonly Stretch[];

export interface Zone {
  /** Wall time minus UTC at an instant. */
  offsetAt(at: Instant): Milliseconds;
  /** The first instant after `at` and not after `end` from which another offset holds. */
  nextShift(at: Instant, end: Instant): Instant | undefined;
}

function formatter(name: string): Intl.DateTimeFormat | undefined {
  // Intl takes offsets like +01:00 too; a policy names places, whose rules follow the law of the land.
  if (!/^[A-Za-z]/.test(name)) return undefined;
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: name, timeZoneName: 'longOffset' });
  } catch {
    return undefined;
  }
}

/** Reads the offset off a text that ends in `GMT`, `GMT+05:45` or `GMT-00:01:15`. */
function measure(format: Intl.DateTimeFormat, at: Instant): Milliseconds {
  const [, sign, hours, minutes, seconds] = /([+-])(\d+):(\d+):?(\d*)$/.exec(format.format(at)) ?? [];
  const length = (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * 60 + Number(seconds ?? 0);
  return (sign === '-' ? -length : length) * SECOND;
}

/** The first instant in (low, high] with the offset that holds at `high`; offsets change once between them. */
function shiftBetween(format: Intl.DateTimeFormat, low: Instant, high: Instant, offset: Milliseconds): Instant {
  while (high - low > 1) {
    const middle = low + Math.floor((high - low) / 2);
    if (measure(format, middle) === offset) high = middle;
    else low = middle;
  }
  return high;
}

/** Learns a block by looking once a day: no zone has changed its offset twice within one. */
function learn(format: Intl.DateTimeFormat, index: number): Block {
  const start = index * BLOCK;
  const stretches: Stretch[] = [{ from: start, offset: measure(format, start) }];
  let offset = stretches[0]?.offset ?? 0;
  for (let day = 1; day <= BLOCK_DAYS; day++) {
    const at = start + day * DAY - (day === BLOCK_DAYS ? 1 : 0);
    const seen = measure(format, at);
    if (seen !== offset)
      stretches.push({ from: shiftBetween(format, start + (day - 1) * DAY, at, seen), offset: seen });
    offset = seen;
  }
  return stretches;
}

function zoneOf(format: Intl.DateTimeFormat): Zone {
  const blocks = new Map<number, Block>();
  const blockAt = (index: number): Block => {
    const known = blocks.get(index);
    if (known !== undefined) return known;
    const learned = learn(format, index);
    blocks.set(index, learned);
    return learned;
  };
  const offsetAt = (at: Instant): Milliseconds => {
    const block = blockAt(Math.floor(at / BLOCK));
    let offset = block[0]?.offset ?? 0;
    for (let i = 1; i < block.length; i++) if (at >= (block[i]?.from ?? Infinity)) offset = block[i]?.offset ?? offset;
    return offset;
  };
  return {
    offsetAt,
    nextShift(at, end) {
      let offset = offsetAt(at);
      for (let index = Math.floor(at / BLOCK); index * BLOCK <= end; index++)
        for (const stretch of blockAt(index)) {
          if (stretch.from <= at) continue;
          if (stretch.from > end) return undefined;
          if (stretch.offset !== offset) return stretch.from;
          offset = stretch.offset;
        }
      return undefined;
    },
  };
}

const zones = new Map<string, Zone | undefined>();

/** The zone of that IANA name (links included), or undefined when this machine does not know it. */
export function findZone(name: string): Zone | undefined {
  if (!zones.has(name)) {
    const format = formatter(name);
    zones.set(name, format && zoneOf(format));
  }
  return zones.get(name);
}

/** Whether this machine knows the IANA zone of that name. */
export function isZone(name: string): boolean {
  return findZone(name) !== undefined;
}
