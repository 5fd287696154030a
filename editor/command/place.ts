import { statSync } from 'node:fs';
import path from 'node:path';
import { copyWords } from '../lib/words/copies.ts';
import { serverWords } from '../lib/words/server-command.ts';
import { connect, migrations, openStore, schemaState, type Store } from '../lib/server/store/index.ts';
import type { Given } from './command.ts';
import type { Io } from './io.ts';

/** Where a store is: a data folder, and a PostgreSQL address when it is not a file in there. */
export interface Place {
  readonly folder: string;
  readonly url: string | undefined;
}

/** Why a command cannot do its work, in words for whoever typed it. */
export class Trouble extends Error {
  override readonly name = 'Trouble';
}

/** The place that options and environment name. */
export function placeOf(given: Given, { env, cwd }: Io): Place {
  const folder = given.text('data') ?? (env['LATCHKEY_DATA'] || 'data');
  return { folder: path.resolve(cwd, folder), url: env['DATABASE_URL'] || undefined };
}

/** Reads a store as it is, without a change to schema or keys. Throws Trouble when there is none, or an older one. */
export async function reading<T>(place: Place, work: (store: Pick<Store, 'db' | 'log'>) => Promise<T>): Promise<T> {
  demandFile(place);
  const { db, kind } = connect(place);
  try {
    const { applied, pending } = await schemaState(db, kind, migrations);
    if (applied.length === 0) throw new Trouble(copyWords.noStore);
    if (pending.length > 0) throw new Trouble(serverWords.olderSchema);
    const { log } = await db.selectFrom('installation').select('log').executeTakeFirstOrThrow();
    return await work({ db, log });
  } finally {
    await db.destroy();
  }
}

/** Opens a store that is there and up to date, for writing. Throws Trouble as `reading` does. */
export async function writing<T>(place: Place, { now }: Io, work: (store: Store) => Promise<T>): Promise<T> {
  await reading(place, () => Promise.resolve());
  const store = await openStore({ ...place, now });
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

/** SQLite would make the file that is not there. A folder that hides what is in it says so itself. */
export function demandFile({ folder, url }: Place): void {
  if (url !== undefined || statSync(path.join(folder, 'latchkey.sqlite'), { throwIfNoEntry: false }) !== undefined)
    return;
  throw new Trouble(copyWords.noStoreIn(folder));
}

/** The text without the passwords of the addresses: what is printed ends up in logs. */
export function withoutPasswords(text: string, addresses: readonly (string | undefined)[]): string {
  return addresses.reduce((clean: string, address) => {
    if (address === undefined || address === '') return clean;
    const shown = addressShown(address);
    const hidden = URL.canParse(address) ? new URL(address).password : '';
    const secrets = [address, hidden, decoded(hidden)].filter((secret) => secret.length > 0);
    return secrets.reduce((left, secret) => left.replaceAll(secret, secret === address ? shown : '***'), clean);
  }, text);
}

/** A database's address as it may be shown. */
export function addressShown(address: string): string {
  if (!URL.canParse(address)) return '(an address that cannot be read)';
  const url = new URL(address);
  if (url.password !== '') url.password = '***';
  url.search = '';
  return url.href;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
