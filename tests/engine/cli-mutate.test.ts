import { describe, expect, test } from 'vitest';
import { isWorthThreads } from '../../engine/cli/mutate-run.ts';
import { folderWith, run } from './cli-harness.ts';

/** A small policy with the members given. */
function small(members: object): string {
  return JSON.stringify({
    language: 1,
    id: 'small',
    version: 1,
    tiers: [{ id: 'low', sensitivity: 'internal', require: [] }],
    capabilities: [{ id: 'it', tier: 'low', access: 'write' }],
    ...members,
  });
}

const STORY = {
  timeline: 1,
  title: 'Two days',
  policy: 'small',
  start: '2026-03-02T08:00:00Z',
  until: '3d',
  session: { sub: 'u' },
  events: [{ at: '0s', type: 'session-established', amr: ['pwd'] }],
};
const POLICY = small({ guards: [{ kind: 'maxAge', of: 'serverConfirmation', limit: '48h' }] });

describe('latchkey mutate', () => {
  test('says what nobody would notice, and what would notice it', async () => {
    const cwd = folderWith({ 'small/1.json': POLICY, 'small/timelines/day.json': JSON.stringify(STORY) });
    const { code, stdout } = await run(['mutate', 'small/1.json'], { cwd });
    expect(code).toBe(1);
    expect(stdout).toContain('nobody would notice if limit `48h` were `1d`');
    expect(stdout).toContain('"at":"1d1ms","capability":"it","outcome":"permit","because":"…"');
    expect(stdout).toMatch(/✗ small@1: \d of \d+ mistakes would be noticed/);
  });

  test('an expectation on each side of the limit notices both', async () => {
    const expectations = [
      { at: '48h', capability: 'it', outcome: 'permit', because: 'two days are allowed' },
      { at: '48h1ms', capability: 'it', outcome: 'deny', because: 'and no more' },
    ];
    const day = JSON.stringify({ ...STORY, expect: expectations });
    const cwd = folderWith({ 'small/1.json': POLICY, 'small/timelines/day.json': day });
    const { stdout } = await run(['mutate', 'small/1.json', '--json'], { cwd });
    const { mutants } = JSON.parse(stdout) as { mutants: { path: string; fate: string; operator: string }[] };
    const limits = mutants.filter(({ path }) => path === '/guards/0/limit');
    expect(limits.map(({ operator, fate }) => [operator, fate])).toEqual([
      ['halved', 'killed'],
      ['doubled', 'killed'],
    ]);
  });

  test('where only obligations differ the expectation names them', async () => {
    const policy = small({
      onState: { OFFLINE_STALE: { obligations: ['audit'] }, REAUTH_REQUIRED: { tiers: { low: 'readOnly' } } },
      capabilities: [{ id: 'it', tier: 'low', access: 'read' }],
    });
    const events = [
      ...STORY.events,
      { at: '1h', type: 'token-refresh', result: 'transient' },
      { at: '2h', type: 'token-refresh', result: 'invalid' },
    ];
    const cwd = folderWith({
      'small/1.json': policy,
      'small/timelines/day.json': JSON.stringify({ ...STORY, events }),
    });
    const { stdout } = await run(['mutate', 'small/1.json'], { cwd });
    expect(stdout).toContain('{"at":"1h","capability":"it","outcome":"permit","obligations":["audit"],"because":"…"}');
    expect(stdout).toContain(
      '{"at":"2h","capability":"it","outcome":"permit","obligations":["readOnly"],"because":"…"}',
    );
  });

  test('obligations of one type are one to expectations', async () => {
    const audited = ['audit', { type: 'audit', level: 'high' }, 'lock'];
    const policy = small({ onState: { OFFLINE_STALE: { obligations: audited } } });
    const events = [...STORY.events, { at: '1h', type: 'token-refresh', result: 'transient' }];
    const cwd = folderWith({
      'small/1.json': policy,
      'small/timelines/day.json': JSON.stringify({ ...STORY, events }),
    });
    const { stdout } = await run(['mutate', 'small/1.json', '--json'], { cwd });
    const { mutants } = JSON.parse(stdout) as {
      mutants: { path: string; fate: string; suggestion?: { obligations: string[] } }[];
    };
    const of = (index: number) => mutants.find(({ path }) => path === `/onState/OFFLINE_STALE/obligations/${index}`);
    expect(of(0)?.fate).toBe('silent');
    expect(of(2)?.suggestion?.obligations).toEqual(['audit', 'lock']);
  });

  test('a timeline that fails as it is comes first', async () => {
    const wrong = { ...STORY, expect: [{ at: '1h', capability: 'it', outcome: 'deny', because: 'on purpose wrong' }] };
    const cwd = folderWith({ 'small/1.json': POLICY, 'small/timelines/day.json': JSON.stringify(wrong) });
    const { code, stderr } = await run(['mutate', 'small/1.json'], { cwd });
    expect(code).toBe(1);
    expect(stderr).toContain('1 expectation not met on small@1 as it is');
  });

  test('cancelled it tells what it knows', async () => {
    const cwd = folderWith({ 'small/1.json': POLICY, 'small/timelines/day.json': JSON.stringify(STORY) });
    const { code, stdout } = await run(['mutate', 'small/1.json'], { cwd, interrupted: AbortSignal.abort() });
    expect(code).toBe(1);
    expect(stdout).toMatch(
      /! small@1: stopped after 0 of \d+ mutants; so far 0 of 0 mistakes would be noticed, 1 timeline\n$/,
    );
    expect(stdout).not.toMatch(/✓|100 %/);
    const json = await run(['mutate', 'small/1.json', '--json'], { cwd, interrupted: AbortSignal.abort() });
    expect(JSON.parse(json.stdout)).toMatchObject({ complete: false, score: null, mutants: [] });
  });

  test('a terminal sees it go on', async () => {
    const cwd = folderWith({ 'small/1.json': POLICY, 'small/timelines/day.json': JSON.stringify(STORY) });
    const { stderr } = await run(['mutate', 'small/1.json'], { cwd, isTTY: true });
    expect(stderr).toMatch(/█+░* \d+ of \d+ mutants/);
  });
});

describe('what to name', () => {
  const day = JSON.stringify(STORY);
  const files = {
    'policies/small/1.json': POLICY,
    'policies/small/timelines/day.json': day,
    'policies/other/9.json': POLICY.replace('small', 'other'),
    'policies/other/10.json': POLICY.replace('small', 'other').replace('"version":1', '"version":10'),
    'policies/other/timelines/2.json': day.replace('small', 'other'),
  };

  test('a folder stands for the newest version of each policy in it', async () => {
    const cwd = folderWith(files);
    const { code, stdout, stderr } = await run(['mutate', 'policies'], { cwd });
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    expect(stdout.match(/^[✗✓].* mistakes would/gm)?.map((line) => line.split(' ')[1])).toEqual([
      'other@10:',
      'small@1:',
    ]);
    const json = await run(['mutate', 'policies', '--json'], { cwd });
    expect(JSON.parse(json.stdout)).toMatchObject({
      complete: true,
      policies: [{ policy: 'policies/other/10.json' }, { policy: 'policies/small/1.json' }],
    });
  });

  test('the folder of one policy will do, and one without timelines is told of', async () => {
    const cwd = folderWith({ ...files, 'policies/bare/1.json': POLICY.replace('small', 'bare') });
    const one = await run(['mutate', 'policies/small'], { cwd });
    expect(one.stdout).toMatch(/✗ small@1: /);
    const { stdout, stderr } = await run(['mutate', 'policies'], { cwd });
    expect(stdout).toMatch(/✗ small@1: /);
    expect(stderr).toBe(
      'latchkey mutate: there is no timeline to hold `policies/bare/1.json` against: name one, or keep them in `policies/bare/timelines`\n',
    );
  });

  test.each([
    [['policies/small/timelines/day.json'], /a timeline stands where a policy belongs[^]*name the policy first/],
    [['policies/small/timelines'], /there is no policy, `<id>\/<version>.json`, under `policies\/small\/timelines`/],
    [['policies', 'policies/small/timelines/day.json'], /name one policy before its timelines: `policies` is a folder/],
    [['nowhere'], /cannot read `nowhere`: there is no such file/],
  ])('%j is answered with what to name', async (argv, said) => {
    const { code, stdout, stderr } = await run(['mutate', ...argv], { cwd: folderWith(files) });
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(said);
  });

  test('stopped in a folder it says what it did not come to', async () => {
    const { code, stderr } = await run(['mutate', 'policies'], {
      cwd: folderWith(files),
      interrupted: AbortSignal.abort(),
    });
    expect(code).toBe(1);
    expect(stderr).toBe('latchkey mutate: stopped before `policies/small/1.json`\n');
  });
});

describe('when threads are worth it', () => {
  const ordinary = (many: number) => Array.from({ length: many }, () => ({ kind: 'ordinary' as const }));
  const took = (each: number) => Array.from({ length: 16 }, () => each);

  test.each([
    ['few slow mutants', took(40), 30, true],
    ['many quick ones', took(1), 900, false],
    ['one that was slow, once', [...took(1).slice(1), 1700], 90, false],
    ['a slow beginning, long ago', [...took(100), ...took(1)], 90, false],
    ['nothing measured yet', took(100).slice(1), 900, false],
  ])('%s', (_, times, left, worth) => {
    expect(isWorthThreads(times, ordinary(left))).toBe(worth);
  });

  test('mutants that nobody judges take no time', () => {
    expect(
      isWorthThreads(took(40), [...ordinary(20), ...Array.from({ length: 50 }, () => ({ kind: 'silent' as const }))]),
    ).toBe(false);
  });
});

/** Two versions, of which the second halves how long the device may go without the server. */
const VERSIONS = {
  'small/1.json': POLICY,
  'small/2.json': small({ version: 2, guards: [{ kind: 'maxAge', of: 'serverConfirmation', limit: '1d' }] }),
};

const story = (policy: string, limit: string, events: readonly object[] = []): string =>
  JSON.stringify({
    ...STORY,
    policy,
    events: [...STORY.events, ...events],
    expect: [
      { at: limit, capability: 'it', outcome: 'permit', because: 'it is allowed for so long' },
      { at: `${limit}1ms`, capability: 'it', outcome: 'deny', because: 'and no longer' },
    ],
  });

describe('a policy with two versions', () => {
  const files = {
    ...VERSIONS,
    'small/timelines/newest.json': story('small', '1d'),
    'small/timelines/old.json': story('small@1', '2d'),
    'small/timelines/upgrade.json': story('small@1', '1d', [{ at: '12h', type: 'policy-activated', version: 2 }]),
  };
  const limits = async (argv: readonly string[], only: Readonly<Record<string, string>> = files) => {
    const { code, stdout, stderr } = await run(['mutate', ...argv, '--json'], { cwd: folderWith(only) });
    expect(stderr).toBe('');
    const { timelines, mutants } = JSON.parse(stdout) as {
      timelines: string[];
      mutants: { path: string; operator: string; fate: string }[];
    };
    const ofLimit = mutants.filter(({ path }) => path === '/guards/0/limit').map(({ fate }) => fate);
    return { code, timelines, ofLimit };
  };

  test('the newer is held against the stories that begin on it and those that switch to it', async () => {
    const { timelines, ofLimit } = await limits(['small/2.json']);
    expect(timelines).toEqual(['small/timelines/newest.json', 'small/timelines/upgrade.json']);
    expect(ofLimit).toEqual(['killed', 'killed']);
  });

  test('the story of an upgrade counts for the newer by itself', async () => {
    const upgrade = { ...VERSIONS, 'small/timelines/upgrade.json': files['small/timelines/upgrade.json'] };
    expect((await limits(['small/2.json'], upgrade)).ofLimit).toEqual(['killed', 'killed']);
  });

  test('the older is held against what begins on it, whatever else is in the folder', async () => {
    const { timelines, ofLimit } = await limits(['small/1.json']);
    expect(timelines).toEqual(['small/timelines/old.json', 'small/timelines/upgrade.json']);
    expect(ofLimit).toEqual(['killed', 'killed']);
  });

  test('a story that says no version is about the newest, as in `test`', async () => {
    const { code, stderr } = await run(['mutate', 'small/1.json', 'small/timelines/newest.json'], {
      cwd: folderWith(files),
    });
    expect(code).toBe(1);
    expect(stderr).toBe('latchkey mutate: none of these timelines runs on small@1\n');
  });

  test('a draft of the newest, kept elsewhere, stands in for it', async () => {
    const draft = { ...files, 'draft.json': VERSIONS['small/2.json'] };
    const named = ['small/timelines/newest.json', 'small/timelines/upgrade.json'];
    const { timelines, ofLimit } = await limits(['draft.json', ...named], draft);
    expect(timelines).toEqual(named);
    expect(ofLimit).toEqual(['killed', 'killed']);
  });

  test('presets play the version that is changed', async () => {
    const idle = {
      ...VERSIONS,
      'small/timelines/idle.json': JSON.stringify({ ...STORY, policy: 'small@1', until: '1h' }),
    };
    const { stdout } = await run(['mutate', 'small/1.json', '--json'], { cwd: folderWith(idle) });
    const { mutants } = JSON.parse(stdout) as { mutants: { path: string; suggestion?: object }[] };
    const found = mutants.filter(({ path }) => path === '/guards/0/limit');
    expect(found.map(({ suggestion }) => suggestion)).toEqual([expect.anything(), expect.anything()]);
  });
});
