import { describe, expect, test } from 'vitest';
import { duration, OTHER, policyWith, programOf, refresh, stepUp, Story } from './story.ts';

describe('a wipe', () => {
  const wiping = (when: readonly object[], more: object = {}): Story =>
    new Story(programOf(policyWith({ wipe: { scope: 'account', method: 'cryptoShred', when, ...more } }))).signIn();
  const wipe = (because: string, more: object = {}): object => ({
    type: 'wipe',
    subject: { tenant: 'acme', sub: 'u-17' },
    scope: 'account',
    method: 'cryptoShred',
    because,
    ...more,
  });
  const aged = { maxAge: '3d', evidence: 'provenOrFailedReauth' };
  const failed = { type: 'step-up', result: 'failed', amr: ['fpt'] };

  test('is raised by the n-th failed step-up in a row', () => {
    const story = wiping([{ failedStepUps: 3 }]);
    const cancelled = { ...failed, result: 'cancelled' };
    expect(story.happens(failed, failed, stepUp('fpt'), failed, cancelled, failed)).toEqual([]);
    expect(story.happens(failed)).toEqual([wipe('failedStepUps')]);
    expect(story.happens(failed, failed)).toEqual([]);
  });

  test('is raised by a listed event of the server and no other', () => {
    const story = wiping([{ event: 'account-purged' }], { scope: 'tier', tier: 't' });
    expect(story.happens({ type: 'account-disabled' }, { type: 'account-purged' })).toEqual([
      { type: 'lock', subject: { tenant: 'acme', sub: 'u-17' } },
      wipe('account-purged', { scope: 'tier', tier: 't' }),
    ]);
  });

  test('is not raised by an event that was ignored', () => {
    const story = wiping([{ event: 'account-disabled' }]);
    expect(story.happens({ type: 'account-disabled', subject: OTHER })).toEqual([
      { type: 'ignored', why: 'subject_mismatch' },
    ]);
  });

  test('is raised again after another sign-in, and only then', () => {
    const story = wiping([{ event: 'account-disabled' }]);
    const disabled = { type: 'account-disabled' };
    expect(story.happens(disabled, disabled).filter(({ type }) => type === 'wipe')).toHaveLength(1);
    story.happens({ type: 'account-enabled' });
    expect(story.signIn().happens(disabled)).toContainEqual(wipe('account-disabled'));
  });

  test('is raised by age that the monotonic clock proves, at whatever event comes next', () => {
    const story = wiping([aged]).pass('3d');
    expect(story.happens({ type: 'wake' })).toEqual([]);
    story.breakClock();
    expect(story.happens({ type: 'wake' })).toEqual([]);
    expect(story.breakClock(false).pass('1ms').happens({ type: 'wake' })).toEqual([wipe('provenAge')]);
    expect(story.pass('1d').happens({ type: 'wake' })).toEqual([]);
  });

  test('is not raised by a clock that jumped, nor by sleep, nor across a reboot', () => {
    const story = wiping([aged]).sleep('4d').setWall(duration('30d')).restart().pass('2d');
    expect(story.happens({ type: 'reboot' }, { type: 'wake' })).toEqual([]);
    expect(story.decide('note.read').reason).toBe('wipe_pending');
  });

  test('is raised by a refusal of the provider when the age is due but not proven, and only online', () => {
    const due = (): Story => wiping([aged]).sleep('4d');
    const offline = { type: 'connectivity-change', to: 'offline' };
    const of = (story: Story, ...events: object[]): readonly unknown[] =>
      story.happens(...events).filter(({ type }) => type === 'wipe');
    for (const result of ['invalid', 'reuse_detected', 'account_disabled'])
      expect(of(due(), refresh(result))).toEqual([wipe('failedReauthentication')]);
    for (const result of ['transient', 'configuration', 'discarded', 'ok'])
      expect(of(due(), refresh(result))).toEqual([]);
    expect(of(due(), offline, refresh('invalid'))).toEqual([]);
    expect(of(wiping([aged]).sleep('3d'), refresh('invalid'))).toEqual([]);
  });

  test('by age reaches an account that is not selected', () => {
    const story = wiping([aged]).pass('2d').signIn(OTHER).pass('1d').pass('1ms');
    expect(story.happens({ type: 'wake' })).toEqual([wipe('provenAge')]);
  });

  test('of the whole account follows a hard sign-out, also after one tier was wiped', () => {
    const story = wiping([{ failedStepUps: 1 }], { scope: 'tier', tier: 't', method: 'delete' });
    const leave = { type: 'sign-out', mode: 'hard', cause: 'user' };
    expect(story.happens(failed)).toEqual([wipe('failedStepUps', { scope: 'tier', tier: 't', method: 'delete' })]);
    expect(story.happens(leave, leave)).toEqual([wipe('sign-out', { method: 'delete' })]);
  });
});
