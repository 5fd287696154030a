/** From a policy file to a program that carries its document's digest. */
import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { compile } from '../compile.ts';
import type { PolicyDocument } from '../document.ts';
import { load } from '../load.ts';
import type { Program } from '../program.ts';
import { readSource, type SourceFile } from './files.ts';
import type { Io } from './io.ts';
import type { FileDiagnostic } from './render-diagnostic.ts';

/** Something read from a file, or the problems in the way, with the source they point into when there is one. */
export type Loaded<T> = Found<T> | Failed;

export interface Found<T> {
  readonly ok: true;
  readonly value: T;
  readonly source: SourceFile;
}

export interface Failed {
  readonly ok: false;
  readonly problems: readonly FileDiagnostic[];
  readonly sources: readonly SourceFile[];
}

/** The program of a policy file. Warnings are `check`'s to tell. */
export function loadProgram(io: Io, file: string): Loaded<Program> {
  const read = readSource(io, file);
  if (!read.ok) return { ok: false, problems: [read.problem], sources: [] };
  const { source } = read;
  const result = load(source.bytes);
  if (!result.ok)
    return { ok: false, problems: result.diagnostics.map((each) => ({ file, ...each })), sources: [source] };
  const { document, policy } = result.value;
  return { ok: true, value: compile(policy, { digest: digestOf(document) }), source };
}

/** SHA-256, in lower-case hexadecimal, of the document in canonical JSON (RFC 8785): formatting does not change it. */
function digestOf(document: PolicyDocument): string {
  return createHash('sha256')
    .update(canonicalize(document) ?? '')
    .digest('hex');
}
