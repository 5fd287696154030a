import { mkdirSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { PRESETS } from 'latchkey/timeline';
import { POLICY, TIMELINE } from './cli-documents.ts';
import { folderWith, run } from './cli-harness.ts';

const files = { 'p.json': POLICY, 't.json': TIMELINE };

describe('simulate --preset', () => {
  test.each(PRESETS)('plays $name', async ({ name, title }) => {
    const { code, stdout, stderr } = await run(['simulate', 'p.json', '--preset', name], { cwd: folderWith(files) });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(new RegExp(`^${title}\\ndesk@1, `));
    for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  });

  describe('names the limits that it does not probe', () => {
    const quota = (limit: number): string => `{ "kind": "quota", "limit": ${limit}, "per": "offlinePeriod" },`;
    const withLimits = (uses: number, days: string): string =>
      POLICY.replace('"1d"', `"${days}"`).replace('[{ "kind": "stepUp"', `[${quota(uses)} { "kind": "stepUp"`);
    const play = (policy: string, ...more: readonly string[]) =>
      run(['simulate', 'p.json', '--preset', 'normal-day', ...more], { cwd: folderWith({ 'p.json': policy }) });

    test('and why', async () => {
      const { code, stdout } = await play(withLimits(251, '3631d'));
      expect(code).toBe(0);
      expect(stdout.slice(stdout.indexOf('This story'))).toBe(
        [
          'This story does not probe 2 limits',
          '  maxAge serverConfirmation 3631d of desk.open, desk.note: a preset is fitted',
          '    to limits up to 3630d',
          '    p.json:9:76',
          '  quota uses 251 of desk.note: a preset uses up 250 at most',
          '    p.json:20:47',
          '',
        ].join('\n'),
      );
    });

    test('in JSON too, with those of its capabilities', async () => {
      const { stdout } = await play(withLimits(251, '3631d'), '--json');
      expect(JSON.parse(stdout)).toMatchObject({
        unprobed: [
          { measured: 'serverConfirmation', length: 3631 * 86_400_000, capabilities: ['desk.open', 'desk.note'] },
          { measured: 'uses', uses: 251, capabilities: ['desk.note'], pointer: '/capabilities/1/require/0/limit' },
        ],
      });
    });

    test('and none where it probes all', async () => {
      expect((await play(withLimits(250, '3630d'))).stdout).not.toContain('does not probe');
      expect(JSON.parse((await play(withLimits(250, '3630d'), '--json')).stdout)).toMatchObject({ unprobed: [] });
    });

    test('and coverage counts them as never reached', async () => {
      const cwd = folderWith({ 'desk/1.json': withLimits(251, '3631d') });
      const saved = ['--save', 'day.json'];
      await run(['simulate', 'desk/1.json', '--preset', 'normal-day', ...saved], { cwd });
      mkdirSync(join(cwd, 'desk/timelines'));
      renameSync(join(cwd, 'day.json'), join(cwd, 'desk/timelines/day.json'));
      const { stdout } = await run(['test', '.', '--coverage'], { cwd });
      expect(stdout).toContain('maxAge serverConfirmation 3631d: never reached');
      expect(stdout).toContain('quota uses 251: never reached');
    });
  });

  test('help lists every preset with what happens in it', async () => {
    const { stdout } = await run(['simulate', '--help']);
    for (const { name } of PRESETS) expect(stdout).toMatch(new RegExp(`^ {2}${name} {2,}[A-Z]`, 'm'));
  });

  test('--save writes the timeline, which plays the same and is ready for expectations', async () => {
    const cwd = folderWith(files);
    const preset = ['simulate', 'p.json', '--preset', 'normal-day'];
    const played = await run([...preset, '--save', 'saved.json'], { cwd });
    expect(await run(['simulate', 'p.json', 'saved.json'], { cwd })).toEqual(played);
    expect((await run(['check', 'saved.json'], { cwd })).code).toBe(0);
    expect(JSON.parse(readFileSync(join(cwd, 'saved.json'), 'utf8'))).not.toHaveProperty('expect');
  });

  test('a timeline that cannot be saved is a problem, and the rest is printed all the same', async () => {
    const cwd = folderWith(files);
    const { code, stdout, stderr } = await run(
      ['simulate', 'p.json', '--preset', 'normal-day', '--save', 'no/such/folder.json'],
      { cwd },
    );
    expect(code).toBe(1);
    expect(stdout).toContain('A normal day');
    expect(stderr).toBe('latchkey simulate: cannot write `no/such/folder.json`: there is no such folder\n');
  });

  test('two policies can be compared on it', async () => {
    const stricter = POLICY.replace('"version": 1', '"version": 2').replace('"1d"', '"12h"');
    const cwd = folderWith({ ...files, '2.json': stricter });
    const { stdout } = await run(['simulate', 'p.json', '--preset', 'normal-day', '--against', '2'], { cwd });
    expect(stdout).toMatch(/With desk@2 newly denied\n {2}desk\.open\n/);
  });

  test.each([
    ['no story at all', ['p.json'], 'something is missing; name a timeline, or a story with --preset'],
    ['a timeline besides', ['p.json', 't.json', '--preset', 'normal-day'], '`t.json` is one too many'],
    ['a preset that does not exist', ['p.json', '--preset', 'lost-devise'], 'did you mean `lost-device`?'],
    ['a preset nobody could mean', ['p.json', '--preset', 'x'], 'there are normal-day, two-week-trip, '],
    ['--save without a preset', ['p.json', 't.json', '--save', 'x.json'], '--save goes with --preset'],
  ])('%s is a wrong call', async (_, argv, problem) => {
    const { code, stdout, stderr } = await run(['simulate', ...argv], { cwd: folderWith(files) });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(problem);
    expect(stderr).toContain('Run `latchkey simulate --help` for what it takes.');
  });

  test('a policy with problems is told as such', async () => {
    const cwd = folderWith({ 'p.json': POLICY.replace('"1d"', '"1y"') });
    const { code, stderr } = await run(['simulate', 'p.json', '--preset', 'normal-day'], { cwd });
    expect(code).toBe(1);
    expect(stderr).toContain('bad_duration');
  });
});
