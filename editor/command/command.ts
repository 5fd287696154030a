import { parseArgs } from 'node:util';
import type { ExitCode, Io } from './io.ts';

/** An option of a command; one without a placeholder is a switch. */
interface Option {
  readonly placeholder?: string;
  readonly summary: string;
  /** It may be given several times. */
  readonly multiple?: true;
}

/** What was given on the command line. */
export interface Given {
  readonly operands: readonly string[];
  readonly flag: (name: string) => boolean;
  readonly text: (name: string) => string | undefined;
  readonly texts: (name: string) => readonly string[];
}

export interface Command {
  readonly name: string;
  /** How it is called, after the name. */
  readonly synopsis: string;
  readonly summary: string;
  readonly details: string;
  /** Fewest and most operands. */
  readonly operands: readonly [least: number, most: number];
  readonly options: Readonly<Record<string, Option>>;
  run(given: Given, io: Io): Promise<ExitCode>;
}

const SHARED = { data: { type: 'string' }, help: { type: 'boolean', short: 'h' } } as const;

/** Reads what follows the command's name; a string says what is wrong with it. */
export function readGiven({ options, operands: [least, most] }: Command, argv: readonly string[]): Given | string {
  const own = Object.entries(options).map(([name, { placeholder, multiple = false }]) => {
    return [name, { type: placeholder === undefined ? ('boolean' as const) : ('string' as const), multiple }] as const;
  });
  try {
    const all = { ...Object.fromEntries(own), ...SHARED };
    const { values, positionals } = parseArgs({ args: [...argv], options: all, allowPositionals: true, strict: true });
    const help = values['help'] === true;
    if (!help && positionals.length < least) return 'something is missing';
    if (!help && positionals.length > most) return `\`${positionals[most]}\` is one word too many`;
    const given: Readonly<Record<string, unknown>> = values;
    const texts = (name: string) => [given[name]].flat().filter((value) => typeof value === 'string');
    return {
      operands: positionals,
      flag: (name) => given[name] === true,
      text: (name) => texts(name).at(-1),
      texts,
    };
  } catch (error) {
    // The first sentence of parseArgs says what is wrong, the others advise on syntax nobody meant.
    if (error instanceof TypeError) return error.message.split(/\. |\n/)[0] ?? error.message;
    throw error;
  }
}
