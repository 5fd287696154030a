import { confirmClock, learnOffset, readClock, type ClockRecord, type Reading } from 'latchkey/clock';
import { describe, expect, test } from 'vitest';

const T0 = 1_772_000_000_000;
const HOUR = 3_600_000;
const MINUTE = 60_000;

const at = (elapsed: number, more: Partial<Reading> = {}): Reading => ({
  wall: T0 + elapsed,
  mono: 1000 + elapsed,
  boot: 'a',
  ...more,
});

function confirmed(serverTime: number | undefined = T0, offset = 0): ClockRecord {
  const record = confirmClock(at(0), serverTime, offset);
  if (record === null) throw new Error('the reading is usable');
  return record;
}

describe('a confirmation', () => {
  test('counts from the server time when it is known, and learns the offset from it', () => {
    expect(confirmed(T0 + 8 * HOUR)).toEqual({
      confirmedAt: T0 + 8 * HOUR,
      wall0: T0,
      boot0: 'a',
      serverOffset: 8 * HOUR,
      boot: 'a',
      mono: 1000,
      highWater: 0,
      proven: 0,
    });
  });

  test('counts from the wall clock plus the offset when the server said no time', () => {
    expect(confirmClock(at(0), undefined, 2 * HOUR)).toMatchObject({
      confirmedAt: T0 + 2 * HOUR,
      serverOffset: 2 * HOUR,
    });
  });

  test('takes no instant that is none', () => {
    for (const wrong of [Number.NaN, Infinity, 1.5, 9e15, '0'])
      expect(confirmClock(at(0), wrong as number, HOUR)?.confirmedAt).toBe(T0 + HOUR);
  });

  test('with an unusable reading confirms nothing', () => {
    for (const wrong of [null, {}, { wall: T0, mono: 1 }, at(0, { mono: Number.NaN }), at(0, { wall: 1e300 })])
      expect(confirmClock(wrong as Reading, T0, 0)).toBeNull();
  });

  test('whose server time would lie beyond the last instant confirms nothing', () => {
    expect(confirmClock(at(0, { wall: 8.64e15 }), undefined, 1)).toBeNull();
  });
});

describe('the server offset', () => {
  test('is set by a verified iat', () => {
    expect(learnOffset(HOUR, { verifiedIat: T0 + 10 * HOUR, wall: T0 })).toBe(10 * HOUR);
  });

  test('is moved by a Date header, at most five minutes a confirmation', () => {
    expect(learnOffset(0, { dateHeader: T0 + 2 * MINUTE, wall: T0 })).toBe(2 * MINUTE);
    expect(learnOffset(0, { dateHeader: T0 + 5 * MINUTE, wall: T0 })).toBe(5 * MINUTE);
    expect(learnOffset(0, { dateHeader: T0 + 5 * MINUTE + 1, wall: T0 })).toBe(5 * MINUTE);
    expect(learnOffset(MINUTE, { dateHeader: T0 - 10 * 365 * 24 * HOUR, wall: T0 })).toBe(-4 * MINUTE);
  });

  test('follows a verified iat rather than a header', () => {
    expect(learnOffset(0, { verifiedIat: T0 + HOUR, dateHeader: T0, wall: T0 })).toBe(HOUR);
  });

  test('stays when nothing usable was seen', () => {
    expect(learnOffset(HOUR, { wall: T0 })).toBe(HOUR);
    expect(learnOffset(HOUR, { dateHeader: Number.NaN, wall: T0 })).toBe(HOUR);
    expect(learnOffset(HOUR, { verifiedIat: T0, wall: Number.NaN })).toBe(HOUR);
    expect(learnOffset(Number.NaN, { wall: T0 })).toBe(0);
  });
});

describe('reading the clock', () => {
  test('gives whole milliseconds although browsers count in fractions', () => {
    const start = confirmClock(at(0, { mono: 1000.9 }), T0, 0);
    const first = readClock(start, at(5, { mono: 1005.2 }), 0);
    const second = readClock(first.record, at(9, { mono: 1009.95 }), 0);
    expect([first.now, second.now, second.provenNow]).toEqual([T0 + 5, T0 + 9, T0 + 9]);
  });

  test('keeps time within the range of instants, and running forward to its end', () => {
    const far = readClock(confirmed(), at(0, { wall: 8.64e15, mono: 8.64e15 }), 0);
    expect(far.now).toBe(8.64e15);
    const later = readClock(far.record, at(0, { mono: 8.64e15 }), 0);
    expect(later).toMatchObject({ now: 8.64e15, state: 'rolled_back' });
  });

  test('trusts no record that the guard could not have written', () => {
    const whole = confirmed();
    const spoilt: readonly unknown[] = [
      { ...whole, confirmedAt: 9e15 },
      { ...whole, wall0: null },
      { ...whole, boot: 1 },
      { ...whole, serverOffset: Infinity },
      { ...whole, highWater: -1 },
      { ...whole, highWater: 1.5 },
      { ...whole, proven: 1 },
      [whole],
      'record',
    ];
    for (const record of spoilt)
      expect(readClock(record as ClockRecord, at(HOUR), 0)).toEqual({
        record: null,
        now: T0 + HOUR,
        state: 'untrusted',
      });
  });

  test('has no time at all without a record and without a wall clock', () => {
    expect(readClock(null, { mono: 1, boot: 'a' } as Reading, 0).now).toBeNaN();
  });

  test('tolerates nothing when the tolerance is no length of time', () => {
    for (const tolerance of [Number.NaN, Infinity, -1])
      expect(readClock(confirmed(), at(HOUR, { wall: T0 + HOUR - 1 }), tolerance).state).toBe('rolled_back');
  });

  test('is the same at the same reading, however often it is read', () => {
    const once = readClock(confirmed(), at(HOUR), 0);
    expect(readClock(once.record, at(HOUR), 0)).toEqual(once);
  });
});
