import type { AuthState } from 'latchkey';
import { apply, type SessionEvent } from 'latchkey/session';
import { describe, expect, test } from 'vitest';
import { duration, OTHER, PLAIN, refresh, stepUp, Story, T0 } from './story.ts';

describe('the state', () => {
  const REACHING: Readonly<Record<AuthState, readonly object[]>> = {
    ACTIVE: [],
    OFFLINE_STALE: [refresh('transient')],
    REAUTH_REQUIRED: [refresh('invalid')],
    SIGNED_OUT: [{ type: 'sign-out', mode: 'soft', cause: 'user' }],
    LOCKED: [{ type: 'account-disabled' }],
  };
  const STATES = Object.keys(REACHING) as AuthState[];
  const EVENTS: readonly (readonly [object, ...AuthState[]])[] = [
    [refresh('ok'), 'ACTIVE', 'ACTIVE', 'REAUTH_REQUIRED', 'SIGNED_OUT', 'LOCKED'],
    [refresh('transient'), 'OFFLINE_STALE', 'OFFLINE_STALE', 'REAUTH_REQUIRED', 'SIGNED_OUT', 'LOCKED'],
    [refresh('teapot'), 'OFFLINE_STALE', 'OFFLINE_STALE', 'REAUTH_REQUIRED', 'SIGNED_OUT', 'LOCKED'],
    [refresh('invalid'), 'REAUTH_REQUIRED', 'REAUTH_REQUIRED', 'REAUTH_REQUIRED', 'SIGNED_OUT', 'LOCKED'],
    [refresh('reuse_detected'), 'REAUTH_REQUIRED', 'REAUTH_REQUIRED', 'REAUTH_REQUIRED', 'SIGNED_OUT', 'LOCKED'],
    [refresh('account_disabled'), 'LOCKED', 'LOCKED', 'LOCKED', 'LOCKED', 'LOCKED'],
    [refresh('configuration'), ...STATES],
    [refresh('discarded'), ...STATES],
    [{ type: 'account-disabled' }, 'LOCKED', 'LOCKED', 'LOCKED', 'LOCKED', 'LOCKED'],
    [{ type: 'account-purged' }, 'LOCKED', 'LOCKED', 'LOCKED', 'LOCKED', 'LOCKED'],
    [{ type: 'session-revoked' }, 'REAUTH_REQUIRED', 'REAUTH_REQUIRED', 'REAUTH_REQUIRED', 'SIGNED_OUT', 'LOCKED'],
    [{ type: 'credential-change' }, 'REAUTH_REQUIRED', 'REAUTH_REQUIRED', 'REAUTH_REQUIRED', 'SIGNED_OUT', 'LOCKED'],
    [
      { type: 'credential-compromise' },
      'REAUTH_REQUIRED',
      'REAUTH_REQUIRED',
      'REAUTH_REQUIRED',
      'SIGNED_OUT',
      'LOCKED',
    ],
    [
      { type: 'sign-out', mode: 'soft', cause: 'policy' },
      'SIGNED_OUT',
      'SIGNED_OUT',
      'SIGNED_OUT',
      'SIGNED_OUT',
      'LOCKED',
    ],
    [
      { type: 'session-established', sub: 'u-17', tenant: 'acme', amr: ['pwd'] },
      'ACTIVE',
      'ACTIVE',
      'ACTIVE',
      'ACTIVE',
      'LOCKED',
    ],
    [{ type: 'account-enabled' }, ...STATES],
    [{ type: 'connectivity-change', to: 'offline' }, ...STATES],
    [{ type: 'reboot' }, ...STATES],
    [stepUp('fpt'), ...STATES],
  ];
  const rows = EVENTS.flatMap(([event, ...to]) => STATES.map((from, i) => ({ from, event, to: to[i] })));
  test.each(rows)('$from and $event.type $event.result come to $to', ({ from, event, to }) => {
    const story = new Story(PLAIN).signIn();
    story.happens(...REACHING[from], event);
    expect(story.account.authState).toBe(to);
  });

  test('has the cause it was reached by, until it moves on', () => {
    const story = new Story(PLAIN).signIn();
    story.happens({ type: 'session-revoked' }, refresh('invalid'));
    expect(story.account.cause).toBe('sessionRevoked');
    story.happens({ type: 'account-disabled' });
    expect(story.account).not.toHaveProperty('cause');
  });

  test('of a sign-out that the server caused says so', () => {
    const causes = ['user', 'policy', 'revoked', 'refreshRejected'].map((cause) => {
      const story = new Story(PLAIN).signIn();
      story.happens({ type: 'sign-out', mode: 'soft', cause });
      return story.account.cause;
    });
    expect(causes).toEqual([undefined, undefined, 'sessionRevoked', 'refreshRejected']);
  });

  test('is LOCKED with an effect, once', () => {
    const story = new Story(PLAIN).signIn();
    const lock = { type: 'lock', subject: { tenant: 'acme', sub: 'u-17' } };
    expect(story.happens({ type: 'account-disabled' }, { type: 'account-purged' })).toEqual([lock]);
  });

  test('is not opened by an account-enabled that a later account-disabled took back', () => {
    const story = new Story(PLAIN).signIn();
    story.happens({ type: 'account-disabled' }, { type: 'account-enabled' }, { type: 'account-disabled' });
    expect(story.signIn().account.authState).toBe('LOCKED');
  });

  test('LOCKED binds one identity', () => {
    const story = new Story(PLAIN).signIn();
    story.happens({ type: 'account-disabled' });
    expect(story.signIn(OTHER).account).toMatchObject({ ...OTHER, authState: 'ACTIVE' });
    story.happens({ type: 'account-switch', to: { tenant: 'acme', sub: 'u-17' } });
    expect(story.account.authState).toBe('LOCKED');
  });

  test('closes LOCKED and SIGNED_OUT to step-ups and activity', () => {
    for (const [closing, why] of [
      [{ type: 'account-disabled' }, 'locked'],
      [{ type: 'sign-out', mode: 'soft', cause: 'user' }, 'signed_out'],
    ] as const) {
      const story = new Story(PLAIN).signIn();
      story.happens(closing);
      for (const event of [stepUp('fpt'), { type: 'step-up', result: 'failed', amr: [] }, { type: 'user-activity' }])
        expect(story.happens(event)).toEqual([{ type: 'ignored', why }]);
      expect(story.account).toMatchObject({ stepUps: [], failedStepUps: 0 });
    }
  });
});

describe('a confirmation', () => {
  test('is dated by the server, not by the device', () => {
    const story = new Story(PLAIN).setWall(-duration('8h')).signIn();
    expect(story.account).toMatchObject({ lastConfirmedAt: T0, authTime: T0, accessToken: { issuedAt: T0 } });
    expect(story.account.clock?.serverOffset).toBe(duration('8h'));
    expect(story.pass('1h').read()).toMatchObject({ now: T0 + duration('1h'), state: 'ok' });
  });

  test('without a server time goes by the offset learned before', () => {
    const story = new Story(PLAIN).setWall(-duration('8h')).signIn().pass('1h');
    const { now } = story.read();
    const at = { now, reading: story.reading, program: PLAIN };
    for (const event of [
      { type: 'token-refresh', result: 'ok' } as const,
      { type: 'session-established', sub: 'somebody else', amr: [] } as const,
    ]) {
      const { session } = apply(story.session, event, at);
      expect(session.accounts[session.selected]?.lastConfirmedAt).toBe(T0 + duration('1h'));
    }
  });

  test('undoes a clock that was set forward', () => {
    const story = new Story(PLAIN).signIn().pass('1h').setWall(duration('30d'));
    expect(story.decide('note.read').outcome).toBe('deny');
    story.setWall(0);
    expect(story.decide('note.read').outcome).toBe('deny');
    story.happens(refresh('ok'));
    expect(story.decide('note.read').outcome).toBe('permit');
    expect(story.read()).toMatchObject({ now: story.trueTime, state: 'ok' });
  });

  test('that was ignored leaves the clock record alone', () => {
    const story = new Story(PLAIN).signIn();
    story.happens(refresh('invalid'));
    const { clock } = story.pass('1h').account;
    expect(story.happens(refresh('ok'))).toEqual([{ type: 'ignored', why: 'discarded' }]);
    expect(story.account.clock).toMatchObject({ confirmedAt: clock?.confirmedAt, highWater: duration('1h') });
  });

  test('cannot be had with a clock that cannot be read', () => {
    const story = new Story(PLAIN).breakClock();
    expect(story.happens({ type: 'session-established', sub: 'u-17', amr: [] })).toEqual([
      { type: 'ignored', why: 'clock_unreadable' },
    ]);
    story.breakClock(false).signIn().pass('1h').breakClock();
    expect(story.happens(refresh('ok'))).toEqual([{ type: 'ignored', why: 'clock_unreadable' }]);
    expect(story.account.lastConfirmedAt).toBe(T0);
  });

  test.each([
    [Math.floor(T0 / 1000), [{ type: 'ignored', why: 'not_milliseconds' }]],
    [0, [{ type: 'ignored', why: 'not_milliseconds' }]],
    [99_999_999_999, [{ type: 'ignored', why: 'not_milliseconds' }]],
    [100_000_000_000, [{ type: 'persist' }]],
    [T0, [{ type: 'persist' }]],
  ])('at %i, which only milliseconds can be', (confirmedAt, effects) => {
    const { session, reading, program } = new Story(PLAIN).signIn();
    for (const event of [refresh('ok'), { type: 'session-established', sub: 'u-17', tenant: 'acme', amr: [] }]) {
      const at = { now: T0, reading, confirmedAt, program };
      expect(apply(session, event as SessionEvent, at).effects).toEqual(effects);
    }
  });

  test('may lie in 1970 where the device’s own clock does', () => {
    const story = new Story(PLAIN, 0).signIn();
    expect(story.account.lastConfirmedAt).toBe(0);
  });

  test('by refreshing restarts the idle expiry and never extends the absolute one', () => {
    const story = new Story(PLAIN).signIn().pass('29d');
    story.happens({ ...refresh('ok'), tokens: { accessLifetime: 1, refreshIdle: 2, refreshAbsolute: 3 } });
    const now = T0 + duration('29d');
    expect(story.account.accessToken).toEqual({ issuedAt: now, expiresAt: now + 1, verified: true });
    expect(story.account.refreshToken).toEqual({
      present: true,
      idleExpiresAt: now + 2,
      absoluteExpiresAt: T0 + duration('90d'),
    });
  });

  test('without lifetimes gives tokens that nothing can rely on', () => {
    const story = new Story(PLAIN);
    story.happens({ type: 'session-established', sub: 'u-17', amr: ['pwd'] });
    expect(story.account.accessToken).toEqual({ issuedAt: T0, verified: true });
    expect(story.account.refreshToken).toEqual({ present: false });
  });

  test('keeps failed step-ups when it is a refresh, for nobody was there', () => {
    const story = new Story(PLAIN).signIn();
    story.happens({ type: 'step-up', result: 'failed', amr: ['fpt'] }, refresh('ok'));
    expect(story.account.failedStepUps).toBe(1);
    expect(story.signIn().account.failedStepUps).toBe(0);
  });
});

describe('a refresh token', () => {
  test('that was rejected stays on record, unsent, until the next sign-in or sign-out', () => {
    const story = new Story(PLAIN).signIn();
    story.happens(refresh('invalid'));
    expect(story.account).toMatchObject({ refreshUnsent: true, refreshToken: { present: true } });
    expect(story.signIn().account.refreshUnsent).toBe(false);
    story.happens(refresh('invalid'), { type: 'sign-out', mode: 'soft', cause: 'user' });
    expect(story.account).toMatchObject({ refreshUnsent: false, refreshToken: { present: false } });
  });
});
