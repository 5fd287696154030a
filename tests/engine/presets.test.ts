import { readFileSync } from 'node:fs';
import { compile, type Program } from 'latchkey';
import { load } from 'latchkey/load';
import { loadTimeline, PRESETS, simulate, type Simulation, type Timeline } from 'latchkey/timeline';
import { describe, expect, test } from 'vitest';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

function programOf(text: string): Program {
  const loaded = load(text);
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.diagnostics));
  return compile(loaded.value.policy);
}

function shipped(id: string): Program {
  return programOf(readFileSync(new URL(`../../policies/${id}/1.json`, import.meta.url), 'utf8'));
}

function textOf(name: string, { policy }: Program): string {
  return PRESETS.find((preset) => preset.name === name)?.timelineFor(policy) ?? '';
}

function timelineOf(name: string, program: Program): Timeline {
  const loaded = loadTimeline(textOf(name, program));
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.diagnostics));
  return loaded.value;
}

function run(name: string, program: Program): Simulation {
  return simulate([program], timelineOf(name, program));
}

const lane = (simulation: Simulation, name: keyof Simulation['lanes']) =>
  simulation.lanes[name].map(({ value }) => value);

describe.each(['field-service', 'songbook', 'ward-rounds'])('the presets on %s', (id) => {
  const program = shipped(id);

  test('are the eight that every policy gets', () => {
    expect(PRESETS.map(({ title }) => title)).toEqual([
      'A normal day',
      'A two-week trip',
      'Lost device',
      'Role removed on day two',
      'Clock rolled back',
      'Identity provider outage',
      'Flapping network',
      'Account disabled while offline',
    ]);
  });

  test.each(PRESETS)('$title begins with everything permitted', ({ name }) => {
    const { attempts } = run(name, program);
    const first = program.policy.capabilities.map(({ id }) => attempts.find(({ capability }) => capability === id));
    expect(first.map((attempt) => attempt?.decision.outcome)).toEqual(first.map(() => 'permit'));
  });

  test.each(PRESETS)('$title is the same text every time, an event a line', ({ name, title, description }) => {
    const text = textOf(name, program);
    expect(text).toBe(textOf(name, program));
    const document = JSON.parse(text) as { readonly events: readonly { readonly at: string; readonly type: string }[] };
    expect(document).toMatchObject({ title, description });
    for (const { at, type } of document.events) expect(text).toContain(`\n    { "at": "${at}", "type": "${type}"`);
  });

  test('a trip lasts two weeks and ends online', () => {
    const simulation = run('two-week-trip', program);
    const offline = simulation.lanes.connectivity.filter(({ value }) => value === 'offline');
    expect(offline.length).toBe(1);
    expect((offline[0]?.to ?? 0) - (offline[0]?.from ?? 0)).toBeGreaterThanOrEqual(13.9 * DAY);
    expect(lane(simulation, 'connectivity').at(-1)).toBe('online');
  });

  test('a lost device is tried, and locked out when it is online', () => {
    const { events } = timelineOf('lost-device', program);
    const failed = events.filter(({ event }) => event.type === 'step-up' && event.result === 'failed');
    expect(failed.length).toBeGreaterThan(1);
    expect(lane(run('lost-device', program), 'authState').at(-1)).toBe('REAUTH_REQUIRED');
  });

  test('a clock that is set back a little is tolerated, and noticed 1 ms later', () => {
    const { clock } = run('clock-rolled-back', program).lanes;
    const { tolerance } = program.policy.clock;
    const back = timelineOf('clock-rolled-back', program).events.filter(({ event }) => event.type === 'clock-change');
    const moved = back.map(({ event }) => (event.type === 'clock-change' ? event.delta : 0));
    expect(moved).toEqual([1 - tolerance, -1, -1, -12 * HOUR]);
    const noticed = clock.find(({ value }) => value === 'rolled_back');
    expect(noticed?.from).toBe(back[2]?.at);
    expect(clock.at(-1)?.value).toBe('ok');
  });

  test('an outage leaves the network alone', () => {
    const simulation = run('provider-outage', program);
    expect(lane(simulation, 'connectivity')).toEqual(['online']);
    expect(lane(simulation, 'authState')).toEqual(['ACTIVE', 'OFFLINE_STALE', 'ACTIVE']);
  });

  test('a flapping network is up and down all the time', () => {
    const changes = lane(run('flapping-network', program), 'connectivity');
    expect(changes.length).toBeGreaterThan(15);
    expect(new Set(changes)).toEqual(new Set(['online', 'limited', 'offline']));
  });

  test('a disabled account is locked when the device hears of it', () => {
    const simulation = run('account-disabled', program);
    expect(lane(simulation, 'authState')).toEqual(['ACTIVE', 'LOCKED']);
    expect(simulation.lanes.authState[1]?.from).toBe((simulation.lanes.connectivity.at(-1)?.from ?? 0) + 1000);
  });
});

test('on the second day the role is gone, and with it what it allowed', () => {
  const program = shipped('field-service');
  const timeline = timelineOf('role-removed', program);
  const removed = timeline.events.find(({ event }) => event.type === 'token-claims-change')?.at ?? 0;
  expect([removed > DAY, removed < 2 * DAY]).toEqual([true, true]);
  const segments = simulate([program], timeline).segments['work_order.complete'] ?? [];
  const [before, after] = [removed - 1, removed].map((at) => segments.find(({ from, to }) => from <= at && at < to));
  expect(before?.decision.reasons.map(({ code }) => code)).not.toContain('permission_missing');
  expect(after?.decision.reason).toBe('permission_missing');
});

test('the cast is what the policy asks for', () => {
  const document = {
    language: 1,
    id: 'p',
    version: 4,
    facts: {
      value: { type: 'number' },
      urgent: { type: 'boolean' },
      sites: { type: 'string[]' },
      note: { type: 'string' },
    },
    guards: [
      { kind: 'assurance', acrAny: ['gold', 'silver'], amrAll: ['otp'] },
      { kind: 'grant', rolesAny: ['nurse', 'physician'] },
      { kind: 'grant', scopesAll: ['read', 'write'] },
      { kind: 'device', storageAtLeast: 'os', compliant: true },
      { kind: 'stepUp', amrAll: ['fpt', 'pin'], maxAge: '1h', acceptDeviceUnlock: '2m' },
      {
        kind: 'when',
        conditions: {
          all: [
            { fact: 'value', operator: 'lessThan', value: 100 },
            { fact: 'urgent', operator: 'notEqual', value: true },
            { fact: 'sites', operator: 'contains', value: 'north' },
          ],
        },
      },
      {
        kind: 'schedule',
        timeZone: 'Asia/Tokyo',
        windows: [{ days: ['wed'], start: '10:00', end: '11:00' }],
        except: ['2027-05-05'],
      },
    ],
    tiers: [{ id: 't', sensitivity: 'internal', require: [] }],
    capabilities: [{ id: 'it', tier: 't', access: 'read' }],
  };
  const program = programOf(JSON.stringify(document));
  expect(JSON.parse(textOf('normal-day', program))).toMatchObject({
    policy: 'p@4',
    // The Wednesday before the holiday, within the window.
    start: '2027-04-28T01:00:00Z',
    timeZone: 'Asia/Tokyo',
    session: { roles: ['nurse'], scopes: ['read', 'write'], acr: 'gold' },
    device: { storage: 'hardware', unlockedAt: '2027-04-28T01:00:00Z' },
    facts: { value: 99, urgent: false, sites: ['north'], note: 'any' },
  });
  expect(run('normal-day', program).attempts[0]?.decision.outcome).toBe('permit');
});
