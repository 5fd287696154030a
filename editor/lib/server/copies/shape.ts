import { sql, type Kysely } from 'kysely';
import type { Tables } from '../store/index.ts';

/** A table as its SQLite schema describes it; PostgreSQL has the same tables and columns. */
export interface TableShape {
  readonly name: string;
  /** Sorted, so that a row is the same list everywhere. */
  readonly columns: readonly string[];
  /** Set where rows point to other rows of the same table, which then must be there first. */
  readonly itself: { readonly from: string; readonly to: string } | null;
}

/** Written by the schema's steps and by copying itself, so never copied. */
const NOT_COPIED = ['schema_migration', 'backup_note', 'move_progress'];

/** Every table of a store in a SQLite file, parents before children. */
export async function tableShapes(db: Kysely<Tables>): Promise<readonly TableShape[]> {
  const { rows } = await sql<{ name: string }>`
    select name from sqlite_master where type = 'table' and name not like 'sqlite\\_%' escape '\\' order by name`.execute(
    db,
  );
  const found = rows.map(({ name }) => name).filter((name) => !NOT_COPIED.includes(name));
  const described = await Promise.all(found.map(async (name) => describe(db, name)));
  return parentsFirst(described);
}

interface Described extends TableShape {
  readonly parents: readonly string[];
}

async function describe(db: Kysely<Tables>, name: string): Promise<Described> {
  const columns = await sql<{ name: string }>`select name from pragma_table_info(${name})`.execute(db);
  const links = await sql<{ table: string; from: string; to: string }>`
    select "table", "from", "to" from pragma_foreign_key_list(${name})`.execute(db);
  const itself = links.rows.find(({ table }) => table === name);
  return {
    name,
    columns: columns.rows.map((column) => column.name).toSorted(),
    parents: links.rows.map(({ table }) => table).filter((table) => table !== name),
    itself: itself === undefined ? null : { from: itself.from, to: itself.to },
  };
}

function parentsFirst(described: readonly Described[]): readonly TableShape[] {
  const placed: Described[] = [];
  let waiting = described;
  while (waiting.length > 0) {
    const ready = waiting.filter(({ parents }) => !parents.some((name) => waiting.some((each) => each.name === name)));
    if (ready.length === 0) throw new TypeError('Tables that point at each other in a ring cannot be copied.');
    placed.push(...ready);
    waiting = waiting.filter((each) => !ready.includes(each));
  }
  return placed;
}
