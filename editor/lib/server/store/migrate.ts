import { sql, type Kysely, type Transaction } from 'kysely';
import { migrationHash, type Kind, type Migration } from './migrations/index.ts';
import type { Tables } from './tables.ts';

/** Why a database cannot be used by this build. */
export class SchemaError extends Error {
  override readonly name = 'SchemaError';
}

/** What a database has, against what this build ships. */
export interface SchemaState {
  readonly applied: readonly string[];
  readonly pending: readonly string[];
}

/** Stands among the steps while rows are still being copied into a database. */
export const UNFINISHED = 'unfinished-copy';

/** Any number that only this program takes on PostgreSQL: one migration at a time, and one writer. */
const LOCK = 5_273_412;

/** What is applied and what is pending. Throws SchemaError when the database is newer than this build, or was altered. */
export async function schemaState(db: Kysely<Tables>, kind: Kind, steps: readonly Migration[]): Promise<SchemaState> {
  const done = await appliedSteps(db, kind);
  refuseMismatch(done, kind, steps);
  const applied = steps.slice(0, done.length).map(({ name }) => name);
  return { applied, pending: steps.slice(done.length).map(({ name }) => name) };
}

/** Brings the schema up to this build, all steps or none, one process at a time. Throws SchemaError as `schemaState` does. */
export async function migrate(tx: Transaction<Tables>, kind: Kind, steps: readonly Migration[], at: number) {
  await takeLock(tx, kind);
  await sql`create table if not exists schema_migration (
    id bigint primary key, name text not null, hash text not null, applied_at bigint not null)`.execute(tx);
  const done = await appliedSteps(tx, kind);
  refuseMismatch(done, kind, steps);
  for (const step of steps.slice(done.length)) {
    for (const statement of step.statements(kind)) await sql.raw(statement).execute(tx);
    const row = { id: step.id, name: step.name, hash: migrationHash(step, kind), applied_at: at };
    await tx.insertInto('schema_migration').values(row).execute();
  }
}

/** Makes a transaction the only writer until it ends. SQLite’s own write lock is taken when one begins. */
export async function takeLock(tx: Transaction<Tables>, kind: Kind): Promise<void> {
  if (kind === 'postgres') await sql`select pg_advisory_xact_lock(${sql.lit(LOCK)})`.execute(tx);
}

async function appliedSteps(db: Kysely<Tables>, kind: Kind) {
  if (!(await hasMigrationTable(db, kind))) return [];
  return db.selectFrom('schema_migration').select(['id', 'name', 'hash']).orderBy('id').execute();
}

async function hasMigrationTable(db: Kysely<Tables>, kind: Kind): Promise<boolean> {
  const found =
    kind === 'sqlite'
      ? sql`select 1 from sqlite_master where type = 'table' and name = 'schema_migration'`
      : sql`select 1 where to_regclass('schema_migration') is not null`;
  return (await found.execute(db)).rows.length > 0;
}

function refuseMismatch(
  done: readonly { id: number; name: string; hash: string }[],
  kind: Kind,
  steps: readonly Migration[],
) {
  done.forEach((row, index) => {
    const step = steps[index];
    if (row.name === UNFINISHED) {
      throw new SchemaError(
        'A move or a restore into this database has not ended. Run the same command again; it goes on where it stopped.',
      );
    }
    if (step === undefined) {
      throw new SchemaError(
        `The database has the schema step ‘${row.name}’, which this version of Latchkey does not know. Start the newer version that wrote it, or restore an older backup.`,
      );
    }
    if (step.id !== row.id || migrationHash(step, kind) !== row.hash) {
      throw new SchemaError(
        `The schema step ‘${row.name}’ in the database is not the one this version of Latchkey ships. Do not use this database before you know who changed it; restore a backup.`,
      );
    }
  });
}
