import { chmodSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { DatabaseSync, type DatabaseSyncInstance } from '@photostructure/sqlite';
import {
  CompiledQuery,
  SqliteDialect,
  SqliteDriver,
  type DatabaseConnection,
  type Driver,
  type SqliteDatabase,
} from 'kysely';

/** How long a write waits for another process that writes, in milliseconds. */
const BUSY_TIMEOUT = 5_000;
/** How often it looks again, in milliseconds. */
const BEAT = 5;

/** What is set on every connection: a COMMIT that returned has reached the disk, and links between rows hold. */
const PRAGMAS = [
  'journal_mode = WAL',
  'synchronous = FULL',
  'foreign_keys = ON',
  'recursive_triggers = ON',
  'trusted_schema = OFF',
  'secure_delete = ON',
];

/** Opens (or makes) the database file; readable by its owner alone. Throws what SQLite or the file system says. */
export function openSqlite(file: string): DatabaseSyncInstance {
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  const database = new DatabaseSync(file, { timeout: BUSY_TIMEOUT });
  try {
    for (const pragma of PRAGMAS) database.exec(`pragma ${pragma}`);
    chmodSync(file, 0o600);
  } catch (error) {
    database.close();
    throw error;
  }
  return database;
}

/** The dialect over an open file. Transactions take the write lock when they begin, so none fails half-way for want of it. */
export class SqliteFileDialect extends SqliteDialect {
  readonly #database: SqliteDatabase;

  constructor(database: DatabaseSyncInstance) {
    const adapted = adapt(database);
    super({ database: adapted });
    this.#database = adapted;
  }

  override createDriver(): Driver {
    return new ImmediateDriver({ database: this.#database });
  }
}

class ImmediateDriver extends SqliteDriver {
  /** Waits for the lock without holding up the thread: whoever has it may need this very thread to let go of it. */
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    const run = (text: string) => connection.executeQuery(CompiledQuery.raw(text));
    await run('pragma busy_timeout = 0');
    try {
      for (let waited = 0; ; waited += BEAT) {
        try {
          await run('begin immediate');
          return;
        } catch (error) {
          if (!isBusy(error) || waited >= BUSY_TIMEOUT) throw error;
        }
        await wait(BEAT);
      }
    } finally {
      await run(`pragma busy_timeout = ${BUSY_TIMEOUT}`);
    }
  }

  /** A full disk ends the transaction by itself, and then there is none to roll back: the full disk is what is thrown. */
  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    try {
      await super.rollbackTransaction(connection);
    } catch (error) {
      if (!(error instanceof Error && /no transaction is active/.test(error.message))) throw error;
    }
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'sqliteCodeName' in error && error.sqliteCodeName === 'SQLITE_BUSY';
}

/** Node's interface to SQLite, as the query builder asks for it. */
function adapt(database: DatabaseSyncInstance): SqliteDatabase {
  return {
    close: () => database.close(),
    prepare(text) {
      const statement = database.prepare(text);
      return {
        reader: statement.columns().length > 0,
        all: (values): unknown[] => statement.all(...asInputs(values)),
        run: (values) => statement.run(...asInputs(values)),
        iterate: (values) => statement.iterate(...asInputs(values)),
      };
    },
  };
}

type Input = null | number | bigint | string | Uint8Array;

function asInputs(values: readonly unknown[]): Input[] {
  return values.map((value) => {
    if (typeof value === 'boolean') return Number(value);
    if (value instanceof Date) return value.toISOString();
    return value as Input;
  });
}
