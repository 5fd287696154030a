/** What a command is to the command line: its words, its options, and what it does. */
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { didYouMean } from '../suggest.ts';
import type { ExitCode, Io } from './io.ts';

export interface Given {
  readonly operands: readonly string[];
  readonly flag: (name: string) => boolean;
  /** The text given for an option; undefined when it was not given. */
  readonly value: (name: string) => string | undefined;
  /** Every text given for an option that may be repeated, in order. */
  readonly values: (name: string) => readonly string[];
}

export interface Command {
  readonly name: string;
  /** What comes after the name, for usage lines. */
  readonly synopsis: string;
  readonly summary: string;
  /** What help says beyond summary and options, in one paragraph. */
  readonly details: string;
  /** Words to choose from, or to know, each with what it stands for. */
  readonly choices?: { readonly heading: string; readonly rows: readonly (readonly [string, string])[] };
  /** Each with the line that help shows for it. */
  readonly options: Readonly<Record<string, Option>>;
  readonly operands: { readonly least: number; readonly most: number };
  readonly run: (given: Given, io: Io) => ExitCode | Promise<ExitCode>;
}

export interface Option {
  /** What stands for the option's text in help; absent for a switch. */
  readonly placeholder?: string;
  readonly required?: boolean;
  /** May be given more than once. */
  readonly repeatable?: boolean;
  readonly summary: string;
}

/** Reads what follows a command's name, or says in one sentence what is wrong with it. */
export function readCommandLine(command: Command, argv: readonly string[]): Given | string {
  const options: NonNullable<ParseArgsConfig['options']> = { help: { type: 'boolean', short: 'h' } };
  for (const [name, { placeholder, repeatable = false }] of Object.entries(command.options)) {
    options[name] = { type: placeholder === undefined ? 'boolean' : 'string', multiple: repeatable };
  }
  try {
    const { values, positionals } = parseArgs({ args: [...argv], options, allowPositionals: true });
    const given: Given = {
      operands: positionals,
      flag: (name) => values[name] === true,
      value: (name) => (typeof values[name] === 'string' ? values[name] : undefined),
      values: (name) => (Array.isArray(values[name]) ? values[name].map(String) : []),
    };
    const empty = [...positionals, ...Object.values(values).flat()].includes('');
    // What an unset variable comes to; as a path it would be the folder one stands in, and everything in it.
    if (empty) return 'something is empty: a name or a value is `""`';
    return given.flag('help') ? given : (lacking(command, given) ?? given);
  } catch (error) {
    return explained(error as Error, Object.keys(options));
  }
}

function lacking({ options, operands, synopsis }: Command, given: Given): string | undefined {
  if (given.operands.length < operands.least) return `something is missing; expected ${synopsis}`;
  if (given.operands.length > operands.most)
    return `\`${given.operands[operands.most] ?? ''}\` is one too many; expected ${synopsis}`;
  const missing = Object.entries(options).find(
    ([name, { required }]) => required === true && given.value(name) === undefined,
  );
  return missing && `--${missing[0]} ${missing[1].placeholder ?? ''} is missing`;
}

/** Says what Node's parser found, in the words of this command line. */
function explained(error: Error, known: readonly string[]): string {
  const option = /'(-[^' ]*)/.exec(error.message)?.[1] ?? '';
  switch ((error as NodeJS.ErrnoException).code) {
    case 'ERR_PARSE_ARGS_UNKNOWN_OPTION': {
      const help = didYouMean(
        option,
        known.map((name) => `--${name}`),
      );
      return `there is no option \`${option}\`${help === undefined ? '' : `; ${help}`}`;
    }
    case 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE':
      return error.message.includes('does not take') ? `\`${option}\` takes no value` : `\`${option}\` needs a value`;
    default:
      throw error;
  }
}
