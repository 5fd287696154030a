import { hashPassword, verifyPassword } from 'better-auth/crypto';
import { refusals } from '../../words/accounts.ts';
import type { Person } from '../person.ts';
import { Refusal } from '../refusal.ts';
import type { Store } from '../store/index.ts';
import { mustBeAllowed } from './allowed.ts';
import type { Attempts } from './attempts.ts';
import { checkPassword } from './identity.ts';
import { setPasswordHash } from './join.ts';
import type { OpenSession } from './sessions.ts';

/** What somebody’s own page says besides who they are. */
export interface OwnAccount {
  /** False for who comes only by the organisation’s provider. */
  readonly hasPassword: boolean;
  /** Whether a code is asked after the password. */
  readonly asksCode: boolean;
}

/** How one’s own account is proved. */
export async function ownAccount({ db }: Store, by: Person): Promise<OwnAccount> {
  await mustBeAllowed(db, by, 'read');
  const person = await db
    .selectFrom('person')
    .leftJoin('credential', (join) =>
      join.onRef('credential.person_id', '=', 'person.id').on('credential.provider', '=', 'credential'),
    )
    .select(['person.two_factor_enabled', 'credential.password'])
    .where('person.id', '=', by.id)
    .executeTakeFirst();
  const password = person?.password ?? null;
  return { hasPassword: password !== null, asksCode: Boolean(person?.two_factor_enabled) };
}

/** Changes one’s own password, and ends one’s other sessions. Wrong tries count as failed sign-ins do. */
export async function changePassword(
  store: Store,
  attempts: Attempts,
  session: OpenSession | null,
  { current, next }: { readonly current: string; readonly next: string },
  now: number,
): Promise<void> {
  if (session === null) throw new Refusal(401, 'signed_out', refusals.signedOut);
  const { person } = session;
  const target = [{ kind: 'account', name: person }] as const;
  const attempt = await attempts.begin(target, now);
  if (!attempt.allowed) {
    const minutes = Math.ceil((attempt.retryAt - now) / 60_000);
    throw new Refusal(429, 'throttled', refusals.throttled(minutes));
  }
  const kept = await store.db
    .selectFrom('credential')
    .innerJoin('person', 'person.id', 'credential.person_id')
    .select(['person.name', 'person.email', 'credential.password'])
    .where('credential.person_id', '=', person)
    .where('credential.provider', '=', 'credential')
    .executeTakeFirst();
  const known = kept?.password ?? null;
  if (kept === undefined || known === null) throw new Refusal(409, 'no_password', refusals.noPassword);
  if (current.length > 1000 || !(await verifyPassword({ hash: known, password: current }))) {
    throw new Refusal(401, 'password_wrong', refusals.wrongPassword);
  }
  await attempts.forgive(target);
  checkPassword(next, kept);
  const hash = await hashPassword(next);
  await store.write(async (writing) => {
    const { tx, record } = writing;
    await setPasswordHash(writing, person, hash);
    await tx.deleteFrom('login_session').where('person_id', '=', person).where('id', '!=', session.id).execute();
    await record({ type: 'password.changed', actor: person, subject: `person/${person}` });
  });
}

/** Ends every session of one’s own, or, as an administrator, of somebody else. */
export async function signOutEverywhere(store: Store, by: Person, personId: string): Promise<void> {
  await store.write(async ({ tx, record }) => {
    await mustBeAllowed(tx, by, personId === by.id ? 'read' : 'administer');
    await tx.deleteFrom('login_session').where('person_id', '=', personId).execute();
    await record({ type: 'sessions.ended', actor: by.id, subject: `person/${personId}` });
  });
}
