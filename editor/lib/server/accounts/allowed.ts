import type { Transaction } from 'kysely';
import { refusals } from '../../words/accounts.ts';
import { may, ROLES, type Person, type Right, type Role } from '../person.ts';
import { Refusal } from '../refusal.ts';
import type { Store, Tables } from '../store/index.ts';

/** The database, inside a change or outside. */
export type Database = Store['db'] | Transaction<Tables>;

/** Somebody's role as it is now; null when they have none, or are switched off. */
export async function roleOf(db: Database, person: string): Promise<Role | null> {
  const row = await db
    .selectFrom('membership')
    .select('role')
    .where('person_id', '=', person)
    .where('deactivated_at', 'is', null)
    .executeTakeFirst();
  return ROLES.find((role) => role === row?.role) ?? null;
}

/**
 * Throws Refusal 403 unless the person has one of the rights now. The role they came with is not believed: it may have been
 * taken away since, or made up.
 */
export async function mustBeAllowed(db: Database, by: Pick<Person, 'id'>, ...rights: readonly Right[]): Promise<void> {
  const role = await roleOf(db, by.id);
  if (role === null || !rights.some((right) => may({ id: by.id, role }, right)))
    throw new Refusal(403, 'not_allowed', refusals.notAllowed);
}

/** Throws Refusal 409 when nobody else could administer. */
export async function mustLeaveAnAdmin(db: Database, person: string): Promise<void> {
  const other = await db
    .selectFrom('membership')
    .select('person_id')
    .where('role', '=', 'admin')
    .where('deactivated_at', 'is', null)
    .where('person_id', '!=', person)
    .limit(1)
    .executeTakeFirst();
  if (other === undefined) throw new Refusal(409, 'last_admin', refusals.lastAdmin);
}

/** Whether this person must have a second factor: who can change what is in force, where others can reach the server. */
export function requiresTwoFactor({ role }: Person, loopback: boolean): boolean {
  return !loopback && (role === 'approver' || role === 'admin');
}
