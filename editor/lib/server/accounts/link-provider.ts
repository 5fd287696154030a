import type { Store } from '../store/index.ts';

/**
 * Before the organisation's provider first lets somebody into an account by its e-mail address. Whoever made the account
 * typed that address, and nobody checked it: unless it was known to be theirs, the password, the second factor and the
 * sessions there were go, so that nobody waits in a colleague's account under a colleague's name.
 */
export async function linkProvider(store: Store, personId: string): Promise<void> {
  await store.write(async ({ tx, record }) => {
    const person = await tx.selectFrom('person').select('email_verified').where('id', '=', personId).executeTakeFirst();
    const proven = Boolean(person?.email_verified);
    if (!proven) {
      await tx.deleteFrom('credential').where('person_id', '=', personId).execute();
      await tx.deleteFrom('two_factor').where('person_id', '=', personId).execute();
      await tx.updateTable('person').set({ two_factor_enabled: false }).where('id', '=', personId).execute();
      await tx.deleteFrom('login_session').where('person_id', '=', personId).execute();
    }
    const data = { passwordRemoved: !proven };
    await record({ type: 'provider.linked', actor: personId, subject: `person/${personId}`, data });
  });
}
