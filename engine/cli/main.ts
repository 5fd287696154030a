/** The `latchkey` command line. */
import { check } from './check.ts';
import { readCommandLine, type Command } from './command.ts';
import { decide } from './decide.ts';
import type { ExitCode, Io } from './io.ts';
import { lint } from './lint.ts';
import { mutate } from './mutate.ts';
import { simulate } from './simulate.ts';
import { didYouMean } from '../suggest.ts';
import { test } from './test.ts';
import { helpFor, usageOf } from './usage.ts';
import { verify } from './verify.ts';
import { versionOfThisPackage } from './version.ts';

export { processIo, type ExitCode, type Io } from './io.ts';

const COMMANDS: readonly Command[] = [check, lint, decide, simulate, test, mutate, verify];

/** Runs one command line, the words after `latchkey`. Ends with 0 fine, 1 something was found, 2 called the wrong way. */
export async function main(argv: readonly string[], io: Io): Promise<ExitCode> {
  const [first, ...rest] = argv;
  if (first === undefined) return wrong(io, usageOf(COMMANDS));
  if (first === '--version' || first === '-V') return fine(io, `${versionOfThisPackage()}\n`);
  if (first === '--help' || first === '-h' || first === 'help') return help(rest[0], io);
  const command = COMMANDS.find(({ name }) => name === first);
  if (!command) return wrong(io, unknown(first));
  const given = readCommandLine(command, rest);
  if (typeof given === 'string') {
    return wrong(
      io,
      `latchkey ${command.name}: ${given}\nRun \`latchkey ${command.name} --help\` for what it takes.\n`,
    );
  }
  return given.flag('help') ? fine(io, helpFor(command)) : command.run(given, io);
}

function help(name: string | undefined, io: Io): ExitCode {
  if (name === undefined || name === 'help') return fine(io, usageOf(COMMANDS));
  const command = COMMANDS.find((each) => each.name === name);
  return command ? fine(io, helpFor(command)) : wrong(io, unknown(name));
}

function unknown(word: string): string {
  const kind = word.startsWith('-') ? 'option' : 'command';
  const known = kind === 'option' ? ['--help', '--version'] : COMMANDS.map(({ name }) => name);
  const suggestion = didYouMean(word, known);
  return `latchkey: there is no ${kind} \`${word}\`${suggestion === undefined ? '' : `; ${suggestion}`}\nRun \`latchkey --help\` for what there is.\n`;
}

function fine(io: Io, text: string): ExitCode {
  io.stdout(text);
  return 0;
}

function wrong(io: Io, text: string): ExitCode {
  io.stderr(text);
  return 2;
}
