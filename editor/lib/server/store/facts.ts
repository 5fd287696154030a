import { sql } from 'kysely';
import { migrations, type Kind } from './migrations/index.ts';
import { schemaState } from './migrate.ts';
import { durability, type Store } from './store.ts';

/** What an administrator may want to know of the database. */
export interface StoreFacts {
  readonly kind: Kind;
  /** The file, or the database's name; never an address, which may hold a password. */
  readonly place: string;
  /** Bytes on disk, without what SQLite has not yet moved out of its write-ahead log. */
  readonly size: number;
  /** The schema's steps, in order, as they were applied. */
  readonly schema: readonly string[];
  /** How the database itself says that a COMMIT lasts. */
  readonly durability: string;
}

/** Asks the database about itself. Throws what it says when it does not answer. */
export async function storeFacts(store: Store): Promise<StoreFacts> {
  const { db, kind } = store;
  const about =
    kind === 'sqlite'
      ? sql<{ place: string; size: number }>`
          select file as place, (select page_count from pragma_page_count) * (select page_size from pragma_page_size) as size
          from pragma_database_list where name = 'main'`
      : sql<{ place: string; size: number }>`
          select current_database() as place, pg_database_size(current_database())::float8 as size`;
  const { rows } = await about.execute(db);
  const { applied } = await schemaState(db, kind, migrations);
  return {
    ...{ kind, schema: applied, durability: await durability(store) },
    ...{ place: rows[0]?.place ?? '', size: Number(rows[0]?.size ?? 0) },
  };
}
