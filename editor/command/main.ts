/** The `latchkey-server` command line. */
import { reasonOf } from '../lib/server/reason-of.ts';
import { serverWords } from '../lib/words/server-command.ts';
import manifest from '../package.json' with { type: 'json' };
import { backup, restore } from './backup.ts';
import { readGiven, type Command } from './command.ts';
import { pull, push } from './files.ts';
import type { ExitCode, Io } from './io.ts';
import { migrate } from './migrate.ts';
import { move } from './move.ts';
import { withoutPasswords } from './place.ts';
import { rescue } from './rescue.ts';
import { start } from './start.ts';
import { key, verify } from './verify.ts';

const COMMANDS: readonly Command[] = [start, backup, restore, migrate, move, pull, push, verify, key, rescue];

/** Runs one command line, the words after `latchkey-server`. Ends with 0 fine, 1 not done or something found, 2 misused. */
export async function main(argv: readonly string[], io: Io): Promise<ExitCode> {
  const [first, ...rest] = argv;
  if (first === undefined) return said(io.stderr, serverWords.usage(COMMANDS), 2);
  if (first === '--version' || first === '-V') return said(io.stdout, `${manifest.version}\n`, 0);
  if (['--help', '-h', 'help'].includes(first)) return said(io.stdout, serverWords.usage(COMMANDS), 0);
  const command = COMMANDS.find(({ name }) => name === first);
  if (command === undefined) return said(io.stderr, serverWords.unknown(first), 2);
  const given = readGiven(command, rest);
  if (typeof given === 'string') return said(io.stderr, serverWords.misused(command.name, given), 2);
  if (given.flag('help')) return said(io.stdout, serverWords.help(command), 0);
  const addresses = [io.env['DATABASE_URL'], given.text('to')];
  try {
    return await command.run(given, io);
  } catch (error) {
    return said(io.stderr, withoutPasswords(`latchkey-server ${command.name}: ${reasonOf(error)}\n`, addresses), 1);
  }
}

function said(stream: (text: string) => void, text: string, code: ExitCode): ExitCode {
  stream(text);
  return code;
}
