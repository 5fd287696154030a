import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { Kysely, sql, type Transaction } from 'kysely';
import { appendCheckpoint } from './checkpoint.ts';
import { migrate, takeLock } from './migrate.ts';
import { migrations, type Kind, type Migration } from './migrations/index.ts';
import { openPostgres } from './postgres.ts';
import { appendEntry, type Happening, type NewRow } from './record.ts';
import { keyFile, openSigner, type Signer } from './signing.ts';
import { openSqlite, SqliteFileDialect } from './sqlite.ts';
import type { Tables } from './tables.ts';

/** Where a store is, and what it takes from its surroundings. */
export interface StoreOptions {
  /** The data folder: the SQLite file, and the key that signs checkpoints. */
  readonly folder: string;
  /** A PostgreSQL address; without one the store is a file in the folder. */
  readonly url?: string | undefined;
  /** Server time, Unix milliseconds. */
  readonly now: () => number;
  /** Ids for new rows; random ones unless a test wants others. */
  readonly newId?: () => string;
  /** The schema's steps; this build's own unless a test wants others. */
  readonly steps?: readonly Migration[];
}

/** What a change may do: read and write through `tx`, and say what happened. */
export interface Writing {
  readonly tx: Transaction<Tables>;
  /** One instant for the whole change. */
  readonly at: number;
  readonly newId: () => string;
  /** Adds the rows of evidence and the entry that vouches for them. Every change records at least one. */
  readonly record: (happening: Happening, rows?: readonly NewRow[]) => Promise<void>;
  /** Signs the log at the end of this change, whatever its length. */
  readonly signAtEnd: () => void;
}

/** An open store. */
export interface Store {
  readonly kind: Kind;
  /** For reading. What writes goes through `write`. */
  readonly db: Kysely<Tables>;
  /** The log's name, and the origin of its checkpoints. */
  readonly log: string;
  /** The public half of the key that signs checkpoints here, to hand out. */
  readonly verifierKey: string;
  /**
   * One change, whole or not at all, on disk when this returns, and the only one at its time. Throws what `work` throws,
   * and what the database says (a full disk, a lost connection); nothing is then written.
   */
  write<T>(work: (writing: Writing) => Promise<T>): Promise<T>;
  /** As `write`, for work in progress that may leave no entry: drafts, of which only the beginnings are evidence. */
  keep<T>(work: (writing: Writing) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** Entries between two checkpoints when nothing is published. */
const CHECKPOINT_EVERY = 100;

/** Opens the store, making or upgrading it as needed. Throws SchemaError when the database is newer or was altered. */
export async function openStore(options: StoreOptions): Promise<Store> {
  const { now, newId = randomUUID, steps = migrations } = options;
  const { db, kind } = connect(options);
  try {
    const signer = openSigner(keyFile(options.folder));
    const log = await locked(db, kind, async (tx) => {
      await migrate(tx, kind, steps, now());
      return introduce(tx, signer, now(), newId);
    });
    const change = <T>(mayBeSilent: boolean, work: (writing: Writing) => Promise<T>): Promise<T> =>
      locked(db, kind, async (tx) => {
        let size = 0;
        let sign = false;
        const at = now();
        const result = await work({
          ...{ tx, at, newId },
          async record(happening, rows = []) {
            ({ seq: size } = await appendEntry(tx, log, at, happening, rows));
            sign ||= size % CHECKPOINT_EVERY === 0;
          },
          signAtEnd() {
            sign = true;
          },
        });
        if (size === 0 && !mayBeSilent) throw new TypeError('A change that records nothing would leave no trace.');
        if (sign) await appendCheckpoint(tx, log, signer);
        return result;
      });
    return {
      ...{ kind, db, log },
      verifierKey: signer.verifierKey,
      close: () => db.destroy(),
      write: (work) => change(false, work),
      keep: (work) => change(true, work),
    };
  } catch (error) {
    await db.destroy();
    throw error;
  }
}

/** Opens the database without touching its schema. */
export function connect({ folder, url }: Pick<StoreOptions, 'folder' | 'url'>): { db: Kysely<Tables>; kind: Kind } {
  if (url !== undefined) {
    return { db: new Kysely<Tables>({ dialect: openPostgres(url) }), kind: 'postgres' };
  }
  const database = openSqlite(path.join(folder, 'latchkey.sqlite'));
  return { db: new Kysely<Tables>({ dialect: new SqliteFileDialect(database) }), kind: 'sqlite' };
}

/** Whether the database answers: throws what it says when it does not. */
export async function answers({ db }: Pick<Store, 'db'>): Promise<void> {
  await sql`select 1`.execute(db);
}

/** How the database promises that a COMMIT lasts, as it says itself: `synchronous` or `synchronous_commit`. */
export async function durability({ db, kind }: Pick<Store, 'db' | 'kind'>): Promise<string> {
  if (kind === 'sqlite') {
    const { rows } = await sql<{ synchronous: number }>`pragma synchronous`.execute(db);
    return rows[0]?.synchronous === 2 ? 'full' : String(rows[0]?.synchronous);
  }
  const { rows } = await sql<{ synchronous_commit: string }>`show synchronous_commit`.execute(db);
  return rows[0]?.synchronous_commit ?? 'unknown';
}

async function locked<T>(db: Kysely<Tables>, kind: Kind, work: (tx: Transaction<Tables>) => Promise<T>): Promise<T> {
  return db.transaction().execute(async (tx) => {
    await takeLock(tx, kind);
    return work(tx);
  });
}

/** Names the installation once, and this node's key wherever it is new. */
async function introduce(tx: Transaction<Tables>, signer: Signer, at: number, newId: () => string): Promise<string> {
  const known = await tx.selectFrom('installation').select('log').executeTakeFirst();
  const log = known?.log ?? `latchkey-${newId()}`;
  const by = { actor: 'system', subject: `log/${log}` };
  if (known === undefined) {
    await appendEntry(tx, log, at, { ...by, type: 'installation.made' }, [['installation', { log, created_at: at }]]);
  }
  const key = await tx.selectFrom('signing_key').select('id').where('id', '=', signer.name).executeTakeFirst();
  if (key === undefined) {
    const row = { id: signer.name, name: signer.name, verifier_key: signer.verifierKey, created_at: at };
    await appendEntry(tx, log, at, { ...by, type: 'signing_key.made' }, [['signing_key', row]]);
  }
  return log;
}
