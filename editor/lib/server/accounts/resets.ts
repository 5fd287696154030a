import { hashPassword } from 'better-auth/crypto';
import { refusals } from '../../words/accounts.ts';
import type { Person } from '../person.ts';
import { Refusal } from '../refusal.ts';
import type { Store, Writing } from '../store/index.ts';
import { mustBeAllowed, roleOf } from './allowed.ts';
import { checkPassword } from './identity.ts';
import { setPasswordHash } from './join.ts';
import { newToken, tokenHash } from './tokens.ts';

/** How long a reset link works, in milliseconds. */
const DAY = 24 * 60 * 60_000;

interface Owner {
  readonly id: string;
  readonly name: string;
  readonly email: string;
}

/** Makes a link by which somebody sets a new password, once. An earlier one for the same person stops working. */
export async function issueReset(
  store: Store,
  by: Person,
  personId: string,
): Promise<{ readonly token: string; readonly expiresAt: number }> {
  return store.write(async (writing) => {
    const { tx } = writing;
    await mustBeAllowed(tx, by, 'administer');
    if ((await roleOf(tx, personId)) === null) throw new Refusal(404, 'nobody', refusals.nobody);
    return addResetLink(writing, by.id, personId);
  });
}

/** As `issueReset`, within a change of whoever may. */
export async function addResetLink(
  { tx, at, record }: Writing,
  by: string,
  personId: string,
): Promise<{ readonly token: string; readonly expiresAt: number }> {
  await tx.deleteFrom('reset_link').where('person_id', '=', personId).where('used_at', 'is', null).execute();
  const [token, expiresAt] = [newToken(), at + DAY];
  const row = { token_hash: tokenHash(token), person_id: personId, made_by: by, created_at: at };
  await tx
    .insertInto('reset_link')
    .values({ ...row, expires_at: expiresAt, used_at: null })
    .execute();
  await record({ type: 'reset_link.issued', actor: by, subject: `person/${personId}` });
  return { token, expiresAt };
}

/** Sets the password and ends every session. Second factors stay. Throws Refusal 410 when the link no longer works. */
export async function useReset(store: Store, token: string, password: string, now: number): Promise<void> {
  const owner = await ownerOf(store, token, now);
  checkPassword(password, owner);
  const hash = await hashPassword(password);
  await store.write(async (writing) => {
    const { tx, at, record } = writing;
    const { id } = await ownerOf({ db: tx }, token, at);
    await tx.updateTable('reset_link').set({ used_at: at }).where('token_hash', '=', tokenHash(token)).execute();
    await setPasswordHash(writing, id, hash);
    await tx.deleteFrom('login_session').where('person_id', '=', id).execute();
    await record({ type: 'password.reset', actor: id, subject: `person/${id}` });
  });
}

/** Whose password a link sets; null when it no longer works. */
export async function resetOf(
  store: Store,
  token: string,
  now: number,
): Promise<{ readonly name: string; readonly email: string } | null> {
  const owner = await findOwner(store, token, now);
  return owner === null ? null : { name: owner.name, email: owner.email };
}

async function ownerOf(from: Pick<Store, 'db'>, token: string, now: number): Promise<Owner> {
  const owner = await findOwner(from, token, now);
  if (owner === null) throw new Refusal(410, 'link_used', refusals.linkUsed);
  return owner;
}

async function findOwner({ db }: Pick<Store, 'db'>, token: string, now: number): Promise<Owner | null> {
  const owner = await db
    .selectFrom('reset_link')
    .innerJoin('person', 'person.id', 'reset_link.person_id')
    .select(['person.id', 'person.name', 'person.email'])
    .where('reset_link.token_hash', '=', tokenHash(token))
    .where('reset_link.used_at', 'is', null)
    .where('reset_link.expires_at', '>', now)
    .executeTakeFirst();
  return owner ?? null;
}
