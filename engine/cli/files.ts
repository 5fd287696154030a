/** Files and folders on disk. Whatever goes wrong comes back as a diagnostic, never as an exception. */
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Diagnostic } from '../diagnostic.ts';
import { whyUnread, whyUnwritten } from './file-errors.ts';
import { pathOf, type Io } from './io.ts';
import type { FileDiagnostic } from './render-diagnostic.ts';

/** A file as the person named it, with its bytes and, for showing and for telling its kind, its text. */
export interface SourceFile {
  readonly file: string;
  readonly bytes: Uint8Array;
  readonly text: string;
}

export type Read =
  { readonly ok: true; readonly source: SourceFile } | { readonly ok: false; readonly problem: FileDiagnostic };

// A byte order mark is part of the text: positions are counted with it in mind.
const DECODER = new TextDecoder('utf-8', { ignoreBOM: true });

/** The file, or why it cannot be read. */
export function readSource(io: Io, file: string): Read {
  try {
    const bytes = readFileSync(pathOf(io, file));
    return { ok: true, source: { file, bytes, text: DECODER.decode(bytes) } };
  } catch (error) {
    return { ok: false, problem: unreadable(file, error) };
  }
}

export type Listed =
  { readonly ok: true; readonly files: readonly string[] } | { readonly ok: false; readonly problem: FileDiagnostic };

/**
 * A file by itself; a folder as the `.json` files in it at any depth, by name. Hidden and `node_modules` folders are left
 * out, and so are pipes and devices, which could keep one waiting for ever.
 */
export function filesUnder(io: Io, named: string): Listed {
  try {
    if (!statSync(pathOf(io, named)).isDirectory()) return { ok: true, files: [named] };
    return { ok: true, files: [...jsonFilesIn(io, named)] };
  } catch (error) {
    // A folder further down is named itself.
    const { path: place = '' } = error as NodeJS.ErrnoException;
    const inside = place === '' ? '' : relative(pathOf(io, named), place);
    return { ok: false, problem: unreadable(inside === '' ? named : join(named, inside), error) };
  }
}

function* jsonFilesIn(io: Io, folder: string): Generator<string> {
  const entries = readdirSync(pathOf(io, folder), { withFileTypes: true });
  for (const entry of entries.sort((a, b) => compareNames(a.name, b.name))) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (!entry.name.startsWith('.') && entry.name !== 'node_modules') yield* jsonFilesIn(io, path);
    } else if (entry.name.endsWith('.json') && (entry.isFile() || entry.isSymbolicLink())) yield path;
  }
}

/** Orders names the same on every machine, with `2.json` before `10.json`. */
function compareNames(a: string, b: string): number {
  return names.compare(a, b) || Number(a > b) - Number(a < b);
}

const names = new Intl.Collator('en', { numeric: true });

function unreadable(file: string, error: unknown): FileDiagnostic {
  return inFile(file, `cannot read \`${file}\`: ${whyUnread(error)}`);
}

/** Writes a file, or says in a sentence why not. */
export function writeTo(io: Io, file: string, text: string): string | undefined {
  try {
    writeFileSync(pathOf(io, file), text);
    return undefined;
  } catch (error) {
    return `cannot write \`${file}\`: ${whyUnwritten(error)}`;
  }
}

/** A problem with a file as a whole: it points at the beginning. */
export function inFile(file: string, message: string, code: Diagnostic['code'] = 'unreadable_file'): FileDiagnostic {
  return { file, code, severity: 'error', pointer: '', line: 1, column: 1, message };
}
