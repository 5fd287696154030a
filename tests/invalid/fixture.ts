import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Diagnostic } from 'latchkey/load';

const FOLDER = fileURLToPath(new URL('.', import.meta.url));

/** What a fixture's diagnostics must be; `help` only where the fixture is about it. */
export type Expected = Pick<Diagnostic, 'code' | 'pointer' | 'line' | 'column'> & { readonly help?: string };

export interface Fixture {
  /** The folder: the code that the fixture is about. */
  readonly code: string;
  readonly file: string;
  readonly bytes: Uint8Array;
  readonly expected: readonly Expected[];
}

/** Every broken document, with what `expected.json` beside it says of it; throws for one that it says nothing of. */
export function readFixtures(from = FOLDER): readonly Fixture[] {
  const folders = readdirSync(from, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return folders.flatMap(({ name: code }) => {
    const expected = JSON.parse(readFileSync(join(from, code, 'expected.json'), 'utf8')) as Record<string, Expected[]>;
    const files = readdirSync(join(from, code)).filter((file) => file !== 'expected.json');
    const unmatched = new Set([...files, ...Object.keys(expected)]);
    for (const file of files) if (expected[file] !== undefined) unmatched.delete(file);
    if (unmatched.size > 0) throw new Error(`${code}: ${[...unmatched].join(', ')} lacks its file or its expectation`);
    return files.map((file) => ({
      code,
      file,
      bytes: new Uint8Array(readFileSync(join(from, code, file))),
      expected: expected[file] ?? [],
    }));
  });
}

/** Codes that no document can give yet, each with the reason. */
export function readAwaiting(): Readonly<Record<string, string>> {
  return JSON.parse(readFileSync(join(FOLDER, 'awaiting.json'), 'utf8')) as Record<string, string>;
}
