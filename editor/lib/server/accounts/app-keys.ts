import { randomBytes } from 'node:crypto';
import { refusals } from '../../words/accounts.ts';
import type { Person } from '../person.ts';
import { Refusal } from '../refusal.ts';
import type { Store } from '../store/index.ts';
import { mustBeAllowed } from './allowed.ts';
import { sameHash, tokenHash } from './tokens.ts';

const DAY = 24 * 60 * 60_000;
const LONGEST_DAYS = 731;
/** How often the last use is noted at most, in milliseconds. */
const NOTED_EVERY = 60_000;
/** The environment’s id holds no `_`, so a key can be taken apart in one way only. */
const KEY = /^(lk_[a-z][a-z0-9-]*_[A-Za-z0-9_-]{8})[A-Za-z0-9_-]{35}$/;

/** An app’s key as it is listed: without what opens anything. */
export interface AppKey {
  readonly id: string;
  readonly name: string;
  readonly environment: string;
  readonly prefix: string;
  readonly createdBy: string;
  readonly createdAt: number;
  readonly expiresAt: number;
  readonly revokedAt: number | null;
  readonly lastUsedAt: number | null;
}

/** Which app is asking, and the one environment it may read. */
export interface App {
  readonly keyId: string;
  readonly environment: string;
}

/** Makes a key to one environment. The token is given out here and never again. */
export async function makeAppKey(
  store: Store,
  by: Person,
  { name, environment, expiresAt }: Pick<AppKey, 'name' | 'environment' | 'expiresAt'>,
): Promise<{ readonly id: string; readonly token: string }> {
  const title = name.trim();
  if (title === '' || title.length > 100) throw new Refusal(422, 'name_missing', refusals.keyNameMissing);
  return store.write(async ({ tx, at, newId, record }) => {
    await mustBeAllowed(tx, by, 'administer');
    if (!Number.isInteger(expiresAt) || expiresAt <= at || expiresAt > at + LONGEST_DAYS * DAY) {
      throw new Refusal(422, 'expiry_wrong', refusals.expiryWrong);
    }
    const known = await tx.selectFrom('environment').select('id').where('id', '=', environment).executeTakeFirst();
    if (known === undefined) throw new Refusal(404, 'environment_unknown', refusals.environmentUnknown);
    const id = newId();
    const token = `lk_${environment}_${randomBytes(32).toString('base64url')}`;
    const row = {
      id,
      name: title,
      environment,
      hash: tokenHash(token),
      prefix: prefixOf(token) ?? '',
      created_by: by.id,
    };
    await tx
      .insertInto('app_key')
      .values({ ...row, created_at: at, expires_at: expiresAt, revoked_at: null, last_used_at: null })
      .execute();
    const data = { environment, expiresAt };
    await record({ type: 'app_key.made', actor: by.id, subject: `app-key/${id}`, data });
    return { id, token };
  });
}

/** Makes a key worthless from now on; a key revoked already stays as it was. */
export async function revokeAppKey(store: Store, by: Person, id: string): Promise<void> {
  await store.write(async ({ tx, at, record }) => {
    await mustBeAllowed(tx, by, 'administer');
    const key = await tx
      .selectFrom('app_key')
      .select(['revoked_at', 'environment'])
      .where('id', '=', id)
      .executeTakeFirst();
    if (key === undefined) throw new Refusal(404, 'key_unknown', refusals.keyUnknown);
    await tx
      .updateTable('app_key')
      .set({ revoked_at: key.revoked_at ?? at })
      .where('id', '=', id)
      .execute();
    const data = { environment: key.environment };
    await record({ type: 'app_key.revoked', actor: by.id, subject: `app-key/${id}`, data });
  });
}

/** Every key ever made, newest first. */
export async function appKeys(store: Store, by: Person): Promise<readonly AppKey[]> {
  await mustBeAllowed(store.db, by, 'audit');
  const rows = await store.db.selectFrom('app_key').selectAll().orderBy('created_at', 'desc').orderBy('id').execute();
  return rows.map((row) => ({
    ...{ id: row.id, name: row.name, environment: row.environment, prefix: row.prefix, createdBy: row.created_by },
    ...{
      createdAt: row.created_at,
      expiresAt: row.expires_at,
      revokedAt: row.revoked_at,
      lastUsedAt: row.last_used_at,
    },
  }));
}

/** The app that shows this key; null when it is no key, or is revoked or expired. Notes the use, outside the log. */
export async function appOf({ db }: Store, token: string, now: number): Promise<App | null> {
  const prefix = prefixOf(token);
  if (prefix === null) return null;
  const hash = tokenHash(token);
  const found = await db.selectFrom('app_key').selectAll().where('prefix', '=', prefix).execute();
  const key = found.find((row) => sameHash(row.hash, hash));
  if (key === undefined || key.revoked_at !== null || key.expires_at <= now) return null;
  if (key.last_used_at === null || key.last_used_at <= now - NOTED_EVERY) {
    await db.updateTable('app_key').set({ last_used_at: now }).where('id', '=', key.id).execute();
  }
  return { keyId: key.id, environment: key.environment };
}

function prefixOf(token: string): string | null {
  return KEY.exec(token)?.[1] ?? null;
}
