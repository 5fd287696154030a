import path from 'node:path';
import { DatabaseSync, type DatabaseSyncInstance } from '@photostructure/sqlite';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { evidenceTables } from '$lib/server/store/evidence-tables.ts';
import { verifyStore, type Store } from '$lib/server/store/index.ts';
import { databases, type Place } from './databases.ts';
import { fill } from './history.ts';

const TABLES = [...Object.keys(evidenceTables), 'audit_event', 'checkpoint'];

type Row = Record<string, string | number | null>;

/** The columns of each unique key of a table, as the database tells them. */
function keysOf(database: DatabaseSyncInstance, table: string): readonly (readonly string[])[] {
  const indexes = database.prepare(`pragma index_list(${table})`).all() as { name: string; unique: number }[];
  return indexes
    .filter(({ unique }) => unique === 1)
    .map(({ name }) => (database.prepare(`pragma index_info(${name})`).all() as { name: string }[]).map((c) => c.name));
}

/** The row under other keys, but for the columns that stay. */
function renamed(row: Row, keys: readonly (readonly string[])[], stay: readonly string[]): Row {
  const other = new Set(keys.flat().filter((column) => !stay.includes(column)));
  const entries = Object.entries(row).map(([column, value]) => {
    if (!other.has(column)) return [column, value];
    return [column, typeof value === 'number' ? value + 1_000 : `${value}-other`];
  });
  return Object.fromEntries(entries) as Row;
}

describe.each(await databases())('$name', ({ missing, place: make }) => {
  describe.skipIf(missing !== null)('evidence that somebody else’s connection would replace', () => {
    let place: Place;
    let store: Store;
    beforeEach(async () => {
      place = await make();
      store = await place.open();
      await fill(store, 120);
    });
    afterEach(async () => place.remove());

    test.each(TABLES)('in %s stays, whichever key of it is taken', async (table) => {
      if (store.kind === 'postgres') {
        const { rows } = await sql<{ name: string }>`
          select conname as name from pg_constraint
          where conrelid = ${table}::regclass and contype in ('p', 'u')`.execute(store.db);
        expect(rows.length).toBeGreaterThan(0);
        for (const { name } of rows) {
          const [target, key] = [sql.raw(table), sql.raw(name)];
          const column = sql.raw(table in evidenceTables ? evidenceTables[table as never] : 'log');
          const replacing = sql`insert into ${target} select * from ${target} limit 1
            on conflict on constraint ${key} do update set ${column} = excluded.${column}`;
          await expect(replacing.execute(store.db)).rejects.toThrow(/is evidence/);
        }
        return;
      }
      // As any other program opens the file: triggers do not run for what a replacing insert deletes.
      const database = new DatabaseSync(path.join(place.folder, 'latchkey.sqlite'), { timeout: 5_000 });
      try {
        const { rowid, ...row } = database.prepare(`select rowid, * from ${table} limit 1`).get() as Row;
        const keys = keysOf(database, table);
        expect(keys.length).toBeGreaterThan(0);
        const replace = (values: Row) =>
          database
            .prepare(
              `insert or replace into ${table} (${Object.keys(values).join(', ')})
              values (${Object.keys(values)
                .map(() => '?')
                .join(', ')})`,
            )
            .run(...Object.values(values));
        for (const key of keys) expect(() => replace(renamed(row, keys, key)), key.join()).toThrow(/is evidence/);
        expect(() => replace({ rowid: rowid ?? null, ...renamed(row, keys, []) })).toThrow(/is evidence/);
      } finally {
        database.close();
      }
      expect((await verifyStore(store)).problems).toEqual([]);
    });
  });
});
