import { readFileSync } from 'node:fs';
import { compile, type Program } from 'latchkey';
import { load } from 'latchkey/load';
import { boundaries, loadTimeline, type Boundaries, type Timeline } from 'latchkey/timeline';
import { describe, expect, test } from 'vitest';

type Written = Readonly<Record<string, unknown>>;

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const START = '2026-03-02T08:00:00Z';

function programOf(text: string): Program {
  const loaded = load(text);
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.diagnostics));
  return compile(loaded.value.policy);
}

function timelineOf(policy: string, until: string, events: readonly Written[], more: Written = {}): Timeline {
  const document = { timeline: 1, title: 'T', policy, start: START, until, session: { sub: 'u' }, events, ...more };
  const loaded = loadTimeline(JSON.stringify(document));
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.diagnostics));
  return loaded.value;
}

/** A policy with one internal read that requires the constraints. */
function requiring(require: readonly Written[], more: Written = {}): Program {
  const document = {
    language: 1,
    id: 'p',
    version: 1,
    tiers: [{ id: 't', sensitivity: 'internal', require }],
    capabilities: [{ id: 'it', tier: 't', access: 'read' }],
    ...more,
  };
  return programOf(JSON.stringify(document));
}

const SIGN_IN = { at: '0s', type: 'session-established', amr: ['pwd'], roles: ['r'] };

/** Of each crossing of limits measured so: `past`, time and outcome of its probes. */
function crossings(found: Boundaries, measured: string): unknown {
  return found.reached
    .filter(({ limit }) => limit.measured === measured)
    .map(({ probes }) => probes.map(({ past, at, decision }) => `${past} ${at} ${decision.outcome}`));
}

function run(require: readonly Written[], until: string, events: readonly Written[] = [], more: Written = {}) {
  return boundaries([requiring(require)], timelineOf('p', until, [SIGN_IN, ...events], more));
}

const SEEN = { kind: 'maxAge', of: 'serverConfirmation', limit: '2h' };

describe('a limit is probed just before, at and just after it', () => {
  test('an age holds at its limit and fails 1 ms later', () => {
    expect(crossings(run([SEEN], '1d'), 'serverConfirmation')).toEqual([
      ['-1 7199999 permit', '0 7200000 permit', '1 7200001 deny'],
    ]);
  });

  test('an expiry fails at its instant', () => {
    const found = run([{ kind: 'online', token: 'unexpired' }], '1d', [], { idp: { accessTokenLifetime: '10m' } });
    expect(crossings(found, 'accessTokenExpiry')).toEqual([['-1 599999 permit', '0 600000 deny', '1 600001 deny']]);
  });

  test('a margin is half the life of a short token', () => {
    const found = run([{ kind: 'online', token: 'fresh' }], '1d', [], { idp: { accessTokenLifetime: '2m' } });
    expect(crossings(found, 'accessTokenMargin')).toEqual([['-1 59999 permit', '0 60000 deny', '1 60001 deny']]);
  });

  test('a quota turns with its last use', () => {
    const uses = ['1m', '2m', '3m'].map((at) => ({ at, type: 'attempt', capability: 'it' }));
    const found = run([{ kind: 'quota', limit: 2, per: 'offlinePeriod' }], '1h', uses);
    expect(crossings(found, 'uses')).toEqual([[`-1 ${MINUTE} permit`, `0 ${2 * MINUTE} deny`]]);
  });

  test('a schedule opens and closes every day it is reached, at the local time of its zone', () => {
    const windows = [{ days: ['tue', 'wed'], start: '09:00', end: '10:00' }];
    const found = run([{ kind: 'schedule', timeZone: 'Europe/Berlin', windows }], '3d');
    const [tuesday, wednesday] = [24 * HOUR, 48 * HOUR];
    expect(crossings(found, 'windowStart')).toEqual(
      [tuesday, wednesday].map((at) => [`-1 ${at - 1} deny`, `0 ${at} permit`, `1 ${at + 1} permit`]),
    );
    expect(crossings(found, 'windowEnd')).toEqual(
      [tuesday + HOUR, wednesday + HOUR].map((at) => [`-1 ${at - 1} permit`, `0 ${at} deny`, `1 ${at + 1} deny`]),
    );
  });

  test('an exception begins and ends with what it takes away', () => {
    const windows = [{ days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'], start: '00:00', end: '24:00' }];
    const found = run([{ kind: 'schedule', timeZone: 'UTC', windows, except: ['2026-03-03'] }], '3d');
    const [begins, ends] = [16 * HOUR, 40 * HOUR];
    expect(crossings(found, 'exception')).toEqual([
      [`-1 ${begins - 1} permit`, `0 ${begins} deny`, `1 ${begins + 1} deny`],
      [`-1 ${ends - 1} deny`, `0 ${ends} permit`, `1 ${ends + 1} permit`],
    ]);
  });

  test('a sleeping device drifts past the tolerance of a proven clock', () => {
    const found = run([{ kind: 'clock', is: 'proven' }], '1h', [{ at: '10m', type: 'sleep' }]);
    const at = 15 * MINUTE;
    expect(crossings(found, 'clockDrift')).toEqual([[`-1 ${at - 1} permit`, `0 ${at} permit`, `1 ${at + 1} deny`]]);
  });

  test('also when something happens to it just then', () => {
    const at = 15 * MINUTE;
    const sleep = { at: '10m', type: 'sleep' };
    for (const instants of [[at - 1], [at], [at + 1], [at - 1, at, at + 1]]) {
      const attempts = instants.map((each) => ({ at: `${each}ms`, type: 'attempt', capability: 'it' }));
      const found = run([{ kind: 'clock', is: 'proven' }], '1h', [sleep, ...attempts]);
      expect(crossings(found, 'clockDrift')).toEqual([[`-1 ${at - 1} permit`, `0 ${at} permit`, `1 ${at + 1} deny`]]);
    }
  });

  test('a wipe locks by the time on the clock and wipes by proven time', () => {
    const wipe = {
      scope: 'account',
      method: 'cryptoShred',
      when: [{ maxAge: '1h', evidence: 'provenOrFailedReauth' }],
    };
    const jump = { at: '10m', type: 'clock-change', delta: '30m' };
    const found = boundaries([requiring([], { wipe })], timelineOf('p', '2h', [SIGN_IN, jump]));
    const obliged = (measured: string) =>
      found.reached
        .filter(({ limit }) => limit.measured === measured)
        .flatMap(({ probes }) =>
          probes.map(({ at, decision }) => [at, ...decision.obligations.map(({ type }) => type)]),
        );
    expect(obliged('serverConfirmation')).toEqual([[30 * MINUTE - 1], [30 * MINUTE], [30 * MINUTE + 1, 'lock']]);
    expect(obliged('provenConfirmation')).toEqual([
      [HOUR - 1, 'lock'],
      [HOUR, 'lock'],
      [HOUR + 1, 'wipe'],
    ]);
  });
});

describe('what the story makes of a limit', () => {
  test('a limit is probed where the clock says it is', () => {
    const moved = run([SEEN], '1d', [{ at: '30m', type: 'clock-change', delta: '1h' }]);
    expect(crossings(moved, 'serverConfirmation')).toEqual([
      [`-1 ${HOUR - 1} permit`, `0 ${HOUR} permit`, `1 ${HOUR + 1} deny`],
    ]);
  });

  test('a limit that the clock jumps over is not reached', () => {
    const { reached, unreached } = run([SEEN], '1d', [{ at: '30m', type: 'clock-change', delta: '5h' }]);
    expect(reached).toEqual([]);
    expect(unreached.map(({ limit, version }) => `${limit.measured} ${version}`)).toEqual([
      'serverConfirmation 1',
      'policyExpiry 1',
    ]);
  });

  test('what happens at the limit may take it away', () => {
    const refreshed = run([SEEN], '3h', [{ at: '2h', type: 'token-refresh', result: 'ok' }]);
    expect(crossings(refreshed, 'serverConfirmation')).toEqual([]);
  });

  test('the end of the timeline still belongs to it', () => {
    expect(crossings(run([SEEN], '2h'), 'serverConfirmation')).toEqual([['-1 7199999 permit', '0 7200000 permit']]);
  });

  test('the proof of another method counts where it outlives the right one, for then the answer names the method', () => {
    const proof = (at: string, amr: string) => ({ at, type: 'step-up', result: 'ok', amr: [amr] });
    const stepUp = { kind: 'stepUp', amrAny: ['fpt'], maxAge: '1h' };
    const found = run([stepUp], '3h', [proof('1m', 'fpt'), proof('2m', 'pin')]);
    expect(crossings(found, 'proof')).toEqual([
      [`-1 ${61 * MINUTE - 1} permit`, `0 ${61 * MINUTE} permit`, `1 ${61 * MINUTE + 1} challenge`],
      [`-1 ${62 * MINUTE - 1} challenge`, `0 ${62 * MINUTE} challenge`, `1 ${62 * MINUTE + 1} challenge`],
    ]);
  });

  test('every version in force is looked at with its own limits', () => {
    const one = requiring([SEEN]);
    const two = requiring([{ ...SEEN, limit: '3h' }], { version: 2 });
    const story = [SIGN_IN, { at: '1h', type: 'policy-activated', version: 2 }];
    const { reached, unreached } = boundaries([one, two], timelineOf('p@1', '1d', story));
    expect(reached.map(({ version, probes }) => [version, probes[1]?.at])).toEqual([[2, 3 * HOUR]]);
    expect(unreached.map(({ version, limit }) => `${version} ${limit.measured}`)).toEqual([
      '1 serverConfirmation',
      '1 policyExpiry',
      '2 policyExpiry',
    ]);
  });

  test('a rule for more sensitive data is probed with such data', () => {
    const program = requiring([], { sensitivity: { confidential: [SEEN] } });
    const { reached } = boundaries([program], timelineOf('p', '1d', [SIGN_IN]));
    expect(
      reached.map(({ limit, probes }) => [limit.raisedTo, ...probes.map(({ decision }) => decision.outcome)]),
    ).toEqual([['confidential', 'permit', 'permit', 'deny']]);
  });

  test('shipped stories reach the limits they are about', () => {
    const read = (path: string) =>
      readFileSync(new URL(`../../policies/field-service/${path}`, import.meta.url), 'utf8');
    const story = loadTimeline(read('timelines/dead-zone.json'));
    if (!story.ok) throw new Error(JSON.stringify(story.diagnostics));
    const { reached } = boundaries([programOf(read('1.json'))], story.value);
    const view = reached.filter(({ limit }) => limit.capability === 'work_order.view');
    expect(view.map(({ limit, probes }) => `${limit.pointer} ${probes.map(({ at }) => at).join(' ')}`)).toEqual([
      '/tiers/0/require/0/limit 691199999 691200000 691200001',
      '/warn/0/after 604799999 604800000 604800001',
    ]);
  });
});
