import { refusals } from '../../words/accounts.ts';
import { Refusal } from '../refusal.ts';
import type { Store } from '../store/index.ts';
import { addResetLink } from './resets.ts';

/**
 * Lets an administrator back in whom nobody can help: takes the second factor away, ends the sessions, and makes a link by
 * which a new password is set, once. For whoever runs the machine, which is no person here: the log says `system`. Throws
 * Refusal 404 when no administrator who is switched on has the address.
 */
export async function rescue(
  store: Store,
  email: string,
): Promise<{ readonly token: string; readonly expiresAt: number }> {
  return store.write(async (writing) => {
    const { tx, record } = writing;
    const admin = await tx
      .selectFrom('membership')
      .innerJoin('person', 'person.id', 'membership.person_id')
      .select('person.id')
      .where('person.email', '=', email.trim().toLowerCase())
      .where('membership.role', '=', 'admin')
      .where('membership.deactivated_at', 'is', null)
      .executeTakeFirst();
    if (admin === undefined) throw new Refusal(404, 'no_such_admin', refusals.noSuchAdmin(email));
    const { id } = admin;
    await tx.deleteFrom('two_factor').where('person_id', '=', id).execute();
    await tx.updateTable('person').set({ two_factor_enabled: false }).where('id', '=', id).execute();
    await tx.deleteFrom('login_session').where('person_id', '=', id).execute();
    await record({ type: 'two_factor.reset', actor: 'system', subject: `person/${id}` });
    return addResetLink(writing, 'system', id);
  });
}
