import { existsSync, mkdirSync, renameSync } from 'node:fs';
import path from 'node:path';
import { copyWords } from '../../words/copies.ts';
import { Refusal } from '../refusal.ts';
import { secretFile } from '../secret-file.ts';
import { migrate, type StoreOptions } from '../store/index.ts';
import { nameToDisk } from '../to-disk.ts';
import { readNote } from './backup-note.ts';
import { fillPostgres } from './fill-postgres.ts';
import { differences, fingerprint, rowsIn } from './fingerprint.ts';
import { phaseOf, type OnProgress } from './progress.ts';
import { addRows, pagesOf } from './rows.ts';
import { SECRET_FILES } from './secret-files.ts';
import { tableShapes } from './shape.ts';
import { readSource, type Source } from './source.ts';
import { makeFile, openFile, removeFile } from './sqlite-file.ts';

/** What a restore did. */
export interface Restored {
  readonly rows: number;
  /** When the backup was made, Unix milliseconds. */
  readonly madeAt: number;
  /** Secret files that came back with it. */
  readonly secrets: readonly string[];
}

interface RestoreOptions extends Pick<StoreOptions, 'folder' | 'url' | 'now'> {
  /** Goes on although the history in the backup does not verify. */
  readonly despiteProblems: boolean;
  readonly onProgress: OnProgress;
}

/**
 * Puts a backup into an empty place, once all of it was read and checked. Throws a Refusal when there already is a store,
 * or when the backup is damaged, altered, or no backup; SchemaError when a newer version made it.
 */
export async function restore(file: string, options: RestoreOptions): Promise<Restored> {
  const { folder, url, now, onProgress } = options;
  if (!existsSync(file)) throw new Refusal(404, 'no_file', copyWords.noFile(file));
  const place = path.join(folder, 'latchkey.sqlite');
  if (url === undefined && existsSync(place)) throw new Refusal(409, 'not_empty', copyWords.storeThere(folder));
  const db = openFile(file, { readOnly: true });
  try {
    const source = await readSource(db, onProgress, options);
    const { madeAt, log, print, secrets } = await readNote(db);
    const altered = differences(print, source.print);
    if (altered.length > 0 || log !== source.log) {
      throw new Refusal(422, 'altered_backup', copyWords.altered(altered));
    }
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    if (url === undefined) await fillSqlite(source, place, options);
    else await fillPostgres(source, { folder, url, now, onProgress });
    return { rows: rowsIn(print), madeAt, secrets: putSecrets(folder, secrets) };
  } finally {
    await db.destroy();
  }
}

/** The file appears under its name when all of it is on the disk. */
async function fillSqlite(source: Source, place: string, { now, onProgress }: RestoreOptions): Promise<void> {
  const part = `${place}.part`;
  makeFile(part);
  try {
    const db = openFile(part, { readOnly: false });
    try {
      const total = rowsIn(source.print);
      const copied = phaseOf(onProgress, 'copying', total);
      await db.transaction().execute(async (tx) => {
        await migrate(tx, 'sqlite', source.steps, now());
        demandSameTables(source, await tableShapes(tx));
        for (const shape of source.shapes) {
          for await (const { rows } of pagesOf(source, shape)) {
            await addRows({ db: tx, kind: 'sqlite' }, shape, rows);
            copied(rows.length);
          }
        }
      });
      const checked = phaseOf(onProgress, 'checking', total);
      const other = differences(source.print, await fingerprint({ db, kind: 'sqlite' }, source.shapes, checked));
      if (other.length > 0) throw new Refusal(500, 'copy_differs', copyWords.differs(other));
    } finally {
      await db.destroy();
    }
    renameSync(part, place);
    nameToDisk(place);
  } finally {
    removeFile(part);
  }
}

/** A file may claim steps that it does not have. */
function demandSameTables({ shapes }: Source, own: Source['shapes']): void {
  const columnsOf = (tables: Source['shapes']) =>
    JSON.stringify(tables.map(({ name, columns }) => [name, columns]).toSorted());
  if (columnsOf(shapes) !== columnsOf(own)) throw new Refusal(422, 'altered_backup', copyWords.altered([]));
}

/** A secret that the folder already has stays: it belongs to what runs there. */
function putSecrets(folder: string, secrets: Readonly<Record<string, string>>): readonly string[] {
  const wanted = SECRET_FILES.filter((name) => name in secrets && !existsSync(path.join(folder, name)));
  for (const name of wanted) secretFile(path.join(folder, name), () => secrets[name] ?? '');
  return wanted;
}
