import { execFileSync } from 'node:child_process';
import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Diagnostic } from 'latchkey/load';
import { folderWith, run } from './cli-harness.ts';
import { POLICY, TIMELINE } from './cli-documents.ts';

const diagnosticsOf = (stdout: string) => JSON.parse(stdout) as readonly (Diagnostic & { readonly file: string })[];

describe('check', () => {
  test('ends with 0 and a line that says so when all is well', async () => {
    const cwd = folderWith({ 'desk/1.json': POLICY, 'desk/timelines/day.json': TIMELINE });
    expect(await run(['check', 'desk/1.json', 'desk/timelines/day.json'], { cwd })).toEqual({
      code: 0,
      stdout: '✓ 2 files checked, no problems\n',
      stderr: '',
    });
    expect(await run(['check', 'desk', '--json'], { cwd })).toEqual({ code: 0, stdout: '[]\n', stderr: '' });
  });

  test('shows place, code, sentence, source line with a caret, and what to write instead', async () => {
    const cwd = folderWith({ 'p.json': POLICY.replace('"limit"', '"limmit"') });
    const { code, stdout, stderr } = await run(['check', 'p.json'], { cwd });
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    const lines = stdout.split('\n');
    const head = lines.findIndex((line) => /^p\.json:9:\d+ {2}error unknown_key {2}/.test(line));
    expect(lines[head + 2]).toMatch(/^ 9 │ .*"limmit"/);
    const caret = lines[head + 3] ?? '';
    expect(lines[head + 2]?.slice(caret.indexOf('^'), caret.lastIndexOf('^') + 1)).toBe('"limmit"');
    expect(lines[head + 4]).toContain('help: did you mean `limit`?');
    expect(lines.at(-2)).toMatch(/^✗ \d errors? in 1 file, 1 file checked$/);
  });

  test('as JSON prints every diagnostic of every file, each with its file, in the order named', async () => {
    const cwd = folderWith({ 'a.json': '{ "language": 1,', 'b.json': '', 'good.json': POLICY });
    const { code, stdout } = await run(['check', '--json', 'b.json', 'good.json', 'a.json', 'none.json'], { cwd });
    expect(code).toBe(1);
    const found = diagnosticsOf(stdout);
    expect([...new Set(found.map(({ file }) => file))]).toEqual(['b.json', 'a.json', 'none.json']);
    for (const diagnostic of found) {
      expect(diagnostic).toMatchObject({
        code: expect.any(String) as string,
        severity: 'error',
        pointer: expect.any(String) as string,
        line: expect.any(Number) as number,
        column: expect.any(Number) as number,
        message: expect.any(String) as string,
      });
    }
  });

  test('tells timelines from policies by their top level', async () => {
    const cwd = folderWith({ 't.json': TIMELINE.replace('"until": "2d"', '"until": "2y"') });
    const { code, stdout } = await run(['check', 't.json', '--json'], { cwd });
    expect(code).toBe(1);
    expect(diagnosticsOf(stdout)).toMatchObject([{ file: 't.json', code: 'bad_duration', pointer: '/until', line: 6 }]);
  });

  test.each([
    ['a file that is not there', 'none.json', 'there is no such file'],
    ['a path through a file', 'p.json/x.json', 'there is no such file'],
    ['a folder without documents', 'empty', 'no .json file'],
  ])('says of %s that it cannot be read', async (_, named, why) => {
    const cwd = folderWith({ 'p.json': POLICY, 'empty/readme.txt': '' });
    const human = await run(['check', named], { cwd });
    expect(human).toMatchObject({ code: 1, stderr: '' });
    expect(human.stdout).toMatch(new RegExp(`^${named}:1:1 {2}error unreadable_file {2}.*${why}`));
    const json = await run(['check', named, '--json'], { cwd });
    expect(diagnosticsOf(json.stdout)).toMatchObject([{ file: named, code: 'unreadable_file' }]);
  });

  test('skips JSON Schema files with a note, and folders that hold no documents of ours', async () => {
    const cwd = folderWith({
      'all/policy.json': POLICY,
      'all/schemas/x.schema.json': '{ "$schema": "https://json-schema.org/draft/2020-12/schema" }',
      'all/node_modules/x/package.json': '{}',
      'all/.git/x.json': '{',
      'all/notes.txt': 'not json',
    });
    expect(await run(['check', 'all'], { cwd })).toEqual({
      code: 0,
      stdout: '✓ 1 file checked, no problems\n',
      stderr: 'all/schemas/x.schema.json: skipped, a JSON Schema\n',
    });
  });

  test.each([
    ['bytes that are not text', Uint8Array.from([0xff, 0xfe, 0x00, 0x1b, 0x5b])],
    ['nesting 20,000 deep', '['.repeat(20_000)],
    ['two mebibytes', `{ "id": "${'x'.repeat(2 * 1024 * 1024)}" }`],
    ['nothing', ''],
    ['escape sequences', '{ "\u001b[2J": 1 }'],
    ['a timeline cut off', '{ "timeline": 1, "title": "x'],
    ['a list', '[]'],
  ])(
    'finds fault with %s, in both forms, and neither throws nor lets a control character through',
    async (_, content) => {
      const cwd = folderWith({ 'p.json': content });
      const human = await run(['check', 'p.json'], { cwd });
      expect(human.code).toBe(1);
      expect([...human.stdout].every((mark) => mark === '\n' || !/\p{Cc}/u.test(mark))).toBe(true);
      const json = await run(['check', 'p.json', '--json'], { cwd });
      expect(json.code).toBe(1);
      expect(diagnosticsOf(json.stdout).length).toBeGreaterThan(0);
    },
  );

  test('a pipe in a folder keeps nobody waiting', async () => {
    const cwd = folderWith({ 'p.json': POLICY });
    execFileSync('sh', ['-c', 'mkfifo pipe.json'], { cwd });
    expect((await run(['check', '.'], { cwd })).stdout).toContain('1 file');
  });

  // Whoever may read everything has nothing that cannot be read.
  test.skipIf(process.getuid?.() === 0)('names the folder that cannot be read, not the one it lies in', async () => {
    const cwd = folderWith({ 'a/b/p.json': POLICY });
    chmodSync(join(cwd, 'a/b'), 0o000);
    const { stdout } = await run(['check', 'a'], { cwd });
    chmodSync(join(cwd, 'a/b'), 0o700);
    expect(stdout).toContain('cannot read `a/b`: reading it is not allowed');
  });

  test('stops after forty problems of one file, and says how many more there are', async () => {
    const many = Array.from({ length: 50 }, (_, index) => `"x${String(index)}": 1`).join(', ');
    const cwd = folderWith({ 'p.json': POLICY.replace('{', `{ ${many}, `) });
    const { stdout } = await run(['check', 'p.json'], { cwd });
    expect(stdout).toContain('p.json: 10 more problems; --json lists all');
    expect(stdout).toContain('✗ 50 errors in 1 file');
  });
});
