import { refusals } from '../../words/accounts.ts';
import { ROLES, type Person, type Role } from '../person.ts';
import { Refusal } from '../refusal.ts';
import type { Store, Writing } from '../store/index.ts';
import { mustBeAllowed, mustLeaveAnAdmin } from './allowed.ts';

/** Gives somebody another role. Only an administrator can, so nobody raises himself; the last one stays one. */
export async function setRole(store: Store, by: Person, personId: string, role: Role): Promise<void> {
  if (!ROLES.includes(role)) throw new Refusal(422, 'role_unknown', refusals.roleUnknown);
  await store.write(async (writing) => {
    const from = await memberFor(writing, by, personId);
    if (from.role === 'admin' && role !== 'admin') await mustLeaveAnAdmin(writing.tx, personId);
    await writing.tx.updateTable('membership').set({ role }).where('person_id', '=', personId).execute();
    const data = { from: from.role, to: role };
    await writing.record({ type: 'role.changed', actor: by.id, subject: `person/${personId}`, data });
  });
}

/** Switches an account off and ends its sessions. What the person wrote stays. */
export async function deactivate(store: Store, by: Person, personId: string): Promise<void> {
  await store.write(async (writing) => {
    const { tx, at, record } = writing;
    await memberFor(writing, by, personId);
    await mustLeaveAnAdmin(tx, personId);
    await tx.updateTable('membership').set({ deactivated_at: at }).where('person_id', '=', personId).execute();
    await tx.deleteFrom('login_session').where('person_id', '=', personId).execute();
    await record({ type: 'person.deactivated', actor: by.id, subject: `person/${personId}` });
  });
}

/** Switches an account on again. Throws Refusal 404 when the person is erased. */
export async function reactivate(store: Store, by: Person, personId: string): Promise<void> {
  await store.write(async (writing) => {
    const { tx, record } = writing;
    await memberFor(writing, by, personId);
    const person = await tx.selectFrom('person').select('id').where('id', '=', personId).executeTakeFirst();
    if (person === undefined) throw new Refusal(404, 'nobody', refusals.nobody);
    await tx.updateTable('membership').set({ deactivated_at: null }).where('person_id', '=', personId).execute();
    await record({ type: 'person.reactivated', actor: by.id, subject: `person/${personId}` });
  });
}

/** Takes somebody’s second factor away, when their device and their recovery codes are lost, and ends their sessions. */
export async function resetTwoFactor(store: Store, by: Person, personId: string): Promise<void> {
  await store.write(async (writing) => {
    const { tx, record } = writing;
    await memberFor(writing, by, personId);
    await tx.deleteFrom('two_factor').where('person_id', '=', personId).execute();
    await tx.updateTable('person').set({ two_factor_enabled: false }).where('id', '=', personId).execute();
    await tx.deleteFrom('login_session').where('person_id', '=', personId).execute();
    await record({ type: 'two_factor.reset', actor: by.id, subject: `person/${personId}` });
  });
}

/**
 * Removes a person’s name, address, password and sessions for good. Their id stays in the log and beside what they
 * wrote, with nothing left that says whose it is, so every hash still holds.
 */
export async function erasePerson(store: Store, by: Person, personId: string): Promise<void> {
  await store.write(async (writing) => {
    const { tx, at, record } = writing;
    const { deactivated_at } = await memberFor(writing, by, personId);
    await mustLeaveAnAdmin(tx, personId);
    await tx
      .updateTable('membership')
      .set({ deactivated_at: deactivated_at ?? at })
      .where('person_id', '=', personId)
      .execute();
    await tx.deleteFrom('verification').where('value', '=', personId).execute();
    await tx.deleteFrom('person').where('id', '=', personId).execute();
    await record({ type: 'person.erased', actor: by.id, subject: `person/${personId}` });
  });
}

async function memberFor({ tx }: Writing, by: Person, personId: string) {
  await mustBeAllowed(tx, by, 'administer');
  const member = await tx
    .selectFrom('membership')
    .select(['role', 'deactivated_at'])
    .where('person_id', '=', personId)
    .executeTakeFirst();
  if (member === undefined) throw new Refusal(404, 'nobody', refusals.nobody);
  return member;
}
