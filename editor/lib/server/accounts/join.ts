import { refusals } from '../../words/accounts.ts';
import type { Role } from '../person.ts';
import { Refusal } from '../refusal.ts';
import type { Writing } from '../store/index.ts';

/** Somebody about to be added; the password is hashed already. */
export interface Joining {
  readonly name: string;
  readonly email: string;
  readonly passwordHash: string | null;
  readonly role: Role;
  /** Whether the address is known to be theirs. It is taken at the provider’s word, never at the person’s. */
  readonly emailVerified: boolean;
}

/** Adds a person with a role, within a change that records it. Throws Refusal 409 when the address is taken. */
export async function addPerson({ tx, at, newId }: Writing, joining: Joining): Promise<string> {
  const { name, email, passwordHash, role, emailVerified } = joining;
  const taken = await tx.selectFrom('person').select('id').where('email', '=', email).executeTakeFirst();
  if (taken !== undefined) throw new Refusal(409, 'email_taken', refusals.emailTaken);
  const id = newId();
  const times = { created_at: new Date(at), updated_at: new Date(at) };
  const person = { id, name, email, email_verified: emailVerified, image: null, two_factor_enabled: false, ...times };
  await tx.insertInto('person').values(person).execute();
  await tx.insertInto('membership').values({ person_id: id, role, created_at: at, deactivated_at: null }).execute();
  if (passwordHash !== null) await setPasswordHash({ tx, at, newId }, id, passwordHash);
  return id;
}

/** Sets somebody’s password, whether or not they had one. */
export async function setPasswordHash(
  { tx, at, newId }: Pick<Writing, 'tx' | 'at' | 'newId'>,
  person: string,
  hash: string,
): Promise<void> {
  const now = new Date(at);
  const { numUpdatedRows } = await tx
    .updateTable('credential')
    .set({ password: hash, updated_at: now })
    .where('person_id', '=', person)
    .where('provider', '=', 'credential')
    .executeTakeFirst();
  if (numUpdatedRows > 0n) return;
  const none = { access_token: null, refresh_token: null, id_token: null, scope: null };
  const never = { access_token_expires_at: null, refresh_token_expires_at: null };
  const row = { id: newId(), person_id: person, provider: 'credential', subject: person, password: hash };
  await tx
    .insertInto('credential')
    .values({ ...row, ...none, ...never, created_at: now, updated_at: now })
    .execute();
}
