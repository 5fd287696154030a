import { sql, type Kysely } from 'kysely';
import { copyWords } from '../../words/copies.ts';
import { Refusal } from '../refusal.ts';
import { migrations, schemaState, verifyStore, type Migration, type Tables } from '../store/index.ts';
import { fingerprint, type Fingerprint } from './fingerprint.ts';
import { phaseOf, type OnProgress } from './progress.ts';
import type { Side } from './rows.ts';
import { tableShapes, type TableShape } from './shape.ts';
import { damageIn } from './sqlite-file.ts';

/** A store in a SQLite file that was read whole and found good, to be copied from. */
export interface Source extends Side {
  readonly kind: 'sqlite';
  readonly log: string;
  readonly shapes: readonly TableShape[];
  /** The schema's steps that the store has; a server that opens the copy adds the rest. */
  readonly steps: readonly Migration[];
  readonly print: Fingerprint;
}

/**
 * Reads and checks everything. Throws SchemaError for a newer schema, and a Refusal for a file that is damaged or holds
 * no store; for a history that does not verify, too, unless `despiteProblems`.
 */
export async function readSource(
  db: Kysely<Tables>,
  onProgress: OnProgress,
  { despiteProblems = false } = {},
): Promise<Source> {
  const side = { db, kind: 'sqlite' } as const;
  await demandWhole(db);
  const { applied, pending } = await schemaState(db, 'sqlite', migrations);
  if (applied.length === 0) throw new Refusal(422, 'no_store', copyWords.noStore);
  const shapes = await tableShapes(db);
  const seen = phaseOf(onProgress, 'reading', await rowCount(db, shapes));
  const print = await fingerprint(side, shapes, seen);
  const { log } = await db.selectFrom('installation').select('log').executeTakeFirstOrThrow();
  // An older history is checked by the version that wrote it: this one may ask for tables that are not there yet.
  if (pending.length === 0 && !despiteProblems) await demandVerified({ db, log });
  return { ...side, log, shapes, print, steps: migrations.slice(0, applied.length) };
}

/** Throws a Refusal that names what does not verify. */
async function demandVerified(store: Parameters<typeof verifyStore>[0]): Promise<void> {
  const { problems } = await verifyStore(store);
  if (problems.length === 0) return;
  const first = problems.slice(0, 5).map(({ place }) => place);
  throw new Refusal(422, 'not_verified', copyWords.notVerified(problems.length, first), { problems });
}

async function demandWhole(db: Kysely<Tables>): Promise<void> {
  try {
    const { rows } = await sql<{ integrity_check: string }>`pragma integrity_check(1)`.execute(db);
    if (rows[0]?.integrity_check === 'ok') return;
  } catch (error) {
    throw damageIn(error);
  }
  throw new Refusal(422, 'damaged_file', copyWords.damaged);
}

async function rowCount(db: Kysely<Tables>, shapes: readonly TableShape[]): Promise<number> {
  let total = 0;
  for (const { name } of shapes) {
    const { rows } = await sql<{ rows: number }>`select count(*) as rows from ${sql.table(name)}`.execute(db);
    total += rows[0]?.rows ?? 0;
  }
  return total;
}
