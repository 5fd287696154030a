import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { folderWith, run } from './cli-harness.ts';
import { small } from './small-policy.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const guide = readFileSync(new URL('../../docs/cli.md', import.meta.url), 'utf8');

const examples = [...guide.matchAll(/^```console\n\$ (.+)\n([\s\S]*?)^```$/gm)].map(([, command = '', shown = '']) => ({
  command,
  shown,
}));

/** What `echo` would hand on, and the words after `latchkey`. */
function readCommand(command: string) {
  const [, input = '', words = ''] = /^(?:echo '([^']*)' \| )?npx latchkey (.+)$/.exec(command) ?? [];
  return { input, argv: words.split(' ') };
}

/** The output with the lines that the guide leaves out; anything the guide does show has to be there as it is. */
function matching(shown: string, output: string): boolean {
  const parts = shown.split(/^…\n/m);
  const pattern = parts
    .map((part) => part.replaceAll(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`))
    .join(String.raw`(?:.*\n)+`);
  return new RegExp(`^${pattern}$`).test(output);
}

test('the guide has an example of every command', () => {
  const commands = new Set(examples.map(({ command }) => readCommand(command).argv[0]));
  expect([...commands].sort()).toEqual(['check', 'decide', 'lint', 'mutate', 'simulate', 'test', 'verify']);
});

test.each(examples)('the guide shows what is printed by: $command', async ({ command, shown }) => {
  const { argv, input } = readCommand(command);
  const { stdout, stderr } = await run(argv, { cwd: root, input });
  const output = stdout + stderr;
  expect(matching(shown, output), `the guide shows\n${shown}\nand what is printed is\n${output}`).toBe(true);
});

const DAY = JSON.stringify({
  timeline: 1,
  title: 'Three days',
  policy: 'small',
  start: '2026-03-02T08:00:00Z',
  until: '3d',
  session: { sub: 'u' },
  events: [{ at: '0s', type: 'session-established', amr: ['pwd'] }],
});
const guarded = (guard: object) => ({
  'policies/small/1.json': small({ guards: [guard] }),
  'policies/small/timelines/day.json': DAY,
});
const inRepository = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

/** What it takes to see each of the outputs that stand without a command, in order. */
const WITHOUT_COMMAND = [
  {
    argv: ['test', 'policies'],
    files: {
      'policies/field-service/1.json': inRepository('policies/field-service/1.json').replace('48h', '24h'),
      'policies/field-service/timelines/dead-zone.json': inRepository(
        'policies/field-service/timelines/dead-zone.json',
      ),
    },
  },
  { argv: ['mutate', 'policies'], files: guarded({ kind: 'maxAge', of: 'serverConfirmation', limit: '48h' }) },
  { argv: ['mutate', 'policies'], files: guarded({ kind: 'risk', atMost: 'MEDIUM' }) },
];

test.each(WITHOUT_COMMAND.map((each, index) => ({ ...each, index })))(
  'the guide shows what $argv prints of a case of its own ($index)',
  async ({ argv, files, index }) => {
    const shown = [...guide.matchAll(/^```text\n([\s\S]*?)^```$/gm)].map(([, body = '']) => body);
    expect(shown).toHaveLength(WITHOUT_COMMAND.length);
    const { stdout } = await run(argv, { cwd: folderWith(files) });
    // Where the small policy breaks its lines is nobody's business.
    const lines = (shown[index] ?? '')
      .trimEnd()
      .split('\n')
      .filter((line) => !/^ {2}policies\/small\/1\.json:/.test(line));
    for (const line of lines) expect(stdout).toContain(`${line}\n`);
  },
);
