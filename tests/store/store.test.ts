import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { SchemaError, storeFacts, verifyStore, type Store } from '$lib/server/store/index.ts';
import { connect, durability } from '$lib/server/store/store.ts';
import { schemaState } from '$lib/server/store/migrate.ts';
import { evidenceTables } from '$lib/server/store/evidence-tables.ts';
import { migrations } from '$lib/server/store/migrations/index.ts';
import { databases, type Place } from './databases.ts';
import { fill } from './history.ts';

describe.each(await databases())('$name', ({ name, missing, place: make }) => {
  describe.skipIf(missing !== null)('the store', () => {
    let place: Place;
    let store: Store;
    beforeEach(async () => {
      place = await make();
      store = await place.open();
    });
    afterEach(async () => place.remove());

    test('a COMMIT that returned has reached the disk, as every live connection says', async () => {
      const said = await Promise.all(Array.from({ length: 20 }, async () => durability(store)));
      expect(new Set(said)).toEqual(new Set([store.kind === 'sqlite' ? 'full' : 'on']));
      if (store.kind !== 'sqlite') return;
      const { rows } = await sql`pragma journal_mode`.execute(store.db);
      expect(rows).toEqual([{ journal_mode: 'wal' }]);
    });

    test.skipIf(name === 'SQLite')('a database that is set to forget is not believed', async () => {
      const database = new URL(place.url ?? '').pathname.slice(1);
      await sql`alter database ${sql.id(database)} set synchronous_commit = off`.execute(store.db);
      expect(await durability(await place.open())).toBe('on');
    });

    test('it says where it is, how large it is and what its schema is, and no address', async () => {
      const { kind, place: where, size, schema } = await storeFacts(store);
      expect(kind).toBe(store.kind);
      expect(where).toMatch(kind === 'sqlite' ? /latchkey\.sqlite$/ : /^latchkey_test_\w+$/);
      expect(size).toBeGreaterThan(100_000);
      expect(schema).toEqual(migrations.map(({ name }) => name));
    });

    test('opening again finds the same log and the same key', async () => {
      const { log, verifierKey } = store;
      await store.close();
      const again = await place.open();
      expect({ log: again.log, verifierKey: again.verifierKey }).toEqual({ log, verifierKey });
      expect(await verifyStore(again)).toMatchObject({ problems: [], size: 2 });
    });

    test('a history verifies, and every checkpoint is good', async () => {
      await fill(store, 250);
      expect(await verifyStore(store)).toMatchObject({ problems: [], size: 252, signedSize: 252 });
    });

    test('fifty writers at once: no gap, no fork, nothing lost', async () => {
      await Promise.all(
        Array.from({ length: 50 }, (_, writer) =>
          store.write((writing) => writing.record({ type: 'test.wrote', actor: `u-${writer}`, subject: 'test' })),
        ),
      );
      const events = await store.db.selectFrom('audit_event').select(['seq', 'actor']).orderBy('seq').execute();
      expect(events.map(({ seq }) => seq)).toEqual(Array.from({ length: 52 }, (_, index) => index + 1));
      expect(new Set(events.slice(2).map(({ actor }) => actor)).size).toBe(50);
      expect((await verifyStore(store)).problems).toEqual([]);
    });

    test('a change that fails leaves nothing, and one that records nothing is refused', async () => {
      const failing = store.write(async (writing) => {
        await writing.record({ type: 'test.wrote', actor: 'u-1', subject: 'test' });
        throw new RangeError('on purpose');
      });
      await expect(failing).rejects.toThrow('on purpose');
      await expect(store.write(async () => undefined)).rejects.toThrow(TypeError);
      expect(await verifyStore(store)).toMatchObject({ problems: [], size: 2 });
    });

    test.each([...Object.keys(evidenceTables), 'audit_event', 'checkpoint'])('%s takes no change', async (table) => {
      await fill(store, 120);
      const column = table === 'audit_event' || table === 'checkpoint' ? 'log' : evidenceTables[table as never];
      const name = sql.raw(table);
      const statements = [
        sql`update ${name} set ${sql.raw(column)} = 'other'`,
        sql`delete from ${name}`,
        ...(store.kind === 'postgres'
          ? [sql`truncate ${name} cascade`]
          : [sql`insert or replace into ${name} select * from ${name} limit 1`]),
      ];
      for (const statement of statements) {
        await expect(statement.execute(store.db)).rejects.toThrow(/is evidence/);
      }
    });

    test('a newer schema is refused, and so is one whose steps were altered', async () => {
      const future = { id: 99, name: 'from-the-future', statements: () => ['create table tomorrow (id text)'] };
      await store.close();
      const newer = await place.open({ steps: [...migrations, future] });
      await newer.close();
      await expect(place.open()).rejects.toThrow(SchemaError);
      await expect(place.open()).rejects.toThrow(/from-the-future/);
      const altered = { ...future, statements: () => ['create table today (id text)'] };
      await expect(place.open({ steps: [...migrations, altered] })).rejects.toThrow(SchemaError);
    });

    test('what is applied and what is pending can be asked without touching either', async () => {
      const future = { id: 99, name: 'from-the-future', statements: () => ['create table tomorrow (id text)'] };
      const { db, kind } = connect(place);
      try {
        const names = migrations.map(({ name }) => name);
        expect(await schemaState(db, kind, migrations)).toEqual({ applied: names, pending: [] });
        expect(await schemaState(db, kind, [...migrations, future])).toEqual({
          applied: names,
          pending: [future.name],
        });
      } finally {
        await db.destroy();
      }
    });

    test('a step that fails leaves the schema as it was', async () => {
      const broken = { id: 99, name: 'broken', statements: () => ['create table half (id text)', 'create tabel'] };
      await expect(place.open({ steps: [...migrations, broken] })).rejects.toThrow();
      const again = await place.open();
      await expect(sql`select * from half`.execute(again.db)).rejects.toThrow();
    });
  });
});
