import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Client } from 'pg';
import { openStore, type Store, type StoreOptions } from '$lib/server/store/index.ts';

/** A server on which databases may be made; another one by LATCHKEY_TEST_POSTGRES. */
export const SERVER = process.env['LATCHKEY_TEST_POSTGRES'] ?? 'postgres://postgres@127.0.0.1:5432/postgres';

/** A place for one store, and its removal. */
export interface Place {
  readonly folder: string;
  readonly url?: string;
  /** Opens the store in this place; every instant one millisecond after the last unless told otherwise. */
  open(options?: Partial<StoreOptions>): Promise<Store>;
  remove(): Promise<void>;
}

/** A kind of database that tests run on: the same tests on each. */
export interface Database {
  readonly name: string;
  /** Why it cannot be tested here; null when it can. */
  readonly missing: string | null;
  readonly place: () => Promise<Place>;
}

/** SQLite always; PostgreSQL wherever one answers. */
export async function databases(): Promise<readonly Database[]> {
  const missing = await whyNoPostgres();
  return [
    { name: 'SQLite', missing: null, place: async () => placeIn(await folder()) },
    {
      name: missing === null ? 'PostgreSQL' : `PostgreSQL (skipped: ${missing})`,
      missing,
      place: async () => {
        const name = `latchkey_test_${randomBytes(6).toString('hex')}`;
        await onServer(`create database ${name}`);
        const url = new URL(SERVER);
        url.pathname = `/${name}`;
        return placeIn(await folder(), url.href, () => onServer(`drop database ${name} with (force)`));
      },
    },
  ];
}

function placeIn(folder: string, url?: string, drop: () => Promise<void> = async () => undefined): Place {
  const opened: Store[] = [];
  let now = Date.UTC(2026, 2, 2);
  return {
    folder,
    ...(url === undefined ? {} : { url }),
    async open(options = {}) {
      const store = await openStore({ folder, url, now: () => (now += 1), ...options });
      opened.push(store);
      return store;
    },
    async remove() {
      await Promise.allSettled(opened.map((store) => store.close()));
      await drop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function folder(): Promise<string> {
  return mkdtemp(path.join(tmpdir(), 'latchkey-store-'));
}

async function onServer(statement: string): Promise<void> {
  const client = new Client({ connectionString: SERVER, connectionTimeoutMillis: 2_000 });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

/** Why no PostgreSQL can be used; null when one can. */
export async function whyNoPostgres(): Promise<string | null> {
  try {
    await onServer('select 1');
    return null;
  } catch (error) {
    return `no PostgreSQL answers at ${new URL(SERVER).host} (${error instanceof Error ? error.message : 'unknown'})`;
  }
}
