/** The documents that a person names: files, and all that folders hold. */
import { documentKindOf, type DocumentKind } from './document-kind.ts';
import { filesUnder, inFile, readSource, type SourceFile } from './files.ts';
import type { Io } from './io.ts';
import type { FileDiagnostic } from './render-diagnostic.ts';

/** A file with what it is for, or why there is none. */
export type Named =
  | { readonly ok: true; readonly source: SourceFile; readonly kind: DocumentKind }
  | { readonly ok: false; readonly problem: FileDiagnostic };

/** Everything named, in that order, a folder file by file. */
export function* documentsNamed(named: readonly string[], io: Io): Generator<Named> {
  for (const each of named) {
    const listed = filesUnder(io, each);
    if (!listed.ok) yield listed;
    else if (listed.files.length === 0)
      yield { ok: false, problem: inFile(each, `there is no .json file in \`${each}\``) };
    else
      for (const file of listed.files) {
        const read = readSource(io, file);
        yield read.ok ? { ...read, kind: documentKindOf(read.source.text) } : read;
      }
  }
}
