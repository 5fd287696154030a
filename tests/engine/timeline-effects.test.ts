import { readFileSync } from 'node:fs';
import { compile, type Program } from 'latchkey';
import { load } from 'latchkey/load';
import { effectText } from 'latchkey/session';
import {
  checkTimeline,
  compact,
  expanded,
  loadTimeline,
  play,
  simulate,
  simulationOf,
  storedAt,
  type Timeline,
} from 'latchkey/timeline';
import { describe, expect, test } from 'vitest';

const HOUR = 3_600_000;

function programOf(text: string): Program {
  const loaded = load(text);
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.diagnostics));
  return compile(loaded.value.policy);
}

const plain = programOf(readFileSync('policies/field-service/1.json', 'utf8'));

/** The plain policy with data that goes after an event, three failed unlocks, or a day without the server. */
const wiping = programOf(
  readFileSync('policies/field-service/1.json', 'utf8').replace(
    '"tiers"',
    `"wipe": { "scope": "account", "method": "delete", "when": [
      { "event": "account-purged" }, { "failedStepUps": 3 }, { "maxAge": "30d", "evidence": "provenOrFailedReauth" } ] },
    "tiers"`,
  ),
);

const SIGN_IN = { at: '0s', type: 'session-established', amr: ['pwd'] };
const ME = { tenant: 'acme', sub: 'u-17' };

function story(events: readonly object[], until = '60d'): Timeline {
  const loaded = loadTimeline(
    JSON.stringify({
      timeline: 1,
      title: 'What came of it',
      policy: 'field-service',
      start: '2026-03-02T08:00:00+01:00',
      until,
      session: { ...ME, roles: ['technician'] },
      events,
    }),
  );
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.diagnostics));
  return loaded.value;
}

const effectsOf = (program: Program, ...events: readonly object[]) => simulate([program], story(events)).effects;

describe('what came of events', () => {
  test('is told of each that did something or came to nothing, and of no other', () => {
    const found = effectsOf(
      plain,
      { at: '0s', type: 'user-activity' },
      SIGN_IN,
      { at: '10m', type: 'step-up', amr: ['fpt'], result: 'ok' },
      { at: '1h', type: 'account-switch', to: { sub: 'u-99' } },
      { at: '2h', type: 'account-disabled', subject: { sub: 'u-17' } },
      { at: '2h', type: 'attempt', capability: 'work_order.view' },
      { at: '3h', type: 'token-refresh', result: 'invalid' },
      { at: '4h', type: 'token-refresh', result: 'ok' },
      { at: '5h', type: 'token-refresh', result: 'reuse_detected' },
      { at: '6h', type: 'account-disabled', subject: ME },
      { at: '7h', type: 'sign-out', mode: 'hard', cause: 'user' },
    );
    expect(found).toEqual([
      { at: 0, path: '/events/0', type: 'ignored', why: 'no_session' },
      { at: HOUR, path: '/events/3', type: 'ignored', why: 'unknown_account' },
      { at: 2 * HOUR, path: '/events/4', type: 'ignored', why: 'subject_mismatch' },
      { at: 4 * HOUR, path: '/events/7', type: 'ignored', why: 'discarded' },
      { at: 5 * HOUR, path: '/events/8', type: 'security-event', subject: ME, code: 'refresh_token_reuse_detected' },
      { at: 6 * HOUR, path: '/events/9', type: 'lock', subject: ME },
      expect.objectContaining({ at: 7 * HOUR, path: '/events/10', type: 'wipe', because: 'sign-out' }),
    ]);
  });

  test('is a wipe at the event that raises it, or at the first one after which it is proven', () => {
    const failed = { type: 'step-up', amr: ['fpt'], result: 'failed' };
    const lost = effectsOf(wiping, SIGN_IN, ...['1h', '2h', '3h', '4h'].map((at) => ({ at, ...failed })));
    expect(lost).toEqual([{ at: 3 * HOUR, path: '/events/3', ...wipe('failedStepUps') }]);
    const silent = effectsOf(wiping, SIGN_IN, { at: '29d', type: 'wake' }, { at: '31d', type: 'app-foreground' });
    expect(silent).toMatchObject([{ at: 31 * 24 * HOUR, path: '/events/2', type: 'wipe', because: 'provenAge' }]);
  });

  test('survives being handed to another thread, and a story taken up in the middle', () => {
    const timeline = story([SIGN_IN, { at: '1h', type: 'account-disabled' }, { at: '2h', type: 'user-activity' }]);
    const simulation = simulate([plain], timeline);
    expect(expanded(compact(simulation))).toEqual(simulation);
    const playback = play([plain], timeline);
    const rest = simulationOf(play([plain], timeline, storedAt(playback, HOUR)));
    expect(rest.effects).toEqual(simulation.effects.slice(1));
  });
});

function wipe(because: string) {
  return { type: 'wipe', subject: ME, scope: 'account', method: 'delete', because } as const;
}

describe('in words', () => {
  test.each([
    [{ type: 'ignored', why: 'subject_mismatch' }, 'nothing came of this: it is about somebody else'],
    [{ type: 'ignored', why: 'unknown_account' }, 'nothing came of this: that account is not kept on this device'],
    [{ type: 'lock', subject: ME }, 'the account of u-17 is locked'],
    [wipe('account-purged'), 'all data of u-17 is wiped from the device'],
    [wipe('failedStepUps'), 'all data of u-17 is wiped from the device, because unlocking failed too often'],
    [
      { ...wipe('provenAge'), scope: 'tier', tier: 'b' },
      'the data of tier b of u-17 is wiped from the device, because the server has provably been silent for too long',
    ],
    [
      { type: 'security-event', subject: ME, code: 'refresh_token_reuse_detected' },
      'a refresh token was used twice, as by a thief: those who look after security are told',
    ],
  ] as const)('%j', (effect, text) => {
    expect(effectText(effect)).toBe(text);
  });
});

describe('commands that are sent', () => {
  const capability = (id: string, require: readonly object[], more: object = {}) => ({
    ...{ id, tier: 't', access: 'write', require },
    ...more,
  });
  const program = programOf(
    JSON.stringify({
      ...{ language: 1, id: 'field-service', version: 1 },
      tiers: [{ id: 't', sensitivity: 'internal', require: [] }],
      capabilities: [
        capability('few', [{ kind: 'quota', limit: 1, per: 'offlinePeriod' }]),
        capability('idle', [{ kind: 'maxAge', of: 'activity', limit: '2h' }]),
        capability('note', [{ kind: 'maxAge', of: 'serverConfirmation', limit: '4h' }], {
          serverBound: true,
          offline: 'enqueue',
        }),
      ],
    }),
  );
  const send = (at: string, capability: string, more: object = {}) => ({
    ...{ at, type: 'command-execute', capability },
    ...more,
  });

  test('are decided again, as they are expected to be', () => {
    const events = [
      SIGN_IN,
      { at: '1h', type: 'connectivity-change', to: 'offline' },
      { at: '2h', type: 'attempt', capability: 'note', expect: { outcome: 'permit', obligations: ['enqueue'] } },
      send('4h', 'note', { expect: { outcome: 'permit' } }),
      send('5h', 'note', { expect: { outcome: 'permit', because: 'it was let into the queue in time' } }),
      { at: '5h', type: 'command-execute' },
    ];
    const { attempts, expectations } = simulate([program], story(events, '6h'));
    expect(attempts.map(({ path, decision }) => [path, decision.outcome, decision.reason])).toEqual([
      ['/events/2', 'permit', null],
      ['/events/3', 'permit', null],
      ['/events/4', 'deny', 'reauth_required'],
    ]);
    expect(expectations.map(({ path, ok, since }) => [path, ok, since])).toEqual([
      ['/events/2/expect', true, HOUR],
      ['/events/3/expect', true, HOUR],
      ['/events/4/expect', false, 4 * HOUR + 1],
    ]);
  });

  test('count as no use and as no activity', () => {
    const events = [SIGN_IN, send('1h', 'few'), send('1h', 'few'), send('1h', 'idle')];
    const { attempts, segments } = simulate([program], story(events, '3h'));
    expect(attempts.map(({ decision }) => decision.outcome)).toEqual(['permit', 'permit', 'permit']);
    expect(segments['few']).toMatchObject([{ to: 3 * HOUR, decision: { outcome: 'permit' } }]);
    expect(segments['idle']).toMatchObject([{ to: 2 * HOUR + 1, decision: { outcome: 'permit' } }, { to: 3 * HOUR }]);
  });

  test('expect nothing without a capability, and name one that is there', () => {
    const lost = loadTimeline(
      JSON.stringify({
        ...{ timeline: 1, title: 'Sent', policy: 'field-service', start: '2026-03-02T08:00:00Z', until: '1d' },
        session: ME,
        events: [{ at: '0s', type: 'command-execute', expect: { outcome: 'permit' } }],
      }),
    );
    expect(lost).toMatchObject({ ok: false, diagnostics: [{ code: 'missing_key', pointer: '/events/0' }] });
    expect(checkTimeline(story([send('1h', 'nothing')]), [program])).toMatchObject([
      { code: 'unknown_capability', pointer: '/events/0/capability' },
    ]);
  });
});
