import { hashPassword } from 'better-auth/crypto';
import { refusals } from '../../words/accounts.ts';
import { ROLES, type Person, type Role } from '../person.ts';
import { Refusal } from '../refusal.ts';
import type { Store } from '../store/index.ts';
import { mustBeAllowed } from './allowed.ts';
import { checkIdentity, checkPassword, type NewIdentity } from './identity.ts';
import { addPerson } from './join.ts';
import { newToken, tokenHash } from './tokens.ts';

const DAY = 24 * 60 * 60_000;
const LONGEST_DAYS = 30;

/** An invitation that nobody has used yet. */
export interface OpenInvitation {
  readonly id: string;
  readonly role: Role;
  readonly madeBy: string;
  readonly createdAt: number;
  readonly expiresAt: number;
}

/** Makes a link by which one person joins with this role. The token is given out here and never again. */
export async function invite(
  store: Store,
  by: Person,
  { role, days }: { readonly role: Role; readonly days: number },
): Promise<{ readonly id: string; readonly token: string; readonly expiresAt: number }> {
  if (!ROLES.includes(role)) throw new Refusal(422, 'role_unknown', refusals.roleUnknown);
  if (!Number.isInteger(days) || days < 1 || days > LONGEST_DAYS)
    throw new Refusal(422, 'days_wrong', refusals.daysWrong);
  return store.write(async ({ tx, at, newId, record }) => {
    await mustBeAllowed(tx, by, 'administer');
    const [id, token, expiresAt] = [newId(), newToken(), at + days * DAY];
    const row = { id, token_hash: tokenHash(token), role, made_by: by.id, created_at: at, expires_at: expiresAt };
    await tx
      .insertInto('invitation')
      .values({ ...row, used_by: null, used_at: null })
      .execute();
    await record({ type: 'person.invited', actor: by.id, subject: `invitation/${id}`, data: { role, days } });
    return { id, token, expiresAt };
  });
}

/**
 * Joins. Without a password only the organisation’s provider lets the person in. Throws Refusal 410 when the link is
 * used, withdrawn or expired, and 422 or 409 for what was typed; the link then still works.
 */
export async function useInvitation(
  store: Store,
  token: string,
  identity: NewIdentity,
  now: number,
  withProvider: boolean,
): Promise<Person> {
  const { name, email } = checkIdentity(identity);
  const { password } = identity;
  if (password !== undefined || !withProvider) checkPassword(password ?? '', { name, email });
  await mustBeOpen(store, token, now);
  const passwordHash = password === undefined ? null : await hashPassword(password);
  return store.write(async (writing) => {
    const { tx, at, record } = writing;
    const { id: invitation, role } = await mustBeOpen({ db: tx }, token, at);
    const id = await addPerson(writing, { name, email, passwordHash, role, emailVerified: false });
    await tx.updateTable('invitation').set({ used_by: id, used_at: at }).where('id', '=', invitation).execute();
    await record({
      type: 'person.joined',
      actor: id,
      subject: `person/${id}`,
      data: { role, by: `invitation/${invitation}` },
    });
    return { id, role };
  });
}

/** What role a link gives; null when it no longer works. Changes nothing, so it may be asked before somebody types. */
export async function invitationOf(store: Store, token: string, now: number): Promise<{ readonly role: Role } | null> {
  const open = await openInvitation(store, token, now);
  return open === null ? null : { role: open.role };
}

/** Makes an invitation’s link worthless. Nothing happens when it is used already. */
export async function withdrawInvitation(store: Store, by: Person, id: string): Promise<void> {
  await store.write(async ({ tx, record }) => {
    await mustBeAllowed(tx, by, 'administer');
    await tx.deleteFrom('invitation').where('id', '=', id).where('used_at', 'is', null).execute();
    await record({ type: 'invitation.withdrawn', actor: by.id, subject: `invitation/${id}` });
  });
}

/** The invitations that still work, newest first. */
export async function invitations(store: Store, by: Person, now: number): Promise<readonly OpenInvitation[]> {
  await mustBeAllowed(store.db, by, 'administer');
  const rows = await store.db
    .selectFrom('invitation')
    .selectAll()
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .orderBy('created_at', 'desc')
    .execute();
  return rows.map(({ id, role, made_by, created_at, expires_at }) => ({
    ...{ id, role: role as Role, madeBy: made_by, createdAt: created_at, expiresAt: expires_at },
  }));
}

async function mustBeOpen(from: Pick<Store, 'db'>, token: string, now: number) {
  const open = await openInvitation(from, token, now);
  if (open === null) throw new Refusal(410, 'link_used', refusals.linkUsed);
  return open;
}

async function openInvitation(
  { db }: Pick<Store, 'db'>,
  token: string,
  now: number,
): Promise<{ readonly id: string; readonly role: Role } | null> {
  const row = await db
    .selectFrom('invitation')
    .select(['id', 'role'])
    .where('token_hash', '=', tokenHash(token))
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .executeTakeFirst();
  return row === undefined ? null : { id: row.id, role: row.role as Role };
}
