import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { run } from './cli-harness.ts';

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
