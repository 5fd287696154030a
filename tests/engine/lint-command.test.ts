import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Finding } from 'latchkey/analysis';
import { POLICY, TIMELINE } from './cli-documents.ts';
import { folderWith, run } from './cli-harness.ts';

const TODAY = ['--today', '2026-11-20'];
const LONG = POLICY.replace('"limit": "1d"', '"limit": "30d"');
const IDLE = POLICY.replace('"version": 1,', '"version": 1,\r\n  "facts": { "spare": { "type": "number" } },');

const findingsOf = (stdout: string) => JSON.parse(stdout) as readonly (Finding & { readonly file: string })[];

describe('lint', () => {
  test('ends with 0 and a line that says so when nothing is found', async () => {
    const cwd = folderWith({ 'desk/1.json': POLICY, 'desk/timelines/day.json': TIMELINE });
    expect(await run(['lint', 'desk', ...TODAY], { cwd })).toEqual({
      code: 0,
      stdout: '✓ nothing found, 1 policy file read\n',
      stderr: '',
    });
    expect(await run(['lint', '--json', 'desk', ...TODAY], { cwd })).toEqual({ code: 0, stdout: '[]\n', stderr: '' });
  });

  test('shows place, code, sentence and what to do, and ends with 1', async () => {
    const cwd = folderWith({ 'p.json': LONG });
    const { code, stdout } = await run(['lint', 'p.json', ...TODAY], { cwd });
    expect(code).toBe(1);
    expect(stdout).toMatch(/^p\.json:9:\d+ {2}warning long_window {2}people may go on for `30d`/);
    expect(stdout).toContain('^^^^^');
    expect(stdout).toContain('help: write `14d` or less');
    expect(stdout).toMatch(/\n! 1 warning, 1 policy file read\n$/);
  });

  test('as JSON gives every finding with its file and its fix', async () => {
    const cwd = folderWith({ 'a.json': LONG, 'b.json': POLICY, 'c.json': '{', 'd.json': IDLE });
    const { code, stdout } = await run(['lint', '--json', 'a.json', 'b.json', 'c.json', 'd.json', ...TODAY], { cwd });
    expect(code).toBe(1);
    const offset = LONG.indexOf('"30d"');
    expect(findingsOf(stdout)).toMatchObject([
      {
        file: 'a.json',
        code: 'long_window',
        severity: 'warning',
        line: 9,
        fix: { title: 'allow 14d', narrows: true, edit: { offset, length: 5, text: '"14d"' } },
      },
      { file: 'c.json', code: 'invalid_json', severity: 'error' },
      { file: 'd.json', code: 'unused_fact', fix: { narrows: false } },
    ]);
  });

  test('--fix makes the changes that keep every outcome, and no other', async () => {
    const cwd = folderWith({ 'idle.json': IDLE, 'long.json': LONG, 'broken.json': '{' });
    const { code, stdout } = await run(['lint', '--fix', 'idle.json', 'long.json', 'broken.json', ...TODAY], { cwd });
    expect(code).toBe(1);
    expect(stdout).toContain('idle.json  fixed unused_fact  nothing uses the fact `spare`\n');
    expect(stdout).toMatch(/! 1 error and 1 warning, 1 fixed, 3 policy files read\n$/);
    expect(readFileSync(join(cwd, 'idle.json'), 'utf8')).toBe(IDLE.replace(/\{ "spare".*\} \}/, '{}'));
    expect(readFileSync(join(cwd, 'long.json'), 'utf8')).toBe(LONG);
    expect(readFileSync(join(cwd, 'broken.json'), 'utf8')).toBe('{');
  });

  test('says beforehand how much --fix would settle', async () => {
    const cwd = folderWith({ 'idle.json': IDLE });
    const { stdout } = await run(['lint', 'idle.json', ...TODAY], { cwd });
    expect(stdout).toMatch(/! 1 warning, 1 policy file read; --fix settles 1\n$/);
    expect(readFileSync(join(cwd, 'idle.json'), 'utf8')).toBe(IDLE);
  });

  test('a timeline named by itself is passed over with a note', async () => {
    const cwd = folderWith({ 't.json': TIMELINE });
    expect(await run(['lint', 't.json', ...TODAY], { cwd })).toEqual({
      code: 0,
      stdout: '✓ nothing found, 0 policy files read\n',
      stderr: 't.json: skipped, not a policy\n',
    });
  });

  test('a file that is not there is a finding', async () => {
    const { code, stdout } = await run(['lint', 'none.json', ...TODAY], { cwd: folderWith({}) });
    expect(code).toBe(1);
    expect(stdout).toContain('error unreadable_file');
  });

  test('dates are judged as of --today, or of today', async () => {
    const cwd = folderWith({
      'p.json': POLICY.replace('"version": 1,', '"version": 1, "notes": { "reviewBy": "2026-01-31" },'),
    });
    expect(await run(['lint', 'p.json', '--today', '2026-01-31'], { cwd })).toMatchObject({ code: 0 });
    const late = await run(['lint', 'p.json'], { cwd });
    expect(late.code).toBe(1);
    expect(late.stdout).toContain('warning review_overdue');
  });

  test.each(['tomorrow', '2026-02-30', '20261120', '2026-11-20T10:00'])(
    '--today %s is called the wrong way',
    async (today) => {
      const { code, stdout, stderr } = await run(['lint', 'p.json', '--today', today]);
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(stderr).toContain('is not a date; write it as `2026-11-20`');
    },
  );
});
