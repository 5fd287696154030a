/** What the command touches besides files and databases. Tests hand in their own. */
export interface Io {
  readonly stdout: (text: string) => void;
  readonly stderr: (text: string) => void;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Folder that relative paths start from. */
  readonly cwd: string;
  /** Columns of the terminal behind standard error, where progress is drawn; null when there is none. */
  readonly columns: number | null;
  /** Server time, Unix milliseconds. */
  readonly now: () => number;
}

/** 0 fine, 1 it could not be done or something was found, 2 called the wrong way. */
export type ExitCode = 0 | 1 | 2;

/** The streams, environment and clock of this process. A reader that closes the pipe early ends the output quietly. */
export function processIo(): Io {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
  return {
    stdout: (text) => void process.stdout.write(text),
    stderr: (text) => void process.stderr.write(text),
    env: process.env,
    cwd: process.cwd(),
    columns: process.stderr.isTTY ? process.stderr.columns : null,
    now: Date.now,
  };
}
