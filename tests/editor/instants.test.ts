import { agoText, localText, utcInstantText } from '$lib/words/instants.ts';
import { expect, test } from 'vitest';

const NOW = Date.UTC(2026, 2, 3, 17, 0, 0, 999);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

test.each([
  [0, 'just now'],
  [MINUTE - 1, 'just now'],
  [MINUTE, '1 min ago'],
  [HOUR - 1, '59 min ago'],
  [HOUR, '1 h ago'],
  [DAY - 1, '23 h ago'],
  [DAY, 'yesterday'],
  [2 * DAY - 1, 'yesterday'],
  [2 * DAY, '2 days ago'],
  [30 * DAY - 1, '29 days ago'],
  [30 * DAY, localText(NOW - 30 * DAY)],
])('%d ms before now is told as %j', (passed, text) => {
  expect(agoText(NOW - passed, NOW)).toBe(text);
});

test('what a clock that goes ahead calls the future happened just now', () => {
  expect(agoText(NOW + HOUR, NOW)).toBe('just now');
});

test('the exact instant is in UTC, to the second', () => {
  expect(utcInstantText(NOW)).toBe('2026-03-03 17:00:00 UTC');
});

test('local time is that of the zone one is in, by 24 hours', () => {
  const at = new Date(2026, 2, 3, 0, 5).getTime();
  expect(localText(at)).toBe('3 Mar 2026, 00:05');
});
