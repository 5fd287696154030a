/** What the command line touches besides files: streams, environment and terminal. Tests hand in their own. */
import { watch } from 'node:fs';
import { basename, extname, resolve } from 'node:path';
import { whyUnwritten } from './file-errors.ts';

export interface Io {
  readonly stdout: (text: string) => void;
  readonly stderr: (text: string) => void;
  /** Everything on standard input, to its end. */
  readonly stdin: () => Promise<Uint8Array>;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Folder that relative paths start from. */
  readonly cwd: string;
  /** Width of the terminal behind stdout; undefined when there is none. */
  readonly columns: number | undefined;
  /** Whether stdout is a terminal. */
  readonly isTTY: boolean;
  /** Aborted when the person asks to stop; a second time ends the process. */
  readonly interrupted?: AbortSignal;
  /** Calls back at every change under a folder, of JSON files and folders in it, or of a file; what it returns ends that. */
  readonly watch?: (named: string, changed: () => void) => () => void;
}

/** What every command returns: 0 fine, 1 something was found, 2 called the wrong way. */
export type ExitCode = 0 | 1 | 2;

const NARROWEST = 50;
const WIDEST = 200;

/** Columns to draw in: `COLUMNS` if set, else the terminal's, else 80; kept where drawings stay readable. */
export function widthOf(io: Io): number {
  const asked = Number(io.env['COLUMNS'] ?? '');
  const width = Number.isInteger(asked) && asked > 0 ? asked : (io.columns ?? 80);
  return Math.min(Math.max(width, NARROWEST), WIDEST);
}

/** The absolute path of what a person named on the command line. */
export function pathOf(io: Io, named: string): string {
  return resolve(io.cwd, named);
}

/** The streams and environment of this process. A reader that closes the pipe early ends the output quietly. */
export function processIo(): Io {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') return;
    process.stderr.write(`latchkey: cannot write to standard output: ${whyUnwritten(error)}\n`);
    process.exit(1);
  });
  const interrupt = new AbortController();
  process.once('SIGINT', () => interrupt.abort());
  return {
    interrupted: interrupt.signal,
    watch: (named, changed) => {
      // What a run itself may write there, such as `--junit out.xml`, is no reason for another one.
      const watcher = watch(resolve(named), { recursive: true }, (_, name) => {
        if (name === null || name === basename(named) || ['', '.json'].includes(extname(name))) changed();
      });
      watcher.on('error', changed);
      return () => watcher.close();
    },
    stdout: (text) => void process.stdout.write(text),
    stderr: (text) => void process.stderr.write(text),
    stdin: async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
      return Buffer.concat(chunks);
    },
    env: process.env,
    cwd: process.cwd(),
    columns: process.stdout.columns,
    isTTY: process.stdout.isTTY,
  };
}
