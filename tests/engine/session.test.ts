import type { ClockRecord } from 'latchkey/clock';
import { factsOf, readSession, type Session } from 'latchkey/session';
import { describe, expect, test } from 'vitest';
import { duration, OTHER, PLAIN, refresh, stepUp, Story, T0 } from './story.ts';

describe('without a session', () => {
  const nothing = [
    refresh('ok'),
    stepUp('fpt'),
    { type: 'user-activity' },
    { type: 'permission-snapshot', integrity: 'signed' },
    { type: 'attempt', capability: 'note.read' },
    { type: 'account-disabled' },
    { type: 'token-claims-change', roles: [] },
    { type: 'sign-out', mode: 'soft', cause: 'user' },
    { type: 'other-sign-in' },
    { type: 'command-execute' },
  ];
  test.each(nothing)('$type comes to nothing', (event) => {
    const story = new Story(PLAIN);
    const before = story.session;
    expect(story.one(event as never)).toEqual([{ type: 'ignored', why: 'no_session' }]);
    expect(story.session).toEqual(before);
  });

  const device = [
    ['connectivity-change', { to: 'offline' }, { connectivity: 'offline' }],
    ['risk-level-change', { level: 'HIGH' }, { risk: { level: 'HIGH' } }],
    ['device-compliance-change', { compliant: false }, { device: { compliant: false } }],
    ['time-zone-change', { to: 'Europe/Paris' }, { device: { timeZone: 'Europe/Paris' } }],
    ['policy-activated', { version: 2, expiresAt: T0 }, { policy: { expiresAt: T0 } }],
    ['facts-change', { set: { job: 3 } }, { facts: { job: 3 } }],
  ] as const;
  test.each(device)('%s is known of the device all the same', (type, payload, facts) => {
    const story = new Story(PLAIN);
    expect(story.one({ type, ...payload } as never)).toEqual([{ type: 'persist' }]);
    expect(story.request('note.read')).toMatchObject(facts);
  });

  test('the request has no session in it, and the wall clock for want of better', () => {
    expect(new Story(PLAIN).pass('1h').request('note.read')).toEqual({
      capability: 'note.read',
      now: T0 + duration('1h'),
      clock: { state: 'untrusted' },
      connectivity: 'online',
      device: { compliant: true, storage: 'os', binding: 'unchanged', biometricEpoch: 'initial' },
      risk: { level: 'LOW' },
      facts: {},
    });
  });
});

describe('what is no event', () => {
  const garbage: readonly unknown[] = [
    null,
    'sleep',
    [],
    {},
    { type: 'toString' },
    { type: 'session-established', amr: ['pwd'] },
    { type: 'session-established', sub: 'u-17', amr: 'pwd' },
    { type: 'session-established', sub: 'u-17', amr: [], tokens: { accessLifetime: '1h' } },
    { type: 'connectivity-change', to: 'on' },
    { type: 'step-up', result: 'ok', amr: [1] },
    { type: 'permission-snapshot', roles: null, integrity: 'signed' },
    { type: 'attempt' },
    { type: 'sign-out', mode: 'soft' },
    { type: 'account-switch', to: 'u-17' },
  ];
  test.each(garbage)('%j changes nothing', (event) => {
    const story = new Story(PLAIN).signIn();
    const before = story.session;
    expect(story.one(event as never)).toEqual([{ type: 'ignored', why: 'malformed' }]);
    expect(story.session).toEqual(before);
  });
});

describe('custom facts', () => {
  test('are set and taken away; taking away wins', () => {
    const story = new Story(PLAIN);
    story.happens({ type: 'facts-change', set: { a: 1, b: true, c: 'x' } });
    story.happens({ type: 'facts-change', set: { b: false, d: 1 }, unset: ['a', 'd'] });
    expect(story.request('note.read').facts).toEqual({ b: false, c: 'x' });
  });
});

describe('an active policy', () => {
  test('replaces the facts about the last one as a whole', () => {
    const story = new Story(PLAIN);
    story.happens({ type: 'policy-activated', version: 2, issuedAt: 1, expiresAt: 2 });
    story.happens({ type: 'policy-activated', version: 3, issuedAt: 3 });
    expect(story.request('note.read').policy).toEqual({ issuedAt: 3 });
  });
});

describe('reading the clock', () => {
  const two = (): Session => new Story(PLAIN).signIn().signIn(OTHER).session;
  const later = { wall: T0 + 1000, mono: 1000, boot: 'boot-1' };

  test('brings every kept account up to date', () => {
    const { session, clock } = readSession(two(), later, 0);
    expect(session.accounts.map((account) => account.clock?.highWater)).toEqual([1000, 1000]);
    expect(clock).toMatchObject({ now: T0 + 1000, provenNow: T0 + 1000, state: 'ok' });
  });

  test.each([0, 1])('drops account %i when its record is damaged, and no other', (place) => {
    const session = two();
    const spoil = (clock: ClockRecord | null): ClockRecord => ({ ...clock, highWater: null }) as unknown as ClockRecord;
    const spoilt = session.accounts.map((each, i) => (i === place ? { ...each, clock: spoil(each.clock) } : each));
    const read = readSession({ ...session, accounts: spoilt }, later, 0);
    expect(read.session.accounts).toHaveLength(1);
    expect(read.session.selected).toBe(place === 1 ? -1 : 0);
    expect(read.clock.state).toBe(place === 1 ? 'untrusted' : 'ok');
    const request = factsOf(read.session, read.clock, { capability: 'note.read' });
    expect('session' in request).toBe(place !== 1);
  });

  test('changes nothing while the reading is unusable', () => {
    const session = two();
    expect(readSession(session, { wall: Number.NaN, mono: 1, boot: 'boot-1' }, 0).session).toEqual(session);
  });
});
