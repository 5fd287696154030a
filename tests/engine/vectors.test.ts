import { readFileSync } from 'node:fs';
import { confirmClock, readClock, type ClockRecord, type Reading } from 'latchkey/clock';
import { describe, expect, test } from 'vitest';

interface ClockVector {
  readonly name: string;
  readonly tolerance: number;
  readonly record?: ClockRecord | null;
  readonly steps: readonly {
    readonly reading: Reading;
    readonly confirmedAt?: number;
    readonly expect: { readonly now: number; readonly state: string; readonly provenNow: number | null };
  }[];
}

function read<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`../vectors/${name}.json`, import.meta.url), 'utf8')) as T;
}

const clock = read<{ readonly vectors: readonly ClockVector[] }>('clock');

describe('clock vectors', () => {
  test.each(clock.vectors)('$name', ({ record = null, steps, tolerance }) => {
    let kept = record;
    for (const { reading, confirmedAt, expect: wanted } of steps) {
      if (confirmedAt !== undefined) kept = confirmClock(reading, confirmedAt, 0);
      const { now, state, provenNow = null, record: next } = readClock(kept, reading, tolerance);
      expect({ now, state, provenNow }).toEqual(wanted);
      kept = next;
    }
  });
});
