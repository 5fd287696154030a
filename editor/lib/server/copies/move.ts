import { existsSync } from 'node:fs';
import path from 'node:path';
import { sql, type Kysely } from 'kysely';
import { copyWords } from '../../words/copies.ts';
import { Refusal } from '../refusal.ts';
import type { StoreOptions, Tables } from '../store/index.ts';
import { fillPostgres } from './fill-postgres.ts';
import { rowsIn } from './fingerprint.ts';
import type { OnProgress } from './progress.ts';
import { readSource } from './source.ts';
import { openFile } from './sqlite-file.ts';

interface MoveOptions extends Pick<StoreOptions, 'folder' | 'now'> {
  /** Goes on although the history does not verify. */
  readonly despiteProblems: boolean;
  readonly onProgress: OnProgress;
}

/**
 * Copies the store in a data folder into an empty PostgreSQL database; the file is only read. Cut short, it goes on when
 * it is called again. Throws a Refusal when there is no store, when somebody writes to it meanwhile, or as
 * `fillPostgres` does.
 */
export async function move(url: string, options: MoveOptions): Promise<{ readonly rows: number }> {
  const { folder, now, onProgress } = options;
  const file = path.join(folder, 'latchkey.sqlite');
  if (!existsSync(file)) throw new Refusal(404, 'no_store', copyWords.noStoreIn(folder));
  const db = openFile(file, { readOnly: true });
  try {
    const before = await changesSeen(db);
    const source = await readSource(db, onProgress, options);
    await fillPostgres(source, {
      ...{ folder, url, now, onProgress },
      demandUnchanged: async () => {
        if ((await changesSeen(db)) !== before) throw new Refusal(409, 'store_in_use', copyWords.storeInUse);
      },
    });
    return { rows: rowsIn(source.print) };
  } finally {
    await db.destroy();
  }
}

/** A number that is another one as soon as somebody else has written. */
async function changesSeen(db: Kysely<Tables>): Promise<number | undefined> {
  const { rows } = await sql<{ data_version: number }>`pragma data_version`.execute(db);
  return rows[0]?.data_version;
}
