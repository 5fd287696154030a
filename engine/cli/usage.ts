/** Help texts, made from the commands themselves. */
import type { Command } from './command.ts';

/** The whole tool on one screen. */
export function usageOf(commands: readonly Command[]): string {
  const width = Math.max(...commands.map(({ name }) => name.length));
  return [
    'latchkey: check capability policies, ask them, and watch them over time',
    '',
    'Usage:',
    ...commands.map(({ name, synopsis }) => `  latchkey ${name} ${synopsis}`),
    '',
    'Commands:',
    ...commands.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`),
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
export function helpFor({ name, synopsis, summary, details, options }: Command): string {
  const left = Object.entries(options).map(
    ([option, { placeholder }]) => `--${option}${placeholder === undefined ? '' : ` ${placeholder}`}`,
  );
  const rows = [...left, '-h, --help'];
  const said = [...Object.values(options).map((option) => option.summary), 'show this'];
  const width = Math.max(...rows.map((row) => row.length));
  return [
    `latchkey ${name}: ${summary}`,
    '',
    'Usage:',
    `  latchkey ${name} ${synopsis}`,
    '',
    details,
    '',
    'Options:',
    ...rows.map((row, index) => `  ${row.padEnd(width)}  ${said[index] ?? ''}`),
    '',
  ].join('\n');
}
