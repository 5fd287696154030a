import { describe, expect, test } from 'vitest';
import { decide } from './decide.ts';
import type { Document, Schedule } from './document.ts';

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

function opens(schedule: Omit<Schedule, 'kind'>, at: string, facts: object = {}): string | null {
  const document: Document = {
    id: 'hours',
    version: 1,
    tiers: [{ id: 't', sensitivity: 'public', require: [{ kind: 'schedule', ...schedule }] }],
    capabilities: [{ id: 'it', tier: 't', access: 'read' }],
  };
  const now = Date.parse(at);
  const session = { authState: 'ACTIVE', lastConfirmedAt: now };
  return decide(document, { capability: 'it', now, clock: { state: 'ok' }, connectivity: 'offline', session, ...facts })
    .reason;
}

function daily(timeZone: string, start: string, end: string, days: readonly string[] = DAYS): Omit<Schedule, 'kind'> {
  return { timeZone, windows: [{ days, start, end }] };
}

const nights = daily('Europe/Berlin', '22:00', '06:00', ['mon', 'tue', 'wed', 'thu', 'fri']);
const skipped = daily('Europe/Berlin', '02:00', '03:00');
const repeated = daily('Europe/Berlin', '02:00', '02:30');
const samoa = daily('Pacific/Apia', '22:00', '06:00', ['fri']);

describe('a window is open', () => {
  test.each([
    ['in the tail of the night that began on Friday', nights, '2026-03-07T00:00:00.000Z'],
    ['until the last millisecond before its end', nights, '2026-03-07T04:59:59.999Z'],
    ['from its first millisecond', nights, '2026-03-06T21:00:00.000Z'],
    ['the first time a repeated hour passes', repeated, '2026-10-25T00:29:59.999Z'],
    ['the second time a repeated hour passes', repeated, '2026-10-25T01:00:00.000Z'],
    [
      'before Lord Howe turns back half an hour',
      daily('Australia/Lord_Howe', '01:45', '01:46'),
      '2026-04-04T14:45:00.000Z',
    ],
    [
      'after Lord Howe turned back half an hour',
      daily('Australia/Lord_Howe', '01:45', '01:46'),
      '2026-04-04T15:15:00.000Z',
    ],
    ['before Ramadan in Casablanca', daily('Africa/Casablanca', '02:00', '03:00'), '2026-02-15T01:59:59.999Z'],
    ['as Ramadan begins in Casablanca', daily('Africa/Casablanca', '02:00', '02:01'), '2026-02-15T02:00:00.000Z'],
    ['at a quarter to six in Kathmandu', daily('Asia/Kathmandu', '05:45', '05:46'), '2026-01-01T00:00:00.000Z'],
    ['ten minutes after midnight', daily('Europe/Berlin', '00:00', '00:30'), '2026-03-01T23:10:00.000Z'],
    ['on the whole of a day', daily('UTC', '00:00', '24:00', ['sun']), '2026-03-01T23:59:59.999Z'],
    ['in the tail of a day that the zone skipped', samoa, '2011-12-30T13:00:00.000Z'],
    ['in the tail of the day before an exception', { ...nights, except: ['2026-03-07'] }, '2026-03-07T00:00:00.000Z'],
  ])('%s', (_, schedule, at) => {
    expect(opens(schedule, at)).toBeNull();
  });
});

describe('a window is closed', () => {
  test.each([
    ['at its end', nights, '2026-03-07T05:00:00.000Z'],
    ['in the night that began on Saturday', nights, '2026-03-08T00:00:00.000Z'],
    ['between the two passes of a repeated half hour', repeated, '2026-10-25T00:30:00.000Z'],
    ['after the second pass', repeated, '2026-10-25T01:30:00.000Z'],
    ['at the end of a day', daily('UTC', '00:00', '24:00', ['sun']), '2026-03-02T00:00:00.000Z'],
    ['with its tail when its day is excepted', { ...nights, except: ['2026-03-06'] }, '2026-03-07T00:00:00.000Z'],
    [
      'through both ends of an exception',
      { ...nights, except: [{ from: '2026-03-04', to: '2026-03-06' }] },
      '2026-03-06T22:00:00.000Z',
    ],
    ['in the tail of a skipped day that is excepted', { ...samoa, except: ['2011-12-30'] }, '2011-12-30T13:00:00.000Z'],
  ])('%s', (_, schedule, at) => {
    expect(opens(schedule, at)).toBe('outside_schedule');
  });

  test('all through the day on which its hour is skipped', () => {
    const midnight = Date.parse('2026-03-28T23:00:00.000Z');
    const minutes = Array.from({ length: 23 * 60 }, (_, n) => new Date(midnight + n * 60_000).toISOString());
    expect(minutes.filter((at) => opens(skipped, at) === null)).toEqual([]);
  });
});

describe('a zone of the device', () => {
  const device = daily('device', '08:00', '09:00');
  const at = '2026-03-02T07:30:00.000Z';
  test.each([
    ['is followed', { device: { timeZone: 'Europe/Berlin' } }, null],
    ['must be stated', { device: {} }, 'fact_missing'],
    ['must be text', { device: { timeZone: 1 } }, 'fact_invalid'],
    ['must be known to the machine', { device: { timeZone: 'Mars/Phobos' } }, 'schedule_unresolvable'],
    ['is no offset', { device: { timeZone: '+01:00' } }, 'schedule_unresolvable'],
    ['is not looked at with a clock turned back', { clock: { state: 'rolled_back' } }, 'clock_untrusted'],
    [
      'may be used after a reboot',
      { clock: { state: 'unproven_reboot' }, device: { timeZone: 'Europe/Berlin' } },
      null,
    ],
  ])('%s', (_, facts, code) => {
    expect(opens(device, at, facts)).toBe(code);
  });
});
