import { contentHash, digestOf, type Store } from '$lib/server/store/index.ts';

/** Writes so many entries with rows of every kind of evidence among them. */
export async function fill(store: Store, entries: number): Promise<void> {
  await store.write(async ({ tx, at, newId, record }) => {
    await tx
      .insertInto('environment')
      .values({ id: 'production', title: 'Production', position: 1, requires_approval: 1, created_at: at })
      .execute();
    const by = { actor: 'u-author', subject: 'policy/notes' };
    await record({ ...by, type: 'policy.made' }, [['policy', { id: 'notes', created_at: at, created_by: 'u-author' }]]);
    for (let number = 1; number * 3 + 1 <= entries; number += 1) {
      const text = `{"version":${number}}`;
      const timeline = `{"title":"Day ${number}"}`;
      const timelines = [{ name: 'day', digest: digestOf(timeline) }];
      const bound = contentHash('notes', digestOf(text), timelines);
      const revision = newId();
      await record({ ...by, type: 'revision.submitted' }, [
        ['stored_text', { digest: digestOf(timeline), text: timeline, created_at: at }],
        [
          'revision',
          {
            ...{ id: revision, policy_id: 'notes', number, parent: null, version: number, text },
            ...{ digest: digestOf(text), timelines: JSON.stringify(timelines), content_hash: bound },
            ...{
              author: 'u-author',
              contributors: '["u-author"]',
              message: 'why',
              reason: 'asked for',
              ticket: null,
              origin: 'submitted',
              created_at: at,
            },
          },
        ],
      ]);
      const about = { revision_id: revision, content_hash: bound, created_at: at };
      const run = newId();
      await record({ actor: 'u-approver', subject: `revision/${revision}`, type: 'review.given' }, [
        ['review', { ...about, id: newId(), reviewer: 'u-approver', verdict: 'approve', message: 'fine' }],
        ['simulation_run', { ...about, id: run, passed: 1, result: '{}', requested_by: 'u-approver' }],
        [
          'review_comment',
          {
            ...{ id: newId(), revision_id: revision, pointer: '/version', reply_to: null },
            ...{ author: 'u-approver', text: 'good', created_at: at },
          },
        ],
      ]);
      const release = newId();
      await record({ actor: 'u-approver', subject: 'environment/production', type: 'release.published' }, [
        [
          'release',
          {
            ...{ id: release, environment: 'production', seq: number, policy_id: 'notes', revision_id: revision },
            ...{ digest: digestOf(text), content_hash: bound, text, kind: 'break_glass', reason: 'why', ticket: null },
            ...{ published_by: 'u-approver', approvals: '[]', simulation_run: run, created_at: at },
          },
        ],
        [
          'retrospective_review',
          {
            ...{ id: newId(), release_id: release, reviewer: 'u-admin', verdict: 'accept' },
            ...{ message: 'ok', created_at: at },
          },
        ],
      ]);
    }
  });
}
