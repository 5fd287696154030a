import { sql, type Kysely, type RawBuilder } from 'kysely';
import type { Kind, Tables } from '../store/index.ts';
import type { TableShape } from './shape.ts';

/** A database that rows are read from or written to. */
export interface Side {
  readonly db: Kysely<Tables>;
  readonly kind: Kind;
}

/** What a cell holds wherever it is: flags are 0 or 1, instants of the sign-in library ISO texts, as SQLite has them. */
export type Cell = string | number | null;
/** A row's cells in the order of its table's columns. */
export type Row = readonly Cell[];

export interface Page {
  readonly rows: readonly Row[];
  /** Where to go on after this page; only SQLite has such places. */
  readonly place: number;
}

/** Rows a page: few, because a row may hold a document of 1 MiB. */
const PAGE = 100;

/** All rows of a table, a row's own parents before it, beginning after a place. On PostgreSQL the side is a transaction. */
export function pagesOf(side: Side, shape: TableShape, after = 0): AsyncGenerator<Page> {
  return side.kind === 'sqlite' ? inSqlite(side.db, shape, after) : inPostgres(side.db, shape);
}

/** In the order rows were added, which is what their places count. */
async function* inSqlite(db: Kysely<Tables>, { name, columns }: TableShape, after: number): AsyncGenerator<Page> {
  for (let place = after; ;) {
    const { rows } = await sql<Record<string, unknown>>`
      select rowid as "place of row", ${names(columns)} from ${sql.table(name)}
      where rowid > ${place} order by rowid limit ${sql.lit(PAGE)}`.execute(db);
    const last = rows.at(-1);
    if (last === undefined) return;
    place = Number(last['place of row']);
    yield { rows: rows.map((row) => columns.map((column) => cellOf(row[column]))), place };
  }
}

async function* inPostgres(tx: Kysely<Tables>, shape: TableShape): AsyncGenerator<Page> {
  const { columns } = shape;
  await sql`declare copying no scroll cursor for ${inOrder(shape)}`.execute(tx);
  for (;;) {
    const { rows } = await sql<Record<string, unknown>>`fetch forward ${sql.lit(PAGE)} from copying`.execute(tx);
    if (rows.length === 0) break;
    yield { rows: rows.map((row) => columns.map((column) => cellOf(row[column]))), place: 0 };
  }
  await sql`close copying`.execute(tx);
}

function inOrder({ name, columns, itself }: TableShape): RawBuilder<unknown> {
  const table = sql.table(name);
  if (itself === null) return sql`select ${names(columns)} from ${table}`;
  const [from, to] = [sql.ref(`t.${itself.from}`), sql.ref(`t.${itself.to}`)];
  return sql`
    with recursive placed (id, depth) as (
      select ${to}, 0 from ${table} t where ${from} is null
      union all select ${to}, depth + 1 from ${table} t join placed on ${from} = placed.id)
    select ${sql.join(columns.map((column) => sql.ref(`t.${column}`)))}
    from ${table} t join placed on placed.id = ${to} order by placed.depth, placed.id`;
}

/** Adds rows as they were read from either kind of database; `flags` are the columns that PostgreSQL holds as booleans. */
export async function addRows(
  { db }: Side,
  { name, columns }: TableShape,
  rows: readonly Row[],
  flags: ReadonlySet<string> = new Set(),
): Promise<void> {
  if (rows.length === 0) return;
  const cell = (value: Cell, index: number) =>
    value !== null && flags.has(columns[index] ?? '') ? value !== 0 : value;
  const tuples = rows.map((row) => sql`(${sql.join(row.map(cell))})`);
  await sql`insert into ${sql.table(name)} (${names(columns)}) values ${sql.join(tuples)}`.execute(db);
}

/** The columns of a table that PostgreSQL holds as booleans, where SQLite has 0 and 1. */
export async function flagColumns(db: Kysely<Tables>, name: string): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ name: string }>`
    select column_name as name from information_schema.columns
    where table_schema = current_schema() and table_name = ${name} and data_type = 'boolean'`.execute(db);
  return new Set(rows.map((row) => row.name));
}

function names(columns: readonly string[]): RawBuilder<unknown> {
  return sql.join(columns.map((column) => sql.ref(column)));
}

function cellOf(value: unknown): Cell {
  if (value === null || typeof value === 'string' || typeof value === 'number') return value;
  if (typeof value === 'boolean') return Number(value);
  if (value instanceof Date) return value.toISOString();
  throw new TypeError(`A cell of kind ${typeof value} cannot be copied.`);
}
