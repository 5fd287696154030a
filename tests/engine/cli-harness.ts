import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { main, type ExitCode, type Io } from '../../engine/cli/main.ts';

export interface Ran {
  readonly code: ExitCode;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command line in this process, without a terminal unless `over` says so, and keeps what it prints. */
export async function run(argv: readonly string[], over: Partial<Io> & { readonly input?: string } = {}): Promise<Ran> {
  let stdout = '';
  let stderr = '';
  const { input = '', ...rest } = over;
  const code = await main(argv, {
    stdout: (text) => (stdout += text),
    stderr: (text) => (stderr += text),
    stdin: () => Promise.resolve(new TextEncoder().encode(input)),
    env: {},
    cwd: process.cwd(),
    columns: undefined,
    isTTY: false,
    ...rest,
  });
  return { code, stdout, stderr };
}

/** A temporary folder with the given files, removed when the test ends. */
export function folderWith(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-cli-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}
