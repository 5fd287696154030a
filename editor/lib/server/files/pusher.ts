import type { Kysely } from 'kysely';
import { fileWords } from '../../words/files.ts';
import { roleOf } from '../accounts/allowed.ts';
import { may } from '../person.ts';
import { Refusal } from '../refusal.ts';
import type { Tables } from '../store/index.ts';

/** Whoever works on the machine, and does not say who it is. */
const SYSTEM = 'system';

/**
 * The id of whose push it is, named by it or by their e-mail address, or `system`. Throws Refusal when they have no active
 * account, or may not edit.
 */
export async function pusherOf(db: Kysely<Tables>, named: string): Promise<string> {
  if (named === SYSTEM) return SYSTEM;
  const address = named.trim().toLowerCase();
  const person = await db.selectFrom('person').select('id').where('email', '=', address).executeTakeFirst();
  const id = person?.id ?? named;
  const role = await roleOf(db, id);
  if (role === null) throw new Refusal(403, 'not_allowed', fileWords.unknownPusher(named));
  if (!may({ id, role }, 'edit')) throw new Refusal(403, 'not_allowed', fileWords.notAllowed);
  return id;
}
