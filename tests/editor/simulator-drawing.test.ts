import { REASON_CODES, type Decision } from 'latchkey';
import { CHIP, placeChips } from '$lib/components/simulator/chips.ts';
import { ticksOf } from '$lib/components/simulator/ticks.ts';
import { lookOf } from '$lib/components/simulator/tones.ts';
import { WallClock } from '$lib/words/moments.ts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

describe('event chips', () => {
  test('stand at their time where there is room, with all the room up to the next', () => {
    const { chips, rows } = placeChips([0, 100, 400], (time) => time, 600);
    expect(chips.map(({ x, row }) => [x, row])).toEqual([
      [0, 0],
      [100, 0],
      [400, 0],
    ]);
    expect(chips[0]?.room).toBe(100 - CHIP - 2);
    expect(rows).toBe(1);
  });

  test('take another row rather than drift away from their time', () => {
    const { chips, rows } = placeChips([0, 1, 2], (time) => time, 600);
    expect(chips.map(({ row }) => row)).toEqual([0, 1, 2]);
    expect(rows).toBe(3);
  });

  test('never touch in a row and stay inside whenever they can fit', () => {
    const layouts = fc.record({
      width: fc.integer({ min: 200, max: 2000 }),
      shares: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 20 }),
    });
    fc.assert(
      fc.property(layouts, ({ width, shares }) => {
        const times = shares.map((share) => share * width).toSorted((a, b) => a - b);
        const { chips } = placeChips(times, (time) => time, width);
        expect(chips).toHaveLength(times.length);
        for (const row of [0, 1, 2]) {
          const inRow = chips.filter((chip) => chip.row === row).toSorted((a, b) => a.x - b.x);
          if (inRow.length * (CHIP + 2) > width) continue;
          inRow.forEach((chip, place) => {
            expect(chip.x).toBeGreaterThanOrEqual(0);
            expect(chip.x + CHIP).toBeLessThanOrEqual(width + 1e-6);
            const next = inRow[place + 1];
            if (next !== undefined) expect(next.x - chip.x).toBeGreaterThanOrEqual(CHIP);
          });
        }
      }),
    );
  });
});

describe('the time axis', () => {
  const clock = new WallClock('Europe/Berlin');
  const start = Date.parse('2026-03-02T08:00:00+01:00');

  test('names days over a long time, hours over a short one', () => {
    const days = ticksOf(start, 9 * DAY, clock, 900).filter(({ label }) => label !== '');
    expect(days.slice(0, 2).map(({ label, at }) => [label, at])).toEqual([
      ['Tue 3 Mar', 16 * HOUR],
      ['Wed 4 Mar', 40 * HOUR],
    ]);
    expect(ticksOf(start, 4 * HOUR, clock, 600).map(({ label }) => label)).toContain('09:00');
  });

  test('keeps midnights where the clocks change', () => {
    const before = Date.parse('2026-03-28T00:00:00+01:00');
    const days = ticksOf(before, 4 * DAY, clock, 400).filter(({ major }) => major);
    expect(days.map(({ at }) => at / HOUR)).toEqual([0, 24, 47, 71, 95]);
  });

  test('never has labels that run into each other', () => {
    for (const width of [60, 120, 333, 390, 800, 1440, 4000])
      for (const until of [10 * 60_000, HOUR, 10 * HOUR, DAY, 3 * DAY, 9 * DAY, 60 * DAY, 400 * DAY]) {
        const named = ticksOf(start, until, clock, width).filter(({ label }) => label !== '');
        named.forEach((tick, index) => {
          const end = named[index + 1]?.at ?? until;
          const room = ((end - tick.at) / until) * width;
          expect(room, `${tick.label} on ${width} px over ${until} ms`).toBeGreaterThanOrEqual(tick.label.length * 5.5);
        });
      }
  });

  test('is empty without room or time', () => {
    expect(ticksOf(start, 0, clock, 900)).toEqual([]);
    expect(ticksOf(start, DAY, clock, 0)).toEqual([]);
  });
});

describe('looks', () => {
  const decision = (change: Partial<Decision>): Decision =>
    ({ outcome: 'permit', reason: null, reasons: [], obligations: [], advice: [], ...change }) as unknown as Decision;

  test('of a refusal are never those of a permit, whatever the reason', () => {
    for (const reason of REASON_CODES) expect(lookOf(decision({ outcome: 'deny', reason })).tone).not.toBe('permit');
  });

  test('tell colour families apart by pattern too', () => {
    const patterns = [
      'online_required',
      'reauth_required',
      'permission_missing',
      'locked',
      'step_up_required',
    ] as const;
    const looks = patterns.map((reason) => lookOf(decision({ outcome: 'deny', reason })));
    expect(new Set(looks.map(({ tone }) => tone)).size).toBe(patterns.length);
    expect(new Set(looks.map(({ pattern }) => pattern)).size).toBe(patterns.length);
  });

  test('tell a plain permit from one with a duty or a warning', () => {
    const plain = lookOf(decision({}));
    const queued = lookOf(decision({ obligations: [{ type: 'enqueue' }] }));
    const warned = lookOf(decision({ advice: [{ type: 'warn', of: 'serverConfirmation', remaining: null }] }));
    expect(new Set([plain, queued, warned].map(({ pattern }) => pattern)).size).toBe(3);
    expect([plain, queued, warned].every(({ tone }) => tone === 'permit')).toBe(true);
  });
});
