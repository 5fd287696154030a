import { describe, expect, test } from 'vitest';
import { widthOfText } from '../../engine/cli/text-width.ts';
import { run } from './cli-harness.ts';

/** The usage lines of one command's help. */
function usageIn(help: string | undefined, name: string): string {
  return new RegExp(`^  latchkey ${name} .*(\\n {4,}.*)*$`, 'm').exec(help ?? '')?.[0] ?? 'no usage';
}

describe('the command line', () => {
  test('without a command shows how to use it on standard error and ends with 2', async () => {
    const { code, stdout, stderr } = await run([]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('latchkey check <file or folder…> [--json]');
  });

  test.each([['--help'], ['-h'], ['help'], ['help', 'help']])(
    '%s lists every command and ends with 0',
    async (...argv) => {
      const { code, stdout, stderr } = await run(argv);
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      for (const name of ['check', 'lint', 'decide', 'simulate', 'test', 'verify'])
        expect(stdout).toContain(`latchkey ${name} `);
    },
  );

  test.each([
    [['help', 'check'], 'latchkey check:'],
    [['check', '--help'], 'latchkey check:'],
    [['lint', '--help'], '--today <date>'],
    [['decide', '-h'], '--requests <file>'],
    [['simulate', '--help'], '--svg <file>'],
    [['test', '--help'], 'timelines/*.json'],
    [['verify', '--help'], '--checkpoint <file>'],
  ])('%j says what the command takes', async (argv, said) => {
    const { code, stdout } = await run(argv);
    expect(code).toBe(0);
    expect(stdout).toContain(said);
  });

  test('all help fits on 80 columns, with usage lines broken between the things that a command takes', async () => {
    const { stdout } = await run(['help']);
    const commands = [...stdout.matchAll(/^ {2}latchkey (\w+) /gm)].map(([, name]) => name ?? '');
    expect(commands).toHaveLength(7);
    const helps = await Promise.all(commands.map(async (name) => (await run(['help', name])).stdout));
    const wide = [stdout, ...helps].flatMap((text) => text.split('\n')).filter((line) => widthOfText(line) > 80);
    expect(wide).toEqual([]);
    for (const [index, name] of commands.entries()) expect(stdout).toContain(usageIn(helps[index], name));
    expect(stdout).not.toMatch(/[[<][^\]>]*$/m);
  });

  test.each([['--version'], ['-V']])('%s prints the version of the package', async (...argv) => {
    expect(await run(argv)).toEqual({
      code: 0,
      stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) as string,
      stderr: '',
    });
  });

  test.each([
    [['chekc', 'x.json'], 'there is no command `chekc`; did you mean `check`?'],
    [['similate'], 'there is no command `similate`; did you mean `simulate`?'],
    [['frobnicate'], 'there is no command `frobnicate`\n'],
    [['--hepl'], 'there is no option `--hepl`; did you mean `--help`?'],
    [['help', 'tset'], 'did you mean `test`?'],
    [['help', ''], 'there is no command ``'],
    [['lint', '', '--fix'], 'something is empty: a name or a value is `""`'],
    [['simulate', 'p.json', 't.json', '--against', ''], 'something is empty'],
    [['verify', 'export', '--key', 'k', '--key='], 'something is empty'],
    [['check'], 'something is missing; expected <file or folder…> [--json]'],
    [['check', 'x.json', '--jsn'], 'there is no option `--jsn`; did you mean `--json`?'],
    [['check', 'x.json', '-x'], 'there is no option `-x`'],
    [['check', 'x.json', '--json=yes'], '`--json` takes no value'],
    [['decide', 'p.json'], '--requests <file> is missing'],
    [['decide', 'p.json', 'q.json', '--requests', 'r'], '`q.json` is one too many'],
    [['decide', 'p.json', '--requests'], '`--requests` needs a value'],
    [['decide', 'p.json', '--requests', '--json'], '`--requests` needs a value'],
    [['simulate', 'p.json'], 'something is missing; name a timeline, or a story with --preset'],
    [['test', 'a', 'b'], '`b` is one too many'],
  ])('%j is told on standard error and ends with 2', async (argv, said) => {
    const { code, stdout, stderr } = await run(argv);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(said);
  });
});
