import { sql, type Kysely, type Transaction } from 'kysely';
import { copyWords } from '../../words/copies.ts';
import { Refusal } from '../refusal.ts';
import { connect, migrate, UNFINISHED, type StoreOptions, type Tables } from '../store/index.ts';
import { differences, fingerprint, rowsIn } from './fingerprint.ts';
import { phaseOf, type OnProgress } from './progress.ts';
import { addRows, flagColumns, pagesOf } from './rows.ts';
import type { Source } from './source.ts';

interface FillOptions extends Pick<StoreOptions, 'folder' | 'now'> {
  readonly url: string;
  readonly onProgress: OnProgress;
  /** Throws when the source is not what it was; the copy then stays unfinished. */
  readonly demandUnchanged?: () => Promise<void>;
}

/** Stands behind every step that a version may have, and keeps a server from using what is not whole yet. */
const MARK = 1_000_000;

/**
 * Copies a source into an empty PostgreSQL database, or goes on with a copy of the same rows that was cut short; one of
 * other rows begins again. Compares both at the end, row by row. Throws a Refusal when the database holds anything else.
 */
export async function fillPostgres(source: Source, options: FillOptions): Promise<void> {
  const { folder, url, now, onProgress, demandUnchanged } = options;
  const { db } = connect({ folder, url });
  try {
    const places = await prepare(db, source, now());
    const already = [...places.values()].reduce((sum, { rows }) => sum + rows, 0);
    const total = rowsIn(source.print);
    const copied = phaseOf(onProgress, 'copying', total, already);
    for (const shape of source.shapes) {
      const flags = await flagColumns(db, shape.name);
      let { place } = places.get(shape.name) ?? { place: 0 };
      for await (const page of pagesOf(source, shape, place)) {
        await db.transaction().execute(async (tx) => {
          await advance(tx, shape.name, place, page.place, page.rows.length);
          await addRows({ db: tx, kind: 'postgres' }, shape, page.rows, flags);
        });
        place = page.place;
        copied(page.rows.length);
      }
    }
    await demandUnchanged?.();
    const checked = phaseOf(onProgress, 'checking', total);
    const own = await db
      .transaction()
      .execute(async (tx) => fingerprint({ db: tx, kind: 'postgres' }, source.shapes, checked));
    const other = differences(source.print, own);
    if (other.length > 0) throw new Refusal(500, 'copy_differs', copyWords.differs(other));
    await demandUnchanged?.();
    await finish(db);
  } finally {
    await db.destroy();
  }
}

type Places = ReadonlyMap<string, { readonly place: number; readonly rows: number }>;

/** Makes the tables, or finds how far an earlier copy came. */
async function prepare(db: Kysely<Tables>, source: Source, at: number): Promise<Places> {
  return db.transaction().execute(async (tx) => {
    const tables = await tablesIn(tx);
    if (tables.length > 0 && !(await isUnfinished(tx, tables))) {
      throw new Refusal(409, 'not_empty', copyWords.databaseNotEmpty);
    }
    if (tables.length > 0) {
      const places = await placesOf(tx, source);
      if (places !== null) return places;
      for (const name of tables) await sql`drop table ${sql.table(name)} cascade`.execute(tx);
      await sql`drop function if exists refuse_change() cascade`.execute(tx);
    }
    await migrate(tx, 'postgres', source.steps, at);
    const mark = { id: MARK, name: UNFINISHED, hash: JSON.stringify(source.print), applied_at: at };
    await tx.insertInto('schema_migration').values(mark).execute();
    await sql`create table move_progress (name text primary key, place bigint not null, rows bigint not null)`.execute(
      tx,
    );
    for (const { name } of source.shapes) await sql`insert into move_progress values (${name}, 0, 0)`.execute(tx);
    return new Map();
  });
}

async function tablesIn(tx: Transaction<Tables>): Promise<readonly string[]> {
  const { rows } = await sql<{ name: string }>`
    select table_name as name from information_schema.tables where table_schema = current_schema()`.execute(tx);
  return rows.map(({ name }) => name);
}

async function isUnfinished(tx: Transaction<Tables>, tables: readonly string[]): Promise<boolean> {
  if (!tables.includes('move_progress') || !tables.includes('schema_migration')) return false;
  const mark = tx.selectFrom('schema_migration').select('id').where('id', '=', MARK).where('name', '=', UNFINISHED);
  return (await mark.executeTakeFirst()) !== undefined;
}

/** How far a copy of these very rows came; null when it was of others. */
async function placesOf(tx: Transaction<Tables>, { print }: Source): Promise<Places | null> {
  const mark = tx.selectFrom('schema_migration').select('hash').where('id', '=', MARK);
  if ((await mark.executeTakeFirst())?.hash !== JSON.stringify(print)) return null;
  const { rows } = await sql<{ name: string; place: number; rows: number }>`select * from move_progress`.execute(tx);
  return new Map(rows.map(({ name, ...rest }) => [name, rest]));
}

/** Moves on together with the rows, so that a copy that is cut short knows exactly what it has. */
async function advance(tx: Transaction<Tables>, name: string, from: number, to: number, rows: number): Promise<void> {
  const { numAffectedRows } = await sql`
    update move_progress set place = ${to}, rows = rows + ${rows} where name = ${name} and place = ${from}`.execute(tx);
  if (numAffectedRows !== 1n) throw new Refusal(409, 'copied_elsewhere', copyWords.copiedElsewhere);
}

async function finish(db: Kysely<Tables>): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await sql`drop table move_progress`.execute(tx);
    await tx.deleteFrom('schema_migration').where('id', '=', MARK).execute();
  });
}
