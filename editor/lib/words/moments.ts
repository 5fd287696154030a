/** Times as people read them: wall time in a timeline's zone, offsets after its start, lengths in words. */
import type { Instant, Milliseconds } from 'latchkey';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

interface Unit {
  readonly size: Milliseconds;
  readonly short: (count: number) => string;
  readonly spoken: string;
}

const UNITS: readonly Unit[] = [
  { size: DAY, short: (count) => (count === 1 ? '1 day' : `${count} days`), spoken: 'day' },
  { size: HOUR, short: (count) => `${count} h`, spoken: 'hour' },
  { size: MINUTE, short: (count) => `${count} min`, spoken: 'minute' },
  { size: SECOND, short: (count) => `${count} s`, spoken: 'second' },
  { size: 1, short: (count) => `${count} ms`, spoken: 'millisecond' },
];

/** Three days and less are told in hours, as policies write them: `48 h`, not `2 days`. */
const HOURS_UP_TO = 3 * DAY;

/** To what a length is rounded: from an hour on to minutes, from a minute on to seconds, below not at all. */
function rounded(length: Milliseconds): Milliseconds {
  const step = length >= HOUR ? MINUTE : length >= MINUTE ? SECOND : 1;
  return Math.round(length / step) * step;
}

/** The two largest units of a length. */
function parts(length: Milliseconds): readonly (readonly [number, Unit])[] {
  let rest = rounded(Math.abs(length));
  const units = rest < HOURS_UP_TO ? UNITS.slice(1) : UNITS;
  const found: [number, Unit][] = [];
  for (const unit of units) {
    const count = Math.floor(rest / unit.size);
    rest -= count * unit.size;
    if (count > 0) found.push([count, unit]);
    else if (found.length > 0) break;
    if (found.length === 2) break;
  }
  return found;
}

/** A length in at most two units: `34 h`, `6 days 4 h`, `1 ms`. Negative lengths lose their sign. */
export function lengthText(length: Milliseconds): string {
  const found = parts(length);
  return found.length === 0 ? '0 s' : found.map(([count, unit]) => unit.short(count)).join(' ');
}

/** A length in full words, for speech: `34 hours`, `6 days 4 hours`. */
export function spokenLength(length: Milliseconds): string {
  const found = parts(length);
  if (found.length === 0) return '0 seconds';
  return found.map(([count, { spoken }]) => `${count} ${spoken}${count === 1 ? '' : 's'}`).join(' ');
}

/** An offset as timeline documents write it, from the largest unit down: `+1d10h`, `+45m`, `+0s`. */
export function offsetText(offset: Milliseconds): string {
  const names = ['d', 'h', 'm', 's', 'ms'];
  let rest = offset;
  const text = UNITS.map(({ size }, index) => {
    const count = Math.floor(rest / size);
    rest -= count * size;
    return count > 0 ? `${count}${names[index]}` : '';
  }).join('');
  return `+${text === '' ? '0s' : text}`;
}

interface Formats {
  readonly date: Intl.DateTimeFormat;
  readonly day: Intl.DateTimeFormat;
  readonly time: Intl.DateTimeFormat;
  readonly weekday: Intl.DateTimeFormat;
  readonly numbers: Intl.DateTimeFormat;
}

function formatsOf(timeZone: string): Formats {
  const locale = 'en-GB';
  const clock = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone } as const;
  return {
    date: new Intl.DateTimeFormat(locale, { weekday: 'short', day: 'numeric', month: 'short', timeZone }),
    day: new Intl.DateTimeFormat(locale, { weekday: 'short', day: 'numeric', timeZone }),
    time: new Intl.DateTimeFormat(locale, clock),
    weekday: new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone }),
    numbers: new Intl.DateTimeFormat('en-US', {
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
      hourCycle: 'h23',
      timeZone,
    }),
  };
}

/** How many moments a wall clock remembers. */
const MOST_KEPT = 4096;

/** Wall time in one zone. An unknown zone reads as UTC, so that nothing is ever shown without a zone. */
export class WallClock {
  readonly timeZone: string;
  readonly #formats: Formats;
  /** Lanes share most of their edges, and `Intl` is slow. */
  readonly #moments = new Map<Instant, string>();

  constructor(timeZone: string | undefined) {
    let formats = formatsOf('UTC');
    let name = 'UTC';
    try {
      if (timeZone !== undefined) {
        formats = formatsOf(timeZone);
        name = timeZone;
      }
    } catch {
      // A zone this browser does not know: the timeline still has to be readable.
    }
    this.timeZone = name;
    this.#formats = formats;
  }

  /** `Tue 3 Mar`. */
  date(at: Instant): string {
    return this.#formats.date.format(at).replace(',', '');
  }

  /** `Tue 3`. */
  day(at: Instant): string {
    return this.#formats.day.format(at).replace(',', '');
  }

  /** `18:00`, rounded down to the minute. */
  minutes(at: Instant): string {
    return this.#formats.time.format(at);
  }

  /** What `minutes` leaves out: `:07`, `:00.001`, or nothing at a whole minute. */
  seconds(at: Instant): string {
    const rest = ((at % MINUTE) + MINUTE) % MINUTE;
    if (rest === 0) return '';
    const milliseconds = rest % SECOND;
    const tail = milliseconds === 0 ? '' : `.${String(milliseconds).padStart(3, '0')}`;
    return `:${String(Math.floor(rest / SECOND)).padStart(2, '0')}${tail}`;
  }

  /** `18:00`; seconds only when there are some, the millisecond after an inclusive limit left out. */
  time(at: Instant): string {
    const whole = at - (((at % SECOND) + SECOND) % SECOND);
    return this.minutes(at) + this.seconds(whole);
  }

  /** `Tue 3 Mar, 18:00`, to the second. */
  moment(at: Instant): string {
    const known = this.#moments.get(at);
    if (known !== undefined) return known;
    if (this.#moments.size >= MOST_KEPT) this.#moments.clear();
    const text = `${this.date(at)}, ${this.time(at)}`;
    this.#moments.set(at, text);
    return text;
  }

  /** `Tuesday 18:00`, to the second. */
  spoken(at: Instant): string {
    return `${this.#formats.weekday.format(at)} ${this.time(at)}`;
  }

  /** What to add to an instant to read wall time off it as if it were UTC. */
  offsetAt(at: Instant): Milliseconds {
    const read = new Map(this.#formats.numbers.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
    const part = (name: Intl.DateTimeFormatPartTypes): number => read.get(name) ?? 0;
    const wall = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
    return wall - Math.floor(at / SECOND) * SECOND;
  }

  /** The instant at which this zone shows the wall time `wall` (an instant read as UTC); skipped times move ahead. */
  instantOf(wall: Instant): Instant {
    const guess = wall - this.offsetAt(wall);
    return wall - this.offsetAt(guess);
  }
}
