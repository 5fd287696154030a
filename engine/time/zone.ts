/** Wall-clock offsets of IANA zones, from Intl alone, kept in tables so that a decision calls Intl only on new ground. */
import { MAX_INSTANT, type Instant, type Milliseconds } from '../request.ts';

const SECOND = 1000;
export const DAY: Milliseconds = 86_400_000;
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

/** Wall time minus UTC at an instant, in one zone. */
export type Zone = (at: Instant) => Milliseconds;

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
  // Tables reach past the last instant, Intl does not.
  const text = format.format(Math.max(-MAX_INSTANT, Math.min(at, MAX_INSTANT)));
  const [, sign, hours, minutes, seconds] = /([+-])(\d+):(\d+):?(\d*)$/.exec(text) ?? [];
  const length = (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * 60 + Number(seconds ?? 0);
  return (sign === '-' ? -length : length) * SECOND;
}

/** The first instant in (low, high] with the offset that holds at `high`; offsets change at most once between them. */
export function firstAlike(zone: Zone, low: Instant, high: Instant): Instant {
  const offset = zone(high);
  while (high - low > 1) {
    const middle = low + Math.floor((high - low) / 2);
    if (zone(middle) === offset) high = middle;
    else low = middle;
  }
  return high;
}

/** Learns a block by looking once a day: no zone has changed its offset twice within one. */
function learn(read: Zone, index: number): Block {
  const start = index * BLOCK;
  const stretches: Stretch[] = [{ from: start, offset: read(start) }];
  for (let day = 1; day <= BLOCK_DAYS; day++) {
    const at = start + day * DAY;
    const offset = read(at);
    if (offset !== stretches.at(-1)?.offset) stretches.push({ from: firstAlike(read, at - DAY, at), offset });
  }
  return stretches;
}

function remembering(read: Zone): Zone {
  const blocks = new Map<number, Block>();
  return (at) => {
    const index = Math.floor(at / BLOCK);
    let block = blocks.get(index);
    if (block === undefined) blocks.set(index, (block = learn(read, index)));
    let offset = 0;
    for (const stretch of block) if (at >= stretch.from) offset = stretch.offset;
    return offset;
  };
}

const zones = new Map<string, Zone | undefined>();

/** The zone of that IANA name (links included), or undefined when this machine does not know it. */
export function findZone(name: string): Zone | undefined {
  if (!zones.has(name)) {
    const format = formatter(name);
    zones.set(name, format && remembering((at) => measure(format, at)));
  }
  return zones.get(name);
}

/** Whether this machine knows the IANA zone of that name. */
export function isZone(name: string): boolean {
  return findZone(name) !== undefined;
}
