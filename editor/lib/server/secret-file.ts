import { randomUUID } from 'node:crypto';
import { linkSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { nameToDisk } from './to-disk.ts';

/**
 * The text of a file that only its owner may read, made on first use. Whatever stops the making, and whoever else makes it
 * at the same time, the name is only ever there with a whole text. Throws what the file system says.
 */
export function secretFile(file: string, make: () => string): string {
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  const known = textIn(file);
  if (known === null) place(file, make());
  removeParts(file);
  return known ?? readFileSync(file, 'utf8');
}

function place(file: string, text: string): void {
  const part = `${file}.${randomUUID()}.part`;
  writeFileSync(part, text, { mode: 0o600, flag: 'wx', flush: true });
  try {
    // Unlike a rename, this leaves alone what another process has placed in the meantime.
    linkSync(part, file);
    nameToDisk(file);
  } catch (error) {
    // Another process was first: with its own text in place, it removes ours.
    if (textIn(file) === null) throw error;
  }
}

function textIn(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

/** Removes what a making that was stopped has left. */
function removeParts(file: string): void {
  const folder = path.dirname(file);
  const start = `${path.basename(file)}.`;
  const parts = readdirSync(folder).filter((name) => name.startsWith(start) && name.endsWith('.part'));
  for (const part of parts) rmSync(path.join(folder, part), { force: true });
}
