import type { Person, Role } from '../person.ts';
import type { Store } from '../store/index.ts';
import { mustBeAllowed } from './allowed.ts';

/** Somebody with an account, as those see it who may. */
export interface Member {
  readonly id: string;
  /** Null when the person was erased, as the address then is. */
  readonly name: string | null;
  readonly email: string | null;
  readonly role: Role;
  readonly active: boolean;
  /** Whether a code is asked when they sign in with their password. */
  readonly twoFactor: boolean;
  readonly joinedAt: number;
}

/** Everybody who has or had an account, in the order they joined. */
export async function people(store: Store, by: Person): Promise<readonly Member[]> {
  await mustBeAllowed(store.db, by, 'audit');
  const rows = await store.db
    .selectFrom('membership')
    .leftJoin('person', 'person.id', 'membership.person_id')
    .select(['membership.person_id', 'membership.role', 'membership.deactivated_at', 'membership.created_at'])
    .select(['person.name', 'person.email', 'person.two_factor_enabled'])
    .orderBy('membership.created_at')
    .orderBy('membership.person_id')
    .execute();
  return rows.map(({ person_id, name, email, role, deactivated_at, two_factor_enabled, created_at }) => ({
    ...{ id: person_id, name, email, role: role as Role, active: deactivated_at === null },
    ...{ twoFactor: Boolean(two_factor_enabled), joinedAt: created_at },
  }));
}

/** The names behind ids, for showing. Who was erased is not among them. */
export async function names(store: Store, by: Person): Promise<ReadonlyMap<string, string>> {
  await mustBeAllowed(store.db, by, 'read');
  const rows = await store.db.selectFrom('person').select(['id', 'name']).execute();
  return new Map(rows.map(({ id, name }) => [id, name]));
}
