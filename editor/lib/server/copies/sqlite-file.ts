import { closeSync, openSync, rmSync } from 'node:fs';
import { DatabaseSync } from '@photostructure/sqlite';
import { Kysely } from 'kysely';
import { copyWords } from '../../words/copies.ts';
import { Refusal } from '../refusal.ts';
import { SqliteFileDialect, type Tables } from '../store/index.ts';

/** Opens a SQLite file of a store for copying; one opened to be read is left as it is, to the byte. */
export function openFile(file: string, { readOnly }: { readonly readOnly: boolean }): Kysely<Tables> {
  const database = new DatabaseSync(file, { readOnly, timeout: 5_000 });
  try {
    for (const pragma of ['foreign_keys = ON', 'trusted_schema = OFF', 'synchronous = FULL']) {
      database.exec(`pragma ${pragma}`);
    }
  } catch (error) {
    database.close();
    throw damageIn(error);
  }
  return new Kysely<Tables>({ dialect: new SqliteFileDialect(database) });
}

/** The error, in words a person can act on where it says that a file is damaged. */
export function damageIn(error: unknown): unknown {
  const name: unknown = error instanceof Error ? Reflect.get(error, 'sqliteCodeName') : undefined;
  const damaged = typeof name === 'string' && /^SQLITE_(CORRUPT|NOTADB)/.test(name);
  return damaged ? new Refusal(422, 'damaged_file', copyWords.damaged) : error;
}

/** Makes an empty file that its owner alone may read, in place of what an earlier attempt left. */
export function makeFile(file: string): void {
  removeFile(file);
  closeSync(openSync(file, 'wx', 0o600));
}

/** Removes a SQLite file and what SQLite keeps beside it. */
export function removeFile(file: string): void {
  for (const ending of ['', '-journal', '-wal', '-shm']) rmSync(`${file}${ending}`, { force: true });
}
