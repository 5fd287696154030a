import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { compile, type Program } from 'latchkey';
import { load, type Diagnostic } from 'latchkey/load';
import { checkTimeline, loadTimeline, type Timeline } from 'latchkey/timeline';
import { describe, expect, test } from 'vitest';
import { readFixtures, type Expected } from '../invalid/fixture.ts';

const broken = readFixtures(fileURLToPath(new URL('../invalid-timelines/', import.meta.url)));

describe.each(broken)('a broken timeline, $code/$file', ({ code, bytes, expected }) => {
  const result = loadTimeline(bytes);
  const diagnostics = result.ok ? [] : result.diagnostics;

  test('is refused with these diagnostics, in this order, at these places', () => {
    expect(diagnostics.map(placed)).toEqual(expected);
    expect(expected.some((diagnostic) => diagnostic.code === code)).toBe(true);
  });

  test('is told in one line, lower case, without a full stop, with what to write', () => {
    for (const { message, help } of diagnostics) {
      expect(message).toMatch(/^[^\p{Lu}\n][^\n]*[^.\n]$/u);
      expect(help).toMatch(/^[^\p{Lu}\n][^\n]*[^.\n]$/u);
    }
  });
});

test('every diagnostic that only timelines give has a fixture', () => {
  const own = [
    'bad_instant',
    'unknown_event',
    'event_out_of_order',
    'event_after_end',
    'confirmation_offline',
    'too_many_tokens',
    'bad_version',
  ];
  expect(broken.map(({ code }) => code)).toEqual(expect.arrayContaining(own));
});

describe('loading', () => {
  const minimal = {
    timeline: 1,
    title: 'Least',
    policy: 'sample@3',
    start: '2026-03-02T08:00:00+01:00',
    until: '1d',
    events: [],
  };

  test('what a timeline does not say gets its default', () => {
    expect(loaded(minimal)).toEqual({
      title: 'Least',
      policy: 'sample',
      version: 3,
      start: Date.UTC(2026, 2, 2, 7),
      until: 86_400_000,
      session: {},
      device: {},
      risk: 'LOW',
      facts: {},
      idp: { accessTokenLifetime: 3_600_000 },
      events: [],
      expect: [],
    });
  });

  test('a time may be an offset or an instant in any zone', () => {
    const at = ['0s', '1h', '2026-03-02T09:00:00+01:00', '2026-03-02T10:00:00.250Z', '1d'].slice(0, 4);
    const { events } = loaded({ ...minimal, events: at.map((at) => ({ at, type: 'user-activity' })) });
    expect(events.map((event) => event.at)).toEqual([0, 3_600_000, 3_600_000, 10_800_250]);
  });

  test('a sign-in takes from `session` what it does not say', () => {
    const session = { iss: 'https://id', sub: 'u-1', tenant: 'acme', roles: ['a'], scopes: ['s'], acr: 'gold' };
    const event = { at: '0s', type: 'session-established', amr: ['pwd'], roles: ['b'] };
    const { events } = loaded({ ...minimal, session, events: [event] });
    const { iss, sub, tenant, scopes, acr } = session;
    const own = { type: 'session-established', amr: ['pwd'], roles: ['b'] };
    expect(events[0]?.event).toEqual({ ...own, iss, sub, tenant, scopes, acr });
  });

  test('a sign-in of somebody else takes issuer and tenant, and no rights', () => {
    const session = { iss: 'https://id', sub: 'u-1', tenant: 'acme', roles: ['a'], acr: 'gold' };
    const event = { at: '0s', type: 'session-established', sub: 'u-2', amr: ['pwd'] };
    const { events } = loaded({ ...minimal, session, events: [event] });
    const own = { type: 'session-established', sub: 'u-2', amr: ['pwd'] };
    expect(events[0]?.event).toEqual({ ...own, iss: 'https://id', tenant: 'acme' });
  });

  test('a clock moves either way, and instants of events become numbers', () => {
    const events = [
      { at: '1h', type: 'clock-change', delta: '-1h30m' },
      { at: '2h', type: 'clock-change', delta: '30d' },
      { at: '3h', type: 'session-revoked', eventTimestamp: '1970-01-01T00:00:01Z' },
    ];
    expect(loaded({ ...minimal, events }).events.map(({ event }) => event)).toEqual([
      { type: 'clock-change', delta: -5_400_000 },
      { type: 'clock-change', delta: 2_592_000_000 },
      { type: 'session-revoked', eventTimestamp: 1000 },
    ]);
  });

  test('no text and no bytes make it throw', () => {
    const dead = readFileSync(new URL('../../policies/field-service/timelines/dead-zone.json', import.meta.url));
    for (let length = 0; length < dead.length; length += 97)
      expect(loadTimeline(dead.subarray(0, length)).ok).toBe(false);
    for (const odd of ['', 'null', '[]', '"x"', '{"events":[null,1,{"at":{}}],"expect":[[]],"idp":7,"session":0}'])
      expect(loadTimeline(odd).ok).toBe(false);
  });
});

describe('a timeline and the policies it is to run on', () => {
  const programs = [1, 2].map((version) => program({ version }));
  const story = {
    timeline: 1,
    title: 'Story',
    policy: 'sample',
    start: '2026-03-02T08:00:00Z',
    until: '1d',
    session: { sub: 'u' },
    events: [{ at: '1h', type: 'attempt', capability: 'note.read' }],
    expect: [{ at: '1h', capability: 'note.write', outcome: 'deny' }],
  };

  test('go together', () => {
    expect(problems(story, programs)).toEqual([]);
    expect(problems({ ...story, policy: 'sample@1' }, programs)).toEqual([]);
  });

  test.each([
    ['unknown_policy', '/policy', { ...story, policy: 'simple' }],
    ['bad_version', '/policy', { ...story, policy: 'sample@3' }],
    [
      'bad_version',
      '/events/0/version',
      { ...story, policy: 'sample@1', events: [{ at: '1h', type: 'policy-activated', version: 3 }] },
    ],
    ['bad_version', '/events/0/version', { ...story, events: [{ at: '1h', type: 'policy-activated', version: 1 }] }],
    [
      'unknown_capability',
      '/events/0/capability',
      { ...story, events: [{ at: '1h', type: 'attempt', capability: 'note.raed' }] },
    ],
    [
      'unknown_capability',
      '/expect/0/capability',
      { ...story, expect: [{ at: '1h', capability: 'x', outcome: 'deny' }] },
    ],
  ])('%s at %s', (code, pointer, document) => {
    const [problem, ...others] = problems(document, programs);
    expect([problem?.code, problem?.pointer, others]).toEqual([code, pointer, []]);
    expect(problem?.line).toBeGreaterThan(1);
  });

  test('a person may expect a capability to be unknown', () => {
    const expectation = { at: '1h', capability: 'toString', outcome: 'deny', reason: 'unknown_capability' };
    expect(problems({ ...story, expect: [expectation] }, programs)).toEqual([]);
  });
});

function placed({ code, pointer, line, column }: Diagnostic): Expected {
  return { code, pointer, line, column };
}

function loaded(document: unknown): Timeline {
  const result = loadTimeline(JSON.stringify(document));
  if (!result.ok) throw new Error(JSON.stringify(result.diagnostics));
  return result.value;
}

function problems(document: unknown, programs: readonly Program[]): readonly Diagnostic[] {
  return checkTimeline(loaded(document), programs, JSON.stringify(document, null, 2));
}

function program(document: Readonly<Record<string, unknown>>): Program {
  const result = load(
    JSON.stringify({
      language: 1,
      id: 'sample',
      tiers: [{ id: 't', sensitivity: 'internal', require: [] }],
      capabilities: ['note.read', 'note.write'].map((id) => ({ id, tier: 't', access: 'read' })),
      ...document,
    }),
  );
  if (!result.ok) throw new Error(JSON.stringify(result.diagnostics));
  return compile(result.value.policy);
}
