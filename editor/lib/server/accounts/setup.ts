import { hashPassword } from 'better-auth/crypto';
import { refusals } from '../../words/accounts.ts';
import type { Person } from '../person.ts';
import { Refusal } from '../refusal.ts';
import type { Store } from '../store/index.ts';
import type { Database } from './allowed.ts';
import { checkIdentity, checkPassword, type NewIdentity } from './identity.ts';
import { addPerson } from './join.ts';
import { newToken, tokenHash } from './tokens.ts';

/** A link’s token that makes its user the first administrator; null when there is one. A newer one replaces it. */
export async function makeSetupLink(store: Store): Promise<string | null> {
  if (await hasAdmin(store.db)) return null;
  const token = newToken();
  return store.write(async ({ tx, at, record }) => {
    if (await hasAdmin(tx)) throw new Refusal(409, 'set_up_already', refusals.setUpAlready);
    await tx.deleteFrom('setup_link').where('used_at', 'is', null).execute();
    const row = { token_hash: tokenHash(token), created_at: at, used_by: null, used_at: null };
    await tx.insertInto('setup_link').values(row).execute();
    await record({ type: 'setup_link.made', actor: 'system', subject: 'installation' });
    return token;
  });
}

/** Makes the first administrator. Throws Refusal 410 when the link is spent, 409 when there is an administrator. */
export async function useSetupLink(
  store: Store,
  token: string,
  identity: NewIdentity & { readonly password: string },
): Promise<Person> {
  const { name, email } = checkIdentity(identity);
  checkPassword(identity.password, { name, email });
  await mustBeOpen(store.db, token);
  const passwordHash = await hashPassword(identity.password);
  return store.write(async (writing) => {
    const { tx, at, record } = writing;
    await mustBeOpen(tx, token);
    const id = await addPerson(writing, { name, email, passwordHash, role: 'admin', emailVerified: true });
    await tx
      .updateTable('setup_link')
      .set({ used_at: at, used_by: id })
      .where('token_hash', '=', tokenHash(token))
      .execute();
    await record({
      type: 'person.joined',
      actor: id,
      subject: `person/${id}`,
      data: { role: 'admin', by: 'setup_link' },
    });
    return { id, role: 'admin' };
  });
}

async function mustBeOpen(db: Database, token: string): Promise<void> {
  if (await hasAdmin(db)) throw new Refusal(409, 'set_up_already', refusals.setUpAlready);
  const link = await db
    .selectFrom('setup_link')
    .select('token_hash')
    .where('token_hash', '=', tokenHash(token))
    .where('used_at', 'is', null)
    .executeTakeFirst();
  if (link === undefined) throw new Refusal(410, 'link_used', refusals.linkUsed);
}

async function hasAdmin(db: Database): Promise<boolean> {
  const admin = await db
    .selectFrom('membership')
    .select('person_id')
    .where('role', '=', 'admin')
    .where('deactivated_at', 'is', null)
    .limit(1)
    .executeTakeFirst();
  return admin !== undefined;
}
