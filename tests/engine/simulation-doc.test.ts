import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { run } from './cli-harness.ts';

const guide = readFileSync('docs/simulation.md', 'utf8');
const blocks = (language: string): readonly string[] =>
  [...guide.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'gm'))].map(([, body = '']) => body);

let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'latchkey-simulation-doc-'));
  cpSync(fileURLToPath(new URL('../../policies', import.meta.url)), join(folder, 'policies'), { recursive: true });
  writeFileSync(join(folder, 'tuesday.json'), blocks('json')[0] ?? '');
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each(blocks('console'))('the guide shows what is printed: %s', async (block) => {
  const [, command = '', shown = ''] = /^\$ npx latchkey (.+)\n([\s\S]*)$/.exec(block) ?? [];
  const { stdout, stderr } = await run(command.split(' '), { cwd: folder });
  // What follows the dots is left out.
  const begin = shown.split('…\n')[0] ?? '';
  expect(begin.length).toBeGreaterThan(20);
  expect((stdout + stderr).slice(0, begin.length)).toBe(begin);
});

test('the story of the guide holds', async () => {
  const { code, stdout } = await run(['simulate', 'policies/field-service/1.json', 'tuesday.json'], { cwd: folder });
  expect(code).toBe(0);
  expect(stdout).toContain('Expectations: 5 of 5 hold');
});

test('the table names every event and all that it says', () => {
  const schema = JSON.parse(readFileSync('schemas/timeline.v1.schema.json', 'utf8')) as {
    $defs: Record<string, { oneOf: { $ref: string }[]; title: string; properties: object; required: string[] }>;
  };
  const rows = [...guide.matchAll(/^\| `([a-z-]+)` +\| ([^|]*)\|/gm)].map(([, type = '', says = '']) => [
    type,
    says.trim(),
  ]);
  const events = (schema.$defs['event']?.oneOf ?? []).flatMap(
    ({ $ref }) => schema.$defs[$ref.split('/').at(-1) ?? ''] ?? [],
  );
  expect(rows).toEqual(
    events.map(({ title, properties, required }) => [
      title,
      Object.keys(properties)
        .filter((name) => !['at', 'type', 'expect'].includes(name))
        .map((name) => `\`${name}\`${required.includes(name) ? '' : '?'}`)
        .join(', '),
    ]),
  );
});
