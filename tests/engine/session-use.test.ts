import { apply, startSession } from 'latchkey/session';
import { describe, expect, test } from 'vitest';
import { duration, OTHER, PLAIN, policyWith, programOf, refresh, stepUp, Story, T0 } from './story.ts';

describe('proofs', () => {
  test('outlive an app restart only when they were stored', () => {
    const story = new Story(PLAIN).signIn();
    story.happens({ ...stepUp('fpt'), persisted: true }, { ...stepUp('pin'), persisted: false }, stepUp('face'));
    story.happens({ type: 'app-restart' });
    expect(story.request('note.read').stepUps?.map(({ amr }) => amr)).toEqual([['fpt']]);
  });

  test('do not outlive an app restart where storage is memory', () => {
    const story = new Story(PLAIN);
    story.session = startSession({ facts: { storage: 'memory' } });
    story.signIn().happens({ ...stepUp('fpt'), persisted: true }, { type: 'app-restart' });
    expect(story.account.stepUps).toEqual([]);
  });

  test('of every kept account are of an earlier boot after a reboot', () => {
    const story = new Story(PLAIN).signIn();
    story.happens(stepUp('fpt'));
    story.signIn(OTHER).happens({ type: 'reboot' }, { type: 'account-switch', to: { tenant: 'acme', sub: 'u-17' } });
    expect(story.account.stepUps).toMatchObject([{ sameBoot: false }]);
  });

  test('of an earlier biometric epoch never match again', () => {
    const story = new Story(PLAIN).signIn();
    const epochs = [0, 1, 2].map(() => {
      story.happens({ type: 'biometric-change' });
      return story.request('note.read').device?.biometricEpoch;
    });
    expect(epochs).toEqual(['initial#1', 'initial#2', 'initial#3']);
  });

  test('made while the clock ran ahead are gone once the server has said the time', () => {
    const story = new Story(PLAIN).signIn();
    story.pass('1h').setWall(duration('30d')).happens(stepUp('fpt'));
    story.setWall(0).pass('1m').happens(refresh('ok'));
    expect(story.account.stepUps).toEqual([]);
  });

  test('made a little ahead, within the tolerance, are kept', () => {
    const story = new Story(PLAIN).signIn();
    story.pass('1h').setWall(duration('4m')).happens(stepUp('fpt'));
    story.setWall(0).happens(refresh('ok'));
    expect(story.account.stepUps).toHaveLength(1);
  });

  test('tell a request nothing that is not theirs to tell', () => {
    const story = new Story(PLAIN).signIn();
    story.happens({ ...stepUp('fpt'), persisted: true });
    expect(story.request('note.read').stepUps).toEqual([
      {
        at: T0,
        amr: ['fpt'],
        subject: { sub: 'u-17', tenant: 'acme' },
        sameBoot: true,
        biometricEpoch: 'initial',
        consumed: false,
      },
    ]);
  });
});

describe('an attempt', () => {
  const ONCE = { kind: 'stepUp', amrAny: ['fpt', 'face'], everyUse: true };
  const once = (more: object = {}): Story =>
    new Story(
      programOf(
        policyWith({ capabilities: [{ id: 'drug.order', tier: 't', access: 'write', require: [ONCE] }], ...more }),
      ),
    ).signIn();
  const order = { type: 'attempt', capability: 'drug.order' };
  const consumed = (story: Story): readonly unknown[] => story.account.stepUps.map((proof) => proof.consumed);

  test('uses up the newest proof of a method asked for', () => {
    const story = once();
    story.happens(stepUp('face'), stepUp('fpt'), stepUp('pin'), order);
    expect(consumed(story)).toEqual([false, true, false]);
    story.happens(order, order);
    expect(consumed(story)).toEqual([true, true, false]);
    expect(story.account.usage).toEqual({ 'drug.order': 2 });
  });

  test('uses one proof up for all constraints that it serves', () => {
    const story = once({ guards: [{ kind: 'stepUp', everyUse: true }] });
    story.happens(stepUp('face'), stepUp('fpt'), order);
    expect(consumed(story)).toEqual([false, true]);
  });

  test('uses a proof up inside a group, even where another branch would do', () => {
    const anyOf = { kind: 'anyOf', of: [{ kind: 'online' }, { kind: 'allOf', of: [ONCE] }] };
    const story = once({ capabilities: [{ id: 'drug.order', tier: 't', access: 'write', require: [anyOf] }] });
    story.happens(stepUp('fpt'), order);
    expect(consumed(story)).toEqual([true]);
  });

  test('asks for a proof only at the sensitivity in force', () => {
    const story = once({
      sensitivity: { restricted: [ONCE] },
      capabilities: [{ id: 'drug.order', tier: 't', access: 'write' }],
    });
    story.happens(stepUp('fpt'), order);
    expect(consumed(story)).toEqual([false]);
    story.happens({ ...order, resource: { sensitivity: 'restricted' } });
    expect(consumed(story)).toEqual([true]);
  });

  test('that is refused costs nothing and is no activity', () => {
    const story = once().pass('1h');
    story.happens(order, { ...order, capability: 'drug.steal' });
    expect(story.account).toMatchObject({ usage: { 'drug.order': 0 }, lastActivityAt: T0 });
  });

  test('goes through, counts and is activity under report_only whatever is decided', () => {
    const story = once({ mode: 'report_only' }).pass('1h');
    story.happens(order);
    expect(story.account).toMatchObject({ usage: { 'drug.order': 1 }, lastActivityAt: T0 + duration('1h') });
  });

  test('does not make known how often a capability was used that the last confirmation did not count', () => {
    const story = new Story(PLAIN).signIn();
    const program = programOf(policyWith({ capabilities: [{ id: 'constructor', tier: 't', access: 'read' }] }));
    const at = { now: T0, reading: story.reading, program };
    const { session } = apply(story.session, { type: 'attempt', capability: 'constructor' }, at);
    expect(session.accounts[0]?.usage).toEqual({ 'note.read': 0 });
  });

  test('is judged with the clock state of its own reading', () => {
    const story = once({ guards: [{ kind: 'clock', is: 'trusted' }] });
    story.pass('1h').setWall(-duration('2h')).happens(stepUp('fpt'), order);
    expect(consumed(story)).toEqual([false]);
    story.setWall(0).happens(order);
    expect(consumed(story)).toEqual([true]);
  });
});

describe('facts recorded while the clock ran ahead', () => {
  test('do not come true later: a snapshot loses its date, activity falls back to the sign-in', () => {
    const story = new Story(PLAIN).signIn({ roles: ['nurse'] });
    story.pass('1h').setWall(duration('30d'));
    story.happens({ type: 'permission-snapshot', roles: ['nurse'], integrity: 'signed' }, { type: 'user-activity' });
    story.setWall(0).pass('1m').happens(refresh('ok'));
    expect(story.account.permissions).toEqual({ roles: ['nurse'], integrity: 'signed' });
    expect(story.account.lastActivityAt).toBe(T0);
  });
});
