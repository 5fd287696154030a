import { sql } from 'kysely';
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
  /** Unix milliseconds; null for who never signed in. */
  readonly signedInAt: number | null;
}

/** Everybody who has or had an account, in the order they joined. */
export async function people(store: Store, by: Person): Promise<readonly Member[]> {
  await mustBeAllowed(store.db, by, 'audit');
  const rows = await store.db
    .selectFrom('membership')
    .leftJoin('person', 'person.id', 'membership.person_id')
    .select(['membership.person_id', 'membership.role', 'membership.deactivated_at', 'membership.created_at'])
    .select(['person.name', 'person.email', 'person.two_factor_enabled'])
    .select((query) =>
      query
        .selectFrom('audit_event')
        .select('audit_event.at')
        .where('audit_event.log', '=', store.log)
        .where('audit_event.subject', '=', sql<string>`'person/' || ${query.ref('membership.person_id')}`)
        .where('audit_event.type', '=', 'sign_in.succeeded')
        .orderBy('audit_event.seq', 'desc')
        .limit(1)
        .as('signed_in_at'),
    )
    .orderBy('membership.created_at')
    .orderBy('membership.person_id')
    .execute();
  return rows.map((row) => ({
    ...{ id: row.person_id, name: row.name, email: row.email, role: row.role as Role },
    ...{ active: row.deactivated_at === null, twoFactor: Boolean(row.two_factor_enabled) },
    ...{ joinedAt: row.created_at, signedInAt: row.signed_in_at },
  }));
}

/** The names behind ids, for showing. Who was erased is not among them. */
export async function names(store: Store, by: Person): Promise<ReadonlyMap<string, string>> {
  await mustBeAllowed(store.db, by, 'read');
  const rows = await store.db.selectFrom('person').select(['id', 'name']).execute();
  return new Map(rows.map(({ id, name }) => [id, name]));
}
