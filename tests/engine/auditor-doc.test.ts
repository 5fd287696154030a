import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { run } from './cli-harness.ts';

const guide = readFileSync('docs/auditor.md', 'utf8');
const blocks = (language: string): readonly string[] =>
  [...guide.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'gm'))].map(([, body = '']) => body);

/** Every command of the page with what it shows. */
const commands = blocks('console').flatMap((block) =>
  block
    .split(/^\$ /m)
    .slice(1)
    .map((part) => ({ command: part.split('\n', 1)[0] ?? '', shown: part.slice(part.indexOf('\n') + 1) })),
);
const ours = commands.filter(({ command }) => command.startsWith('npx latchkey '));

const answers = (command: string, ...words: string[]): boolean => spawnSync(command, words).status === 0;
/** What the program of the page asks for. */
const canRun = answers('python3', '--version') && answers('openssl', 'version');

let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'latchkey-auditor-'));
  cpSync('docs/evidence', join(folder, 'docs/evidence'), { recursive: true });
  for (const [name, bytes] of Object.entries(unzipSync(readFileSync('docs/evidence/example.zip')))) {
    const file = join(folder, 'evidence', name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, bytes);
  }
  writeFileSync(join(folder, 'check.py'), blocks('python')[0] ?? '');
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('every command of the page is one that is run here', () => {
  const [unzip, python] = commands.filter(({ command }) => !command.startsWith('npx latchkey '));
  expect(unzip?.command).toBe('unzip -q docs/evidence/example.zip -d evidence');
  expect(python?.command).toMatch(/^python3 check\.py evidence /);
  expect(ours.length).toBe(commands.length - 2);
});

test.each(ours)('the page shows what is printed by: $command', async ({ command, shown }) => {
  const { code, stdout } = await run(command.split(' ').slice(2), { cwd: folder });
  expect(code).toBe(0);
  // What the dots stand for is left out.
  const [begin = '', end = ''] = shown.split('…\n');
  expect(stdout.startsWith(begin), stdout).toBe(true);
  expect(stdout.endsWith(end), stdout).toBe(true);
});

describe.skipIf(!canRun)('the program that is not ours', () => {
  const { command = '', shown = '' } = commands.find((each) => each.command.startsWith('python3 ')) ?? {};
  const words = command.split(' ').slice(1);

  test('finds the example as it was written', () => {
    const printed = execFileSync('python3', words, { cwd: folder, encoding: 'utf8' });
    expect(printed.split('\n').toSorted()).toEqual(shown.split('\n').toSorted());
  });

  test.each([
    ['an altered entry', 'events.ndjson', 'u-approver', 'u-somebody', 'entry 6 was altered'],
    ['an altered row', 'rows/release.ndjson', 'OPS-7', 'OPS-8', 'release.ndjson, line 1 was altered or added'],
    ['another signature', 'checkpoints/10.txt', /.{8}\n$/, 'AAAAAAA=\n', '10.txt: not signed'],
  ])('names %s', (_, name, from, to, said) => {
    const altered = join(folder, 'altered');
    rmSync(altered, { recursive: true, force: true });
    cpSync(join(folder, 'evidence'), altered, { recursive: true });
    writeFileSync(join(altered, name), readFileSync(join(altered, name), 'utf8').replace(from, to));
    const { status, stderr } = spawnSync('python3', ['check.py', 'altered', ...words.slice(2)], {
      cwd: folder,
      encoding: 'utf8',
    });
    expect(status).not.toBe(0);
    expect(stderr).toContain(said);
  });
});
