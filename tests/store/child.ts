import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { alias } from '../../latchkey-entries.js';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** A program of tests/store/children as plain JavaScript, and its removal. */
export interface Program {
  readonly file: string;
  remove(): void;
}

/** Builds a program. It lies under node_modules, so that packages left outside the bundle are found from there. */
export async function buildProgram(name: string): Promise<Program> {
  const folder = path.join(root, 'node_modules/.cache/latchkey');
  mkdirSync(folder, { recursive: true, mode: 0o755 });
  const file = path.join(folder, `${name}-${process.pid}.mjs`);
  await build({
    entryPoints: [path.join(root, 'tests/store/children', `${name}.ts`)],
    ...{ outfile: file, bundle: true, platform: 'node', format: 'esm', target: 'node20', packages: 'external' },
    alias: { ...alias, $lib: path.join(root, 'editor/lib') },
    logLevel: 'warning',
  });
  return { file, remove: () => rmSync(file, { force: true }) };
}

/** A running program: what it prints, a line at a time, and how it ends. */
export interface Running {
  readonly child: ChildProcess;
  readonly lines: AsyncIterableIterator<string>;
  /** All of standard error, once it has ended. */
  readonly ended: Promise<{ readonly code: number | null; readonly signal: string | null; readonly stderr: string }>;
  /** Returns when it is gone. */
  kill(signal: NodeJS.Signals): Promise<void>;
}

/** Starts a program with this input as its argument, read back as JSON. */
export function start(program: Program, input: unknown, options: SpawnOptions = {}): Running {
  return run(process.execPath, [program.file, JSON.stringify(input)], options);
}

/** Starts any command. */
function run(command: string, argv: readonly string[], options: SpawnOptions = {}): Running {
  const child = spawn(command, argv, { stdio: ['pipe', 'pipe', 'pipe'], ...options });
  const { stdout, stderr } = child;
  if (stdout === null || stderr === null) throw new TypeError('a test reads what a program prints');
  let said = '';
  stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  const ended = new Promise<Awaited<Running['ended']>>((resolve) => {
    child.once('close', (code, signal) => resolve({ code, signal, stderr: said }));
  });
  return {
    child,
    lines: createInterface({ input: stdout })[Symbol.asyncIterator](),
    ended,
    async kill(signal) {
      child.kill(signal);
      await ended;
    },
  };
}

/** The next line, or an error with what the program complained of. */
export async function nextLine({ lines, ended }: Running): Promise<string> {
  const { value, done } = (await lines.next()) as IteratorResult<string, undefined>;
  if (done !== true) return value;
  const { code, signal, stderr } = await ended;
  throw new Error(`it ended with ${code ?? signal}: ${stderr}`);
}
