import { compile, decide, differs, explain, type Program } from 'latchkey';
import { load } from 'latchkey/load';
import { loadTimeline, play, probe, simulate, simulationOf, type Simulation, type Timeline } from 'latchkey/timeline';
import { describe, expect, test } from 'vitest';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const SIGN_IN = { at: '0s', type: 'session-established', amr: ['pwd'] };
const OFFLINE = { at: '0s', type: 'connectivity-change', to: 'offline' };

type Document = Readonly<Record<string, unknown>>;

/** A policy with one internal tier; each capability is its requirements, or a whole entry. */
function policy(capabilities: Readonly<Record<string, readonly unknown[] | Document>>, more: Document = {}): Program {
  const text = JSON.stringify({
    language: 1,
    id: 'sample',
    version: 1,
    tiers: [{ id: 't', sensitivity: 'internal', require: [] }],
    capabilities: Object.entries(capabilities).map(([id, own]) => ({
      id,
      tier: 't',
      access: 'read',
      ...(Array.isArray(own) ? { require: own as readonly unknown[] } : own),
    })),
    ...more,
  });
  const loaded = load(text);
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.diagnostics));
  return compile(loaded.value.policy);
}

function story(until: string, events: readonly unknown[], more: Document = {}): Timeline {
  const start = '2026-03-02T08:00:00+01:00';
  const session = { sub: 'u' };
  const loaded = loadTimeline(
    JSON.stringify({ timeline: 1, title: 'Story', policy: 'sample', start, until, session, events, ...more }),
  );
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.diagnostics));
  return loaded.value;
}

function outcomes({ segments }: Simulation, capability: string): readonly unknown[] {
  return (segments[capability] ?? []).map(({ from, to, decision }) => [from, to, decision.outcome]);
}

const AGE_4H = { kind: 'maxAge', of: 'serverConfirmation', limit: '4h' };
const PROOF_2H = { kind: 'stepUp', maxAge: '2h' };

describe('asleep', () => {
  const program = policy({
    age: [AGE_4H],
    proven: [{ kind: 'clock', is: 'proven' }],
    trusted: [{ kind: 'clock', is: 'trusted' }],
  });

  test('time goes on by the wall clock, which proves nothing past the tolerance', () => {
    const simulation = simulate(
      [program],
      story('8h', [SIGN_IN, { at: '1h', type: 'sleep' }, { at: '5h', type: 'wake' }]),
    );
    expect(outcomes(simulation, 'age')).toEqual([
      [0, 4 * HOUR + 1, 'permit'],
      [4 * HOUR + 1, 8 * HOUR, 'deny'],
    ]);
    expect(simulation.lanes.clock).toEqual([
      { from: 0, to: HOUR + 5 * MINUTE + 1, value: 'ok' },
      { from: HOUR + 5 * MINUTE + 1, to: 8 * HOUR, value: 'unproven_forward' },
    ]);
  });

  test('a wall clock set back before sleep stands still until it has caught up, to the millisecond', () => {
    const events = [SIGN_IN, { at: '1h', type: 'clock-change', delta: '-2h' }, { at: '2h', type: 'sleep' }];
    const simulation = simulate([program], story('12h', events));
    // Two hours have been seen to pass; the wall clock shows them again at 4h, and the tolerance is five minutes.
    expect(simulation.lanes.clock).toEqual([
      { from: 0, to: HOUR, value: 'ok' },
      { from: HOUR, to: 4 * HOUR - 5 * MINUTE, value: 'rolled_back' },
      { from: 4 * HOUR - 5 * MINUTE, to: 4 * HOUR + 5 * MINUTE + 1, value: 'ok' },
      { from: 4 * HOUR + 5 * MINUTE + 1, to: 12 * HOUR, value: 'unproven_forward' },
    ]);
    expect(outcomes(simulation, 'age')).toEqual([
      [0, 6 * HOUR + 1, 'permit'],
      [6 * HOUR + 1, 12 * HOUR, 'deny'],
    ]);
    expect(outcomes(simulation, 'trusted')).toEqual([
      [0, HOUR, 'permit'],
      [HOUR, 4 * HOUR - 5 * MINUTE, 'deny'],
      [4 * HOUR - 5 * MINUTE, 12 * HOUR, 'permit'],
    ]);
  });

  test('looking leaves no trace: a clock set forward and back again while asleep counts for nothing', () => {
    const events = [
      SIGN_IN,
      { at: '1h', type: 'sleep' },
      { at: '2h', type: 'clock-change', delta: '30d' },
      { at: '3h', type: 'clock-change', delta: '-30d' },
      { at: '3h30m', type: 'wake' },
    ];
    expect(outcomes(simulate([program], story('4h', events)), 'age')).toEqual([
      [0, 2 * HOUR, 'permit'],
      [2 * HOUR, 3 * HOUR, 'deny'],
      [3 * HOUR, 4 * HOUR, 'permit'],
    ]);
  });

  test('a device that sleeps before anybody signed in has no trusted time and no session', () => {
    const simulation = simulate([program], story('2h', [{ at: '1h', type: 'sleep' }]));
    expect(simulation.lanes.clock).toEqual([{ from: 0, to: 2 * HOUR, value: 'untrusted' }]);
    expect(simulation.lanes.authState).toEqual([{ from: 0, to: 2 * HOUR, value: 'none' }]);
    expect(outcomes(simulation, 'trusted')).toEqual([[0, 2 * HOUR, 'deny']]);
  });
});

describe('a wipe by age', () => {
  const program = policy(
    { it: [] },
    {
      wipe: {
        scope: 'account',
        method: 'cryptoShred',
        when: [{ maxAge: '3h', evidence: 'provenOrFailedReauth' }],
      },
    },
  );
  const obligations = ({ segments }: Simulation): readonly unknown[] =>
    (segments['it'] ?? []).map(({ from, decision }) => [from, decision.obligations.map(({ type }) => type)]);

  test('locks what a clock set forward makes old, and wipes once the age is proven', () => {
    const simulation = simulate([program], story('5h', [SIGN_IN, { at: '1h', type: 'clock-change', delta: '9d' }]));
    expect(obligations(simulation)).toEqual([
      [0, []],
      [HOUR, ['lock']],
      [3 * HOUR + 1, ['wipe']],
    ]);
  });

  test('is proven later by the time slept', () => {
    const events = [SIGN_IN, { at: '1h', type: 'sleep' }, { at: '5h', type: 'wake' }];
    expect(obligations(simulate([program], story('9h', events)))).toEqual([
      [0, []],
      [3 * HOUR + 1, ['lock']],
      [7 * HOUR + 1, ['wipe']],
    ]);
  });
});

describe('lanes', () => {
  const program = policy({ it: [] });
  const idp = { accessTokenLifetime: '1h', refreshIdle: '3h' };

  test('tokens grow old, and the refresh token renews with use', () => {
    const events = [SIGN_IN, { at: '2h', type: 'token-refresh', result: 'ok' }];
    const { lanes } = simulate([program], story('8h', events, { idp }));
    expect(lanes.accessToken.map(({ from, value }) => [from, value])).toEqual([
      [0, 'fresh'],
      [58 * MINUTE, 'expiring'],
      [HOUR, 'expired'],
      [2 * HOUR, 'fresh'],
      [3 * HOUR - 2 * MINUTE, 'expiring'],
      [3 * HOUR, 'expired'],
    ]);
    expect(lanes.refreshToken.map(({ from, value }) => [from, value])).toEqual([
      [0, 'usable'],
      [5 * HOUR, 'expired'],
    ]);
  });

  test('a token that lives two minutes is fresh for one', () => {
    const { lanes } = simulate([program], story('1h', [SIGN_IN], { idp: { accessTokenLifetime: '2m' } }));
    expect(lanes.accessToken.map(({ from, value }) => [from, value])).toEqual([
      [0, 'fresh'],
      [MINUTE, 'expiring'],
      [2 * MINUTE, 'expired'],
    ]);
  });

  test('a refused refresh token is unsent, and an answer that is none makes the session stale', () => {
    const events = [
      SIGN_IN,
      { at: '1h', type: 'token-refresh', result: 'transient' },
      { at: '2h', type: 'token-refresh', result: 'invalid' },
      { at: '3h', type: 'account-disabled' },
    ];
    const { lanes } = simulate([program], story('4h', events));
    expect(lanes.refreshToken.map(({ value }) => value)).toEqual(['usable', 'unsent', 'none']);
    expect(lanes.authState.map(({ value }) => value)).toEqual(['ACTIVE', 'OFFLINE_STALE', 'REAUTH_REQUIRED', 'LOCKED']);
  });

  test('the newest proof is shown by its methods until a reboot or a new sign-in voids it', () => {
    const events = [
      SIGN_IN,
      { at: '1h', type: 'step-up', amr: ['fpt'], result: 'ok' },
      { at: '2h', type: 'step-up', amr: ['pin', 'hwk'], result: 'ok' },
      { at: '3h', type: 'step-up', amr: ['face'], result: 'failed' },
      { at: '4h', type: 'reboot' },
      { at: '5h', type: 'step-up', amr: ['fpt'], result: 'ok' },
      { ...SIGN_IN, at: '6h' },
    ];
    const { lanes } = simulate([program], story('7h', events));
    expect(lanes.stepUp.map(({ from, value }) => [from, value])).toEqual([
      [0, 'none'],
      [HOUR, 'fpt'],
      [2 * HOUR, 'pin+hwk'],
      [4 * HOUR, 'none'],
      [5 * HOUR, 'fpt'],
      [6 * HOUR, 'none'],
    ]);
  });
});

describe('versions', () => {
  const [first, second] = [policy({ a: [], b: [] }), policy({ a: [AGE_4H], c: [] }, { version: 2 })];
  const events = [SIGN_IN, { at: '1h', type: 'policy-activated', version: 2 }];

  test('a timeline without a version runs on the newest', () => {
    expect(simulate([first, second], story('1h', [SIGN_IN])).lanes.policy).toEqual([
      { from: 0, to: HOUR, value: 'sample@2' },
    ]);
  });

  test('an activated version takes over, and what it lacks is unknown', () => {
    const simulation = simulate([first, second], story('6h', events, { policy: 'sample@1' }));
    expect(simulation.lanes.policy.map(({ from, value }) => [from, value])).toEqual([
      [0, 'sample@1'],
      [HOUR, 'sample@2'],
    ]);
    expect(Object.keys(simulation.segments)).toEqual(['a', 'b', 'c']);
    expect(outcomes(simulation, 'a')).toEqual([
      [0, 4 * HOUR + 1, 'permit'],
      [4 * HOUR + 1, 6 * HOUR, 'deny'],
    ]);
    expect(simulation.segments['b']?.map(({ decision }) => decision.reason)).toEqual([null, 'unknown_capability']);
    expect(simulation.segments['c']?.map(({ decision }) => decision.reason)).toEqual(['unknown_capability', null]);
  });

  test('a program that is not there is a mistake of the caller', () => {
    expect(() => simulate([], story('1h', []))).toThrow(TypeError);
    expect(() => simulate([first], story('2h', events, { policy: 'sample@1' }))).toThrow(TypeError);
  });
});

describe('attempts', () => {
  const program = policy({
    once: [{ kind: 'stepUp', everyUse: true }],
    few: [{ kind: 'quota', limit: 1, per: 'offlinePeriod' }],
  });
  const proof = { type: 'step-up', amr: ['fpt'], result: 'ok' };
  const use = (capability: string, expected?: Document): Document => ({
    type: 'attempt',
    capability,
    ...(expected === undefined ? {} : { expect: expected }),
  });

  test('are decided at their own place among the events of one time', () => {
    const events = [
      SIGN_IN,
      { at: '1h', ...use('once', { outcome: 'challenge' }) },
      { at: '1h', ...proof },
      { at: '1h', ...use('once', { outcome: 'permit', obligations: [], because: 'a proof was just given' }) },
      { at: '1h', ...use('once', { outcome: 'permit' }) },
    ];
    const { attempts, expectations } = simulate([program], story('2h', events));
    expect(attempts.map(({ at, path, decision }) => [at, path, decision.outcome])).toEqual([
      [HOUR, '/events/1', 'challenge'],
      [HOUR, '/events/3', 'permit'],
      [HOUR, '/events/4', 'challenge'],
    ]);
    expect(expectations.map(({ path, ok, at, since }) => [path, ok, at, since])).toEqual([
      ['/events/1/expect', true, HOUR, 0],
      ['/events/3/expect', true, HOUR, HOUR],
      ['/events/4/expect', false, HOUR, 0],
    ]);
    expect(expectations[1]?.expected).toEqual({
      capability: 'once',
      outcome: 'permit',
      obligations: [],
      because: 'a proof was just given',
    });
  });

  test('that are permitted use something up, and that are denied use nothing', () => {
    const events = [SIGN_IN, { at: '1h', ...use('few') }, { at: '2h', ...use('few') }];
    const simulation = simulate([program], story('3h', events));
    expect(simulation.attempts.map(({ decision }) => decision.outcome)).toEqual(['permit', 'deny']);
    expect(outcomes(simulation, 'few')).toEqual([
      [0, HOUR, 'permit'],
      [HOUR, 3 * HOUR, 'deny'],
    ]);
  });
});

describe('expectations', () => {
  const program = policy({
    age: [AGE_4H],
    note: { access: 'write', serverBound: true, offline: 'enqueue', require: [PROOF_2H] },
  });
  const results = (until: string, events: readonly unknown[], expected: readonly Document[]) =>
    simulate([program], story(until, events, { expect: expected })).expectations;

  test('a range holds only if every instant of it does, its last one too', () => {
    const [holds, fails] = results(
      '8h',
      [SIGN_IN],
      [
        { from: '0s', to: '4h', capability: 'age', outcome: 'permit' },
        { from: '0s', to: '4h1ms', capability: 'age', outcome: 'permit' },
      ],
    );
    expect(holds).toMatchObject({ path: '/expect/0', ok: true, at: 0, since: 0 });
    expect(fails).toMatchObject({ path: '/expect/1', ok: false, at: 4 * HOUR + 1, since: 4 * HOUR + 1 });
    expect(fails?.actual).toMatchObject({ outcome: 'deny', reason: 'reauth_required' });
  });

  test('the end of the timeline may be expected, even where a decision changes right there', () => {
    const [at] = results('4h1ms', [SIGN_IN], [{ at: '4h1ms', capability: 'age', outcome: 'deny' }]);
    expect(at).toMatchObject({ ok: true, at: 4 * HOUR + 1 });
  });

  test('obligations are the exact set, in any order', () => {
    const events = [SIGN_IN, { ...OFFLINE, at: '1m' }, { at: '2m', type: 'step-up', amr: ['pin'], result: 'ok' }];
    const expected = [['enqueue'], [], ['enqueue', 'readOnly']].map((obligations) => ({
      at: '3m',
      capability: 'note',
      obligations,
    }));
    expect(results('1h', events, expected).map(({ ok }) => ok)).toEqual([true, false, false]);
  });

  test('a resource and a silent person are part of the question', () => {
    const guarded = policy({ it: [PROOF_2H] }, { sensitivity: { confidential: [{ kind: 'online' }] } });
    const expected = [
      { at: '1h', capability: 'it', interactive: false, reason: 'interaction_required' },
      { at: '1h', capability: 'it', resource: { sensitivity: 'restricted' }, reason: 'online_required' },
      {
        from: '0s',
        to: '29m59s999ms',
        capability: 'it',
        resource: { sensitivity: 'restricted' },
        outcome: 'challenge',
      },
      { at: '1h', capability: 'it', reason: 'step_up_required' },
    ];
    const events = [SIGN_IN, { ...OFFLINE, at: '30m' }];
    const { expectations } = simulate([guarded], story('2h', events, { expect: expected }));
    expect(expectations.map(({ ok, since }) => [ok, since])).toEqual([
      [true, 0],
      [true, 30 * MINUTE],
      [true, 0],
      [true, 0],
    ]);
  });
});

describe('marks', () => {
  const program = policy({ age: [AGE_4H], proof: [PROOF_2H] }, { warn: [{ of: 'serverConfirmation', after: '3h' }] });
  const marks = (until: string, events: readonly unknown[]) => simulate([program], story(until, events)).marks;

  test('flag what time alone brings about, and no event', () => {
    const events = [SIGN_IN, { at: '2h', type: 'step-up', amr: ['pin'], result: 'ok' }, { ...OFFLINE, at: '3h30m' }];
    expect(marks('6h', events)).toEqual([
      { at: HOUR, type: 'token-expired' },
      { at: 3 * HOUR + 1, type: 'warn-crossed', capability: 'age', path: '/warn/0' },
      { at: 3 * HOUR + 1, type: 'warn-crossed', capability: 'proof', path: '/warn/0' },
      { at: 4 * HOUR + 1, type: 'limit-crossed', capability: 'age', path: '/capabilities/0/require/0' },
      { at: 4 * HOUR + 1, type: 'limit-crossed', capability: 'proof', path: '/capabilities/1/require/0' },
    ]);
  });

  test('a limit that is crossed while something else happens is flagged all the same', () => {
    const crossed = marks('5h', [SIGN_IN, { at: '4h1ms', type: 'connectivity-change', to: 'offline' }]);
    expect(crossed.filter(({ type }) => type === 'limit-crossed')).toEqual([
      { at: 4 * HOUR + 1, type: 'limit-crossed', capability: 'age', path: '/capabilities/0/require/0' },
    ]);
  });

  test('so is one that a clock set forward leaps over', () => {
    const crossed = marks('5h', [SIGN_IN, { at: '1h', type: 'clock-change', delta: '5h' }]);
    expect(crossed.filter(({ type }) => type === 'limit-crossed')).toEqual([
      { at: HOUR, type: 'limit-crossed', capability: 'age', path: '/capabilities/0/require/0' },
    ]);
  });
});

describe('a probe', () => {
  const program = policy({ age: [AGE_4H], proof: [PROOF_2H], shut: [{ kind: 'online' }] });
  const timeline = story('6h', [
    SIGN_IN,
    { at: '30m', type: 'step-up', amr: ['pin'], result: 'ok' },
    { ...OFFLINE, at: '2h' },
    { at: '3h', type: 'sleep' },
  ]);

  test('gives the request in force, its decision and every constraint with its margin', () => {
    const found = probe([program], timeline, HOUR, 'proof');
    expect(found.program).toBe(program);
    expect(found.request).toMatchObject({ capability: 'proof', now: timeline.start + HOUR, connectivity: 'online' });
    expect(found.decision).toEqual(decide(program, found.request));
    expect(found.explanation).toEqual(explain(program, found.request));
    expect(found.explanation).toMatchObject([{ path: '/capabilities/1/require/0', met: true, margin: 90 * MINUTE }]);
  });

  test('says what time changes next, in true time', () => {
    const { next } = probe([program], timeline, HOUR, 'proof');
    expect(next).toMatchObject({
      at: 2.5 * HOUR + 1,
      because: 'time',
      constraint: '/capabilities/1/require/0',
      decision: { outcome: 'challenge' },
    });
  });

  test('says which event changes it next', () => {
    const { next } = probe([program], timeline, HOUR, 'shut');
    expect(next).toMatchObject({ at: 2 * HOUR, because: 'event', constraint: '/capabilities/2/require/0' });
  });

  test('finds a change by time in sleep, and past the end of the timeline', () => {
    expect(probe([program], timeline, 3 * HOUR, 'age').next).toMatchObject({ at: 4 * HOUR + 1, because: 'time' });
    const short = story('2h', [SIGN_IN]);
    expect(probe([program], short, 2 * HOUR, 'age').next).toMatchObject({ at: 4 * HOUR + 1, because: 'time' });
  });

  test('knows when nothing will change any more', () => {
    expect(probe([program], timeline, 5 * HOUR, 'age').next).toBeNull();
  });

  test('sees the state after all events of its time', () => {
    expect(probe([program], timeline, 2 * HOUR - 1, 'shut').decision.outcome).toBe('permit');
    expect(probe([program], timeline, 2 * HOUR, 'shut').decision.outcome).toBe('deny');
  });

  test('asks with a resource and for a person who cannot be asked', () => {
    const details = { interactive: false, resource: { sensitivity: 'restricted' } } as const;
    const { request } = probe([program], timeline, 10 * MINUTE, 'proof', details);
    expect(request).toMatchObject(details);
  });

  test('agrees with the simulation of the same run', () => {
    const playback = play([program], timeline);
    for (const [capability, segments] of Object.entries(simulationOf(playback).segments))
      for (const { from, to, decision } of segments)
        for (const at of [from, to - 1]) {
          const found = probe([program], timeline, at, capability);
          expect(differs(found.decision, decision), `${capability} at ${at}`).toBe(false);
        }
  });
});

test('a timeline of ten days ends where it says', () => {
  const simulation = simulate([policy({ age: [AGE_4H] })], story('10d', [SIGN_IN]));
  expect(simulation.segments['age']?.at(-1)?.to).toBe(10 * DAY);
  expect(simulation.until).toBe(10 * DAY);
});
