/** Terminal colours, or none: one function either way, so that drawing code asks no questions. */
import type { Io } from './io.ts';

const SGR = {
  bold: '1',
  dim: '2',
  red: '31',
  green: '32',
  yellow: '33',
  blue: '34',
  magenta: '35',
  cyan: '36',
} as const;

export type Ink = keyof typeof SGR;

export interface Paint {
  /** The text in the given inks; unchanged where colour is off. */
  readonly ink: (text: string, ...inks: readonly Ink[]) => string;
  /** The text in black on one of the terminal's 256 colours; unchanged where colour is off. */
  readonly on: (text: string, paper: number) => string;
}

const plain: Paint = { ink: (text) => text, on: (text) => text };

const coloured: Paint = {
  ink: (text, ...inks) => (text === '' ? '' : `\u001b[${inks.map((name) => SGR[name]).join(';')}m${text}\u001b[0m`),
  on: (text, paper) => (text === '' ? '' : `\u001b[38;5;16;48;5;${String(paper)}m${text}\u001b[0m`),
};

/** `NO_COLOR` turns colour off whatever else is set; `FORCE_COLOR` turns it on where there is no terminal. */
export function paintFor(io: Pick<Io, 'env' | 'isTTY'>): Paint {
  return wantsColour(io) ? coloured : plain;
}

function wantsColour({ env, isTTY }: Pick<Io, 'env' | 'isTTY'>): boolean {
  if ((env['NO_COLOR'] ?? '') !== '') return false;
  const forced = env['FORCE_COLOR'];
  if (forced !== undefined) return forced !== '0' && forced !== 'false';
  return isTTY && env['TERM'] !== 'dumb';
}
