import {
  confirmClock,
  learnOffset,
  readClock,
  type ClockReading,
  type ClockRecord,
  type Reading,
} from 'latchkey/clock';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

const T0 = 1_772_000_000_000;
const DAY = 86_400_000;
const TOLERANCE = 300_000;

const instant = fc.oneof(
  fc.integer({ min: T0 - 40 * DAY, max: T0 + 40 * DAY }),
  fc.maxSafeInteger().filter((value) => Math.abs(value) <= 8.64e15),
);
const mono = fc.oneof(fc.integer({ min: 0, max: 40 * DAY }), fc.double({ min: 0, max: 40 * DAY, noNaN: true }));
const reading: fc.Arbitrary<Reading> = fc.record({ wall: instant, mono, boot: fc.constantFrom('a', 'b', 'c') });

/** A step is a look at the device, and sometimes the server's word at that moment. */
const steps = fc.array(fc.record({ reading, confirmedAt: fc.option(instant, { nil: undefined, freq: 6 }) }), {
  minLength: 1,
  maxLength: 30,
});

/** Garbage of the shapes that storage gives back: members missing, of another type, not finite. */
const spoilt = (whole: object): fc.Arbitrary<unknown> =>
  fc.oneof(
    fc.anything(),
    fc
      .record({
        key: fc.constantFrom(...Object.keys(whole)),
        value: fc.oneof(fc.constantFrom(Number.NaN, Infinity, -Infinity, 1e300, null, undefined), fc.string()),
      })
      .filter(({ key, value }) => !(key.startsWith('boot') && typeof value === 'string'))
      .map(({ key, value }) => ({ ...whole, [key]: value })),
  );

function started(at: Reading, confirmedAt: number): ClockRecord {
  const record = confirmClock(at, confirmedAt, 0);
  if (record === null) throw new Error('the reading is usable');
  return record;
}

const whole = started({ wall: T0, mono: 0, boot: 'a' }, T0);

fc.configureGlobal({ seed: Number(process.env['PROPERTY_SEED'] ?? 20_260_302), numRuns: 300 });

describe('under any sequence of readings', () => {
  test('elapsed never falls, nor below what is proven, until the server confirms', () => {
    fc.assert(
      fc.property(steps, (taken) => {
        let record: ClockRecord | null = whole;
        let seen: ClockReading | undefined;
        for (const { reading: at, confirmedAt } of taken) {
          if (confirmedAt !== undefined) {
            record = confirmClock(at, confirmedAt, 0);
            seen = undefined;
          }
          const next = readClock(record, at, TOLERANCE);
          expect(next.state).not.toBe('untrusted');
          expect(next.now).toBeGreaterThanOrEqual(next.provenNow ?? Infinity);
          expect(next.provenNow).toBeGreaterThanOrEqual(seen?.provenNow ?? -Infinity);
          expect(next.now).toBeGreaterThanOrEqual(seen?.now ?? -Infinity);
          ({ record } = next);
          seen = next;
        }
      }),
    );
  });

  test('an unusable reading among them moves nothing', () => {
    fc.assert(
      fc.property(steps, spoilt({ wall: T0, mono: 0, boot: 'a' }), (taken, garbage) => {
        const kept = taken.reduce((record, step) => readClock(record, step.reading, TOLERANCE).record ?? whole, whole);
        const missed = readClock(kept, garbage as Reading, TOLERANCE);
        fc.pre(missed.state === 'untrusted');
        expect(missed).toEqual({ record: kept, now: kept.confirmedAt + kept.highWater, state: 'untrusted' });
      }),
    );
  });
});

describe('garbage', () => {
  test('for a record never throws and is not trusted', () => {
    fc.assert(
      fc.property(spoilt(whole), reading, (record, at) => {
        expect(readClock(record as ClockRecord, at, TOLERANCE)).toEqual({
          record: null,
          now: Math.floor(at.wall),
          state: 'untrusted',
        });
      }),
    );
  });

  test('for a reading never throws, is not trusted and proves nothing', () => {
    fc.assert(
      fc.property(spoilt({ wall: T0, mono: 0, boot: 'a' }), fc.constantFrom(whole, null), (at, record) => {
        const read = readClock(record, at as Reading, TOLERANCE);
        expect(read.state).toBe('untrusted');
        expect(read).not.toHaveProperty('provenNow');
        expect(confirmClock(at as Reading, T0, 0)).toBeNull();
      }),
    );
  });

  test('for anything at all never throws', () => {
    fc.assert(
      fc.property(fc.anything(), fc.anything(), fc.anything(), (record, at, tolerance) => {
        readClock(record as ClockRecord, at as Reading, tolerance as number);
        confirmClock(at as Reading, tolerance as number, record as number);
        learnOffset(record as number, { verifiedIat: at as number, dateHeader: tolerance as number, wall: T0 });
      }),
    );
  });
});

describe('without sleep or reboot', () => {
  test('no setting of the wall clock makes it earlier than an honest clock would show', () => {
    const looks = fc.array(fc.record({ passed: fc.integer({ min: 0, max: DAY }), wall: instant }), { maxLength: 30 });
    fc.assert(
      fc.property(looks, (taken) => {
        let record: ClockRecord | null = whole;
        let passed = 0;
        for (const look of taken) {
          passed += look.passed;
          const read = readClock(record, { wall: look.wall, mono: passed, boot: 'a' }, TOLERANCE);
          expect(read.now).toBeGreaterThanOrEqual(T0 + passed);
          expect(read.provenNow).toBe(T0 + passed);
          ({ record } = read);
        }
      }),
    );
  });
});

describe('the server offset', () => {
  test('moves at most five minutes by an unverified time, and never away from it', () => {
    fc.assert(
      fc.property(instant, instant, fc.integer({ min: -DAY, max: DAY }), (dateHeader, wall, current) => {
        const learned = learnOffset(current, { dateHeader, wall });
        expect(Math.abs(learned - current)).toBeLessThanOrEqual(TOLERANCE);
        expect(Math.abs(dateHeader - wall - learned)).toBeLessThanOrEqual(Math.abs(dateHeader - wall - current));
      }),
    );
  });
});
