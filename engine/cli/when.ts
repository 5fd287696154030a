/** Instants as wall-clock time in a zone, and round places on a time axis. */
import type { Instant, Milliseconds } from '../request.ts';

/** Milliseconds of a day by the clock's own count: 24 hours. */
export const DAY: Milliseconds = 86_400_000;

export interface Wall {
  /** `Mon 2 Mar` */
  readonly date: string;
  /** `08:00`, with seconds and milliseconds only where they are not zero. */
  readonly time: string;
  readonly year: string;
}

/** Reads instants as wall-clock time in an IANA zone; a zone this machine does not know reads as UTC. */
export class Calendar {
  readonly zone: string;
  readonly #format: Intl.DateTimeFormat;

  constructor(zone = 'UTC') {
    const format = formatIn(zone);
    this.zone = format === undefined ? 'UTC' : zone;
    this.#format = format ?? new Intl.DateTimeFormat('en-US', { ...FIELDS, timeZone: 'UTC' });
  }

  /** The wall-clock reading of an instant. */
  at(instant: Instant): Wall {
    const parts = new Map(this.#format.formatToParts(instant).map(({ type, value }) => [type, value]));
    const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? '';
    const fraction = part('fractionalSecond');
    const seconds = part('second') === '00' && fraction === '000' ? '' : `:${part('second')}`;
    return {
      date: `${part('weekday')} ${part('day')} ${part('month')}`,
      time: `${part('hour')}:${part('minute')}${seconds}${fraction === '000' ? '' : `.${fraction}`}`,
      year: part('year'),
    };
  }

  /** Date and time in one: `Mon 2 Mar 08:00`. */
  read(instant: Instant): string {
    const { date, time } = this.at(instant);
    return `${date} ${time}`;
  }
}

const FIELDS: Intl.DateTimeFormatOptions = {
  calendar: 'gregory',
  numberingSystem: 'latn',
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  fractionalSecondDigits: 3,
  hourCycle: 'h23',
};

const STEPS: readonly Milliseconds[] = [
  1, 10, 100, 1000, 5000, 15_000, 60_000, 300_000, 900_000, 1_800_000, 3_600_000, 7_200_000, 10_800_000, 21_600_000,
  43_200_000, 86_400_000, 172_800_000, 604_800_000, 1_209_600_000, 2_592_000_000, 7_776_000_000, 31_536_000_000,
];

/** Round offsets from 0 up to and excluding `until`, at least `until / most` apart. */
export function ticksOf(until: Milliseconds, most: number): readonly Milliseconds[] {
  const longest = STEPS.at(-1) ?? 1;
  const step = STEPS.find((size) => until / size <= most) ?? longest * Math.ceil(until / longest / most);
  return Array.from({ length: Math.ceil(until / step) }, (_, index) => index * step);
}

/** A length of time good enough to say in passing: whole days, hours, minutes or seconds where it has many. */
export function roughly(time: Milliseconds): Milliseconds {
  const unit = [DAY, DAY / 24, 60_000, 1000].find((size) => time >= 20 * size) ?? 1;
  return Math.round(time / unit) * unit;
}

function formatIn(timeZone: string): Intl.DateTimeFormat | undefined {
  try {
    return new Intl.DateTimeFormat('en-US', { ...FIELDS, timeZone });
  } catch {
    return undefined;
  }
}
