import { compile } from 'latchkey';
import { coverageOf } from 'latchkey/analysis';
import { load } from 'latchkey/load';
import { loadTimeline, play, type Playback } from 'latchkey/timeline';
import { describe, expect, test } from 'vitest';
import { folderWith, run } from './cli-harness.ts';

const text = (version: number, limit: string): string =>
  JSON.stringify({
    language: 1,
    id: 'small',
    version,
    guards: [{ kind: 'maxAge', of: 'serverConfirmation', limit }],
    tiers: [{ id: 'low', sensitivity: 'internal', require: [] }],
    capabilities: [
      {
        id: 'it',
        tier: 'low',
        access: 'write',
        require: [{ kind: 'quota', limit: version === 1 ? 2 : 1, per: 'offlinePeriod' }],
      },
    ],
  });
const TWO_DAYS = text(1, '2d');
const ONE_DAY = text(2, '1d');

function programFrom(policy: string) {
  const loaded = load(policy);
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.diagnostics));
  return compile(loaded.value.policy);
}

const programs = [programFrom(TWO_DAYS), programFrom(ONE_DAY)] as const;

/** Begins on version 1, goes over to version 2 at noon, and looks at the limit of the second on both sides. */
const UPGRADE = {
  timeline: 1,
  title: 'An upgrade',
  policy: 'small@1',
  start: '2026-03-02T00:00:00Z',
  until: '3d',
  session: { sub: 'u' },
  events: [
    { at: '0s', type: 'session-established', amr: ['pwd'] },
    { at: '12h', type: 'policy-activated', version: 2 },
  ],
  expect: [
    { at: '1h', capability: 'it', outcome: 'permit', because: 'it has just begun' },
    { at: '1d', capability: 'it', outcome: 'permit', because: 'a day is allowed by now' },
    { at: '1d1ms', capability: 'it', outcome: 'deny', because: 'and no more' },
  ],
};

function played(document: object): Playback {
  const loaded = loadTimeline(JSON.stringify(document));
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.diagnostics));
  return play(programs, loaded.value);
}

const guard = (version: 1 | 2, document: object) => {
  const { limits, capabilities, constraints } = coverageOf(programs[(version - 1) as 0 | 1].policy, [played(document)]);
  const [constraint] = constraints;
  return {
    state: limits.find(({ path }) => path === '/guards/0')?.state,
    looks: capabilities[0]?.expectations,
    met: constraint?.met,
    unmet: constraint?.unmet,
  };
};

describe('a story of two versions', () => {
  test('each version is covered by the looks at it while it was in force, and by no others', () => {
    expect(guard(1, UPGRADE)).toEqual({ state: 'unreached', looks: 1, met: 1, unmet: 0 });
    expect(guard(2, UPGRADE)).toEqual({ state: 'probed', looks: 2, met: 1, unmet: 1 });
  });

  test('time crosses the limit of the version in force', () => {
    expect(guard(2, { ...UPGRADE, expect: [] }).state).toBe('crossed');
    expect(guard(1, { ...UPGRADE, expect: [] }).state).toBe('unreached');
  });

  test('an activation between two looks is no limit', () => {
    const late = { at: '36h', type: 'policy-activated', version: 2 };
    const story = {
      ...UPGRADE,
      events: [UPGRADE.events[0], late],
      expect: [
        { at: '35h59m59s999ms', capability: 'it', outcome: 'permit', because: 'two days are allowed' },
        { at: '36h', capability: 'it', outcome: 'deny', because: 'the new version allows one' },
      ],
    };
    expect(guard(1, story).state).toBe('unreached');
    expect(guard(2, story)).toMatchObject({ looks: 1, unmet: 1 });
    expect(guard(2, story).state).not.toBe('probed');
  });

  test('an attempt just before an activation of the same time is of the version that decides it', () => {
    const attempt = {
      at: '12h',
      type: 'attempt',
      capability: 'it',
      expect: { outcome: 'permit', because: 'it is new' },
    };
    const [begun, switched] = UPGRADE.events;
    const story = (...events: readonly unknown[]) => ({ ...UPGRADE, events: [begun, ...events], expect: [] });
    const looks = (document: object) => [guard(1, document).looks, guard(2, document).looks];
    expect(looks(story(attempt, switched))).toEqual([1, 0]);
    expect(looks(story(switched, attempt))).toEqual([0, 1]);
    expect(guard(1, story(attempt, switched))).toMatchObject({ met: 1, unmet: 0 });
  });

  test('the last use there is and the first there is not are of one version', () => {
    const attempt = (at: string, outcome: string) => ({
      at,
      type: 'attempt',
      capability: 'it',
      expect: { outcome, because: 'on purpose' },
    });
    const quota = (version: 1 | 2, events: readonly object[]) =>
      coverageOf(programs[(version - 1) as 0 | 1].policy, [
        played({ ...UPGRADE, events: [UPGRADE.events[0], ...events], expect: [] }),
      ]).limits.find(({ uses }) => uses !== undefined)?.state;
    const [, switched = {}] = UPGRADE.events;
    const once = attempt('1h', 'permit');
    expect(quota(1, [once, attempt('2h', 'permit'), attempt('3h', 'deny'), switched])).toBe('probed');
    expect(quota(1, [once, attempt('2h', 'permit'), switched])).not.toBe('probed');
    expect(quota(1, [once, switched, attempt('13h', 'deny')])).not.toBe('probed');
    expect(quota(2, [once, switched, attempt('13h', 'deny')])).not.toBe('probed');
  });
});

test('`test --coverage` tells of every version that a story comes to', async () => {
  const cwd = folderWith({
    'policies/small/1.json': TWO_DAYS,
    'policies/small/2.json': ONE_DAY,
    'policies/small/timelines/upgrade.json': JSON.stringify(UPGRADE),
  });
  const { stdout } = await run(['test', '--json'], { cwd });
  const { coverage } = JSON.parse(stdout) as {
    coverage: { policy: string; file: string; limits: { path: string; state: string }[] }[];
  };
  expect(
    coverage.map(({ policy, file, limits }) => [policy, file, limits.find(({ path }) => path === '/guards/0')?.state]),
  ).toEqual([
    ['small@1', 'policies/small/1.json', 'unreached'],
    ['small@2', 'policies/small/2.json', 'probed'],
  ]);
  const { stdout: text_ } = await run(['test', '--coverage'], { cwd });
  expect(text_.match(/Coverage of .*/g)).toEqual(['Coverage of small@1', 'Coverage of small@2']);
});
