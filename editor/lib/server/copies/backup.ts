import { existsSync, readFileSync, renameSync } from 'node:fs';
import path from 'node:path';
import { sql, type Kysely } from 'kysely';
import { copyWords } from '../../words/copies.ts';
import { Refusal } from '../refusal.ts';
import {
  connect,
  migrate,
  migrations,
  schemaState,
  verifyStore,
  type StoreOptions,
  type Tables,
} from '../store/index.ts';
import { nameToDisk, toDisk } from '../to-disk.ts';
import { writeNote } from './backup-note.ts';
import { differences, fingerprint, rowsIn } from './fingerprint.ts';
import { SECRET_FILES } from './secret-files.ts';
import { phaseOf, type OnProgress } from './progress.ts';
import { addRows, pagesOf, type Side } from './rows.ts';
import { tableShapes } from './shape.ts';
import { makeFile, openFile, removeFile } from './sqlite-file.ts';

/** What a backup holds. */
export interface Backup {
  readonly rows: number;
  /** What in the history does not verify, by place; empty when all does, null when only the next start can tell. */
  readonly problems: readonly string[] | null;
}

interface BackupOptions extends Pick<StoreOptions, 'folder' | 'url' | 'now'> {
  /** Puts the checkpoint key and the session secret into the backup, which then must be kept as they are. */
  readonly withKey: boolean;
  readonly onProgress: OnProgress;
}

/**
 * Writes the store as it is at one moment into one SQLite file, whichever database it is in and while others write. The
 * file is there whole or not at all. Throws a Refusal when there already is one.
 */
export async function backup(file: string, options: BackupOptions): Promise<Backup> {
  if (existsSync(file)) throw new Refusal(409, 'file_exists', copyWords.fileExists(file));
  const part = `${file}.part`;
  makeFile(part);
  const source = connect(options);
  try {
    const { applied, pending } = await schemaState(source.db, source.kind, migrations);
    if (applied.length === 0) throw new Refusal(422, 'no_store', copyWords.noStore);
    if (source.kind === 'sqlite') await sql`vacuum into ${part}`.execute(source.db);
    else await copyOut(source.db, part, applied.length, options);
    const result = await seal(part, pending.length === 0, options);
    toDisk(part);
    renameSync(part, file);
    nameToDisk(file);
    return result;
  } finally {
    await source.db.destroy();
    removeFile(part);
  }
}

/** PostgreSQL: all rows as of one moment, into the same tables in a file. */
async function copyOut(db: Kysely<Tables>, part: string, steps: number, { now, onProgress }: BackupOptions) {
  const target: Side = { db: openFile(part, { readOnly: false }), kind: 'sqlite' };
  try {
    await target.db.transaction().execute(async (tx) => migrate(tx, 'sqlite', migrations.slice(0, steps), now()));
    const shapes = await tableShapes(target.db);
    const snapshot = db.transaction().setIsolationLevel('repeatable read').setAccessMode('read only');
    await snapshot.execute(async (reading) => {
      const source: Side = { db: reading, kind: 'postgres' };
      const before = await fingerprint(source, shapes);
      const copied = phaseOf(onProgress, 'copying', rowsIn(before));
      await target.db.transaction().execute(async (writing) => {
        for (const shape of shapes) {
          for await (const { rows } of pagesOf(source, shape)) {
            await addRows({ db: writing, kind: 'sqlite' }, shape, rows);
            copied(rows.length);
          }
        }
      });
      const other = differences(before, await fingerprint(target, shapes));
      if (other.length > 0) throw new Refusal(500, 'copy_differs', copyWords.differs(other));
    });
  } finally {
    await target.db.destroy();
  }
}

/** Writes down what the file holds, so that a restore can tell whether it still does. */
async function seal(
  part: string,
  upToDate: boolean,
  { folder, now, withKey, onProgress }: BackupOptions,
): Promise<Backup> {
  const db = openFile(part, { readOnly: false });
  try {
    const shapes = await tableShapes(db);
    const print = await fingerprint({ db, kind: 'sqlite' }, shapes);
    const checked = phaseOf(onProgress, 'checking', rowsIn(print));
    const { log } = await db.selectFrom('installation').select('log').executeTakeFirstOrThrow();
    const problems = upToDate ? (await verifyStore({ db, log })).problems.map(({ place }) => place) : null;
    const secrets = withKey ? SECRET_FILES.map((name) => [name, path.join(folder, name)] as const) : [];
    const present = secrets.filter(([, place]) => existsSync(place));
    const kept = Object.fromEntries(present.map(([name, place]) => [name, readFileSync(place, 'utf8')]));
    await writeNote(db, { format: 1, madeAt: now(), log, print, secrets: kept });
    checked(rowsIn(print));
    return { rows: rowsIn(print), problems };
  } finally {
    await db.destroy();
  }
}
