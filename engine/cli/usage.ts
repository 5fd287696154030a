/** Help texts, made from the commands themselves, on a terminal of 80 columns. */
import type { Command } from './command.ts';
import { wrapped } from './text-width.ts';

const COLUMNS = 80;

/** The whole tool on one screen. */
export function usageOf(commands: readonly Command[]): string {
  return [
    'latchkey: check capability policies, ask them, and watch them over time',
    '',
    'Usage:',
    ...commands.flatMap(usageLines),
    '',
    'Commands:',
    ...table(commands.map(({ name, summary }) => [name, summary])),
    '',
    'Options:',
    '  -h, --help     show this, or with a command what it takes',
    '  -V, --version  show the version',
    '',
    'Exit codes: 0 fine, 1 something was found, 2 called the wrong way.',
    'NO_COLOR turns colour off, FORCE_COLOR turns it on, COLUMNS sets the width.',
    '',
  ].join('\n');
}

/** One command. */
export function helpFor(command: Command): string {
  const { name, summary, details, choices, options } = command;
  const rows = Object.entries(options).map(
    ([option, { placeholder, summary }]) =>
      [`--${option}${placeholder === undefined ? '' : ` ${placeholder}`}`, summary] as const,
  );
  return [
    ...hanging(`latchkey ${name}: `, summary),
    '',
    'Usage:',
    ...usageLines(command),
    '',
    ...wrapped(details, COLUMNS),
    ...(choices === undefined ? [] : ['', ...wrapped(choices.heading, COLUMNS), ...table(choices.rows)]),
    '',
    'Options:',
    ...table([...rows, ['-h, --help', 'show this']]),
    '',
  ].join('\n');
}

/** Broken only between the things that a command takes. */
function usageLines({ name, synopsis }: Command): readonly string[] {
  const things = synopsis.match(/\[[^\]]*\]|(--\S+ )?<[^>]*>|\S+/g) ?? [];
  const unbroken = things.map((thing) => thing.replaceAll(' ', '\u00a0')).join(' ');
  return hanging(`  latchkey ${name} `, unbroken).map((line) => line.replaceAll('\u00a0', ' '));
}

function table(rows: readonly (readonly [string, string])[]): readonly string[] {
  const width = Math.max(...rows.map(([head]) => head.length));
  return rows.flatMap(([head, text]) => hanging(`  ${head.padEnd(width)}  `, text));
}

/** The text beside what stands before it. */
function hanging(head: string, text: string): readonly string[] {
  return wrapped(text, COLUMNS - head.length).map(
    (line, index) => (index === 0 ? head : ' '.repeat(head.length)) + line,
  );
}
