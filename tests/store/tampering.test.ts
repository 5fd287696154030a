import fc from 'fast-check';
import { sql, type Kysely } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { verifyStore, type Store, type Tables } from '$lib/server/store/index.ts';
import { evidenceTables } from '$lib/server/store/evidence-tables.ts';
import { databases, type Place } from './databases.ts';
import { fill } from './history.ts';

const FLIPS = Number(process.env['TAMPER_RUNS'] ?? 1_000);

describe.each(await databases())('$name', ({ missing, place: make }) => {
  describe.skipIf(missing !== null)('verify names what somebody with the database’s password altered', () => {
    let place: Place;
    let store: Store;
    /** What an auditor wrote down before. */
    let keptOutside: string;

    beforeAll(async () => {
      place = await make();
      store = await place.open();
      await fill(store, 100);
      await disarm(store);
      const { note } = await store.db
        .selectFrom('checkpoint')
        .select('note')
        .orderBy('size', 'desc')
        .executeTakeFirstOrThrow();
      keptOutside = note;
    });
    afterAll(async () => place.remove());

    /** Tampers in a transaction, looks, and takes it back. */
    async function after(tamper: (db: Kysely<Tables>) => Promise<unknown>) {
      const undo = new Error('undo');
      let found: Awaited<ReturnType<typeof verifyStore>> | undefined;
      const attempt = store.db.transaction().execute(async (db) => {
        if (store.kind === 'postgres') await sql`set local session_replication_role = replica`.execute(db);
        else await sql`pragma defer_foreign_keys = on`.execute(db);
        await tamper(db);
        found = await verifyStore({ ...store, db }, { checkpoints: [keptOutside], keys: [store.verifierKey] });
        throw undo;
      });
      await attempt.catch((error: unknown) => {
        if (error !== undo) throw error;
      });
      if (found === undefined) throw new TypeError('verify did not run');
      return found.problems.map(({ place: where }) => where);
    }

    test('nothing, while nothing is', async () => {
      expect(await after(async () => undefined)).toEqual([]);
    });

    test(`${FLIPS} random single-byte changes`, { timeout: 300_000 }, async () => {
      const cells = await textCells(store);
      const flips = fc.sample(
        fc.record({
          cell: fc.constantFrom(...cells),
          at: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
          by: fc.nat({ max: 1_000 }),
        }),
        { numRuns: 2 * FLIPS, seed: 20_260_302 },
      );
      let effective = 0;
      for (const { cell, at, by } of flips) {
        const position = Math.floor(at * cell.value.length);
        const code = cell.value.charCodeAt(position);
        const [first, count] = cell.numeric ? [48, 10] : [32, 95];
        const other = String.fromCharCode(first + ((code - first + (by % (count - 1)) + 1) % count));
        const value = cell.value.slice(0, position) + other + cell.value.slice(position + 1);
        const found = await after((db) => flip(db, cell, value)).catch(refusedByTheDatabase);
        if (found === null) continue;
        effective += 1;
        const isNamed = found.some((where) => cell.named.includes(where));
        expect(isNamed, `${cell.table}.${cell.column}: ${cell.value} → ${value} is named ${found.join(' ')}`).toBe(
          true,
        );
        if (effective === FLIPS) return;
      }
      expect.fail(`only ${effective} changes took effect`);
    });

    test('a truncated tail', async () => {
      expect(await after((db) => sql`delete from audit_event where seq > 95`.execute(db))).toContain(
        'checkpoint kept outside, number 1',
      );
    });

    test('a deleted middle row', async () => {
      expect(await after((db) => sql`delete from audit_event where seq = 50`.execute(db))).toContain(
        `audit_event/${store.log}/51`,
      );
      const { id } = await store.db.selectFrom('review').select('id').limit(1).executeTakeFirstOrThrow();
      expect(await after((db) => sql`delete from review where id = ${id}`.execute(db))).toContain(`review/${id}`);
    });

    test('two rows swapped', async () => {
      const found = await after(async (db) => {
        await sql`update audit_event set seq = 999 where seq = 10`.execute(db);
        await sql`update audit_event set seq = 10 where seq = 11`.execute(db);
        await sql`update audit_event set seq = 11 where seq = 999`.execute(db);
      });
      expect(found).toContain(`audit_event/${store.log}/10`);
    });

    test('a row added without a word', async () => {
      const found = await after((db) =>
        sql`insert into policy (id, created_at, created_by) values ('sly', 1, 'u-sly')`.execute(db),
      );
      expect(found).toEqual(['policy/sly']);
    });

    test('a row rewritten together with all later hashes, given one checkpoint kept outside', async () => {
      const { rewrite } = await import('./rewrite.ts');
      const found = await after((db) => rewrite(db, store.log, 40));
      expect(found).toContain('checkpoint kept outside, number 1');
      expect(found).not.toContain(`audit_event/${store.log}/40`);
    });
  });
});

/** Takes the triggers away, as a thief with the password would. */
async function disarm({ db, kind }: Store): Promise<void> {
  if (kind === 'postgres') {
    const { rows } = await sql<{ conname: string; name: string }>`
      select conname, conrelid::regclass::text as name from pg_constraint where contype = 'c' and conrelid <> 0`.execute(
      db,
    );
    for (const { name, conname } of rows) await sql.raw(`alter table ${name} drop constraint ${conname}`).execute(db);
    return;
  }
  await sql`pragma ignore_check_constraints = on`.execute(db);
  const { rows } = await sql<{ name: string }>`select name from sqlite_master where type = 'trigger'`.execute(db);
  for (const { name } of rows) await sql.raw(`drop trigger ${name}`).execute(db);
}

async function flip(db: Kysely<Tables>, cell: Cell, value: string): Promise<void> {
  const { table, column, key, id, numeric } = cell;
  const other = numeric ? Number(value) : value;
  await sql`update ${sql.raw(table)} set ${sql.raw(column)} = ${other} where ${sql.raw(key)} = ${id}`.execute(db);
}

/** A change that would make two rows of one is refused by the database itself, whoever makes it. */
function refusedByTheDatabase(error: unknown): null {
  if (error instanceof Error && /unique/i.test(error.message)) return null;
  throw error;
}

interface Cell {
  readonly table: string;
  readonly column: string;
  readonly key: string;
  readonly id: unknown;
  readonly value: string;
  readonly numeric: boolean;
  /** What verify must name, one of it. */
  readonly named: readonly string[];
}

/** Every non-empty cell of every evidence row, the log and its checkpoints. */
async function textCells({ db, log }: Store): Promise<readonly Cell[]> {
  const tables = [...Object.entries(evidenceTables), ['audit_event', 'seq'], ['checkpoint', 'size']] as const;
  const cells: Cell[] = [];
  const { end } = await db
    .selectFrom('audit_event')
    .select(({ fn }) => fn.max('seq').as('end'))
    .executeTakeFirstOrThrow();
  for (const [table, key] of tables) {
    const { rows } = await sql<Record<string, string | number | null>>`select * from ${sql.raw(table)}`.execute(db);
    for (const row of rows) {
      for (const [column, value] of Object.entries(row)) {
        if (value === null || value === '') continue;
        const id = row[key];
        const named = [`${table === 'audit_event' ? `audit_event/${log}` : table}/${String(id)}`];
        // A row that left its place is missed there by the one that follows, or by the checkpoint behind the last.
        if (table === 'audit_event' && ['log', 'seq'].includes(column)) {
          named.push(`audit_event/${log}/${Number(id) + 1}`, `checkpoint/${String(end)}`);
        }
        cells.push({ table, column, key, id, value: String(value), numeric: typeof value === 'number', named });
      }
    }
  }
  if (cells.length === 0) throw new TypeError(`nothing to alter in ${log}`);
  return cells;
}
