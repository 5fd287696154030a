import { importPolicies } from '$lib/server/files/index.ts';
import type { Store } from '$lib/server/store/index.ts';
import { fileURLToPath } from 'node:url';

const SHIPPED = fileURLToPath(new URL('../../policies', import.meta.url));

/** Something in every corner: evidence whose rows point at each other, people, sessions, drafts, flags, instants, nulls. */
export async function fillWhole(store: Store): Promise<void> {
  await importPolicies(store, SHIPPED);
  for (let index = 0; index < 230; index += 1) {
    await store.write(async ({ record }) =>
      record({ type: 'test.wrote', actor: 'u-1', subject: 'test', data: { index } }),
    );
  }
  await store.write(async ({ tx, at, newId, record }) => {
    const first = await tx.selectFrom('revision').selectAll().limit(1).executeTakeFirstOrThrow();
    const comment = { revision_id: first.id, author: 'u-1', text: 'Grüße \u{1F511}\r\n', created_at: at };
    // Random ids: an answer may sort before what it answers.
    const [question, answer] = [newId(), newId()];
    await record({ type: 'review.commented', actor: 'u-1', subject: `revision/${first.id}` }, [
      ['review_comment', { ...comment, id: question, pointer: '/version', reply_to: null }],
      ['review_comment', { ...comment, id: answer, pointer: '', reply_to: question }],
    ]);
    const times = { created_at: new Date(at), updated_at: new Date(at + 1) };
    const person = { id: 'u-1', name: 'Ada', email: 'ada@example.org', image: null, ...times };
    await tx
      .insertInto('person')
      .values([
        { ...person, email_verified: true, two_factor_enabled: false },
        { ...person, id: 'u-2', email: 'ben@example.org', email_verified: false, two_factor_enabled: true },
      ])
      .execute();
    const { text, policy_id } = first;
    const draft = { policy_id, base_revision: first.id, text, timelines: '[]', lock_version: 1 };
    await tx
      .insertInto('draft')
      .values({ ...draft, contributors: '["u-1"]', updated_by: 'u-1', updated_at: at })
      .execute();
  });
}
