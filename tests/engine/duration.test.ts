import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatDuration, parseDuration } from 'latchkey/load';
import { durationFault } from '../../engine/time/duration-fault.ts';

describe('parseDuration', () => {
  it.each([
    ['7d', 604_800_000],
    ['168h', 604_800_000],
    ['1d12h', 129_600_000],
    ['90s', 90_000],
    ['250ms', 250],
    ['1d1h1m1s1ms', 90_061_001],
    ['48h90m', 178_200_000],
    ['3m5ms', 180_005],
  ])('reads %s', (text, length) => {
    expect(parseDuration(text)).toBe(length);
  });

  it.each([
    '',
    '0s',
    '-1d',
    '+1d',
    '1.5h',
    'P7D',
    '1y',
    '1w',
    '1h1d',
    '1h1h',
    '07d',
    '7',
    'd',
    '7 d',
    '7D',
    '1d\n',
    '٣d',
    '1m5',
  ])('refuses %j, and a reason with what to write is at hand', (text) => {
    expect(parseDuration(text)).toBeUndefined();
    const { message, help } = durationFault(text);
    expect(message).toMatch(/^(is|has) /);
    expect(help).toContain('write');
  });

  it('is turned back by formatDuration for every length', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3650 * 86_400_000 }), (length) => {
        expect(parseDuration(formatDuration(length))).toBe(length);
      }),
    );
  });
});

describe('formatDuration', () => {
  it.each([
    [183_600_000, '2d3h'],
    [60_000, '1m'],
    [61_001, '1m1s1ms'],
    [0, '0s'],
    [-7_200_000, '-2h'],
  ])('writes %d ms', (length, text) => {
    expect(formatDuration(length)).toBe(text);
  });
});

describe('durationFault', () => {
  it.each([
    ['-1d', 'negative', '1d'],
    ['1.5h', 'fraction', '1h30m'],
    ['1,5h', 'fraction', '1h30m'],
    ['PT36H', 'notation', '36h'],
    ['P1DT12H', 'notation', '1d12h'],
    ['1y', 'calendar', '365d'],
    ['P3M', 'calendar', '90d'],
    ['2 weeks', 'spelling', '14d'],
    ['48 Hours', 'spelling', '48h'],
    ['1h1d', 'order', '1d1h'],
    ['1h2h', 'order', '3h'],
    ['07d', 'leading_zero', '7d'],
    ['1d0h', 'leading_zero', '1d'],
  ])('knows what %j was meant to be', (text, kind, meant) => {
    const fault = durationFault(text);
    expect(fault.kind).toBe(kind);
    expect(fault.help).toContain(`\`${meant}\``);
  });

  it('only ever suggests what can be read', () => {
    const text = fc.oneof(fc.string(), fc.stringMatching(/^-?P?T?[0-9.,]{0,3} ?[a-zDHMWY]{0,6}[0-9]{0,2}[dhms]{0,2}$/));
    fc.assert(
      fc.property(text, (written) => {
        if (parseDuration(written) !== undefined) return;
        const suggested = /^write `([^`]+)`/.exec(durationFault(written).help)?.[1];
        if (suggested !== undefined) expect(parseDuration(suggested)).toBeGreaterThan(0);
      }),
      { numRuns: 1000 },
    );
  });
});
