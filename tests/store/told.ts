import { contentHash, digestOf, type ReleaseRow, type Store } from '$lib/server/store/index.ts';

/** Writes history a step at a time, with whatever the step should say: also what change control would refuse. */
export function teller(store: Store, policy = 'notes') {
  const subject = `policy/${policy}`;
  return {
    async begin(): Promise<void> {
      await store.write(async ({ tx, at, record }) => {
        const rows = ['production', 'staging'].map((id, position) => ({ id, title: id, position }));
        await tx
          .insertInto('environment')
          .values(rows.map((row) => ({ ...row, requires_approval: 1, created_at: at })))
          .execute();
        const row = { id: policy, created_at: at, created_by: 'u-author' };
        await record({ type: 'policy.made', actor: 'u-author', subject }, [['policy', row]]);
      });
    },

    async submit(number: number, over: Partial<Submitted> = {}): Promise<{ id: string; bound: string; text: string }> {
      const { author, contributors, message, text } = { ...submitted(number), ...over };
      const timeline = `{"title":"Day ${number}"}\n`;
      const timelines = [{ name: 'day', digest: digestOf(timeline) }];
      const bound = contentHash(policy, digestOf(text), timelines);
      const id = await store.write(async ({ at, newId, record }) => {
        const revision = newId();
        await record({ type: 'revision.submitted', actor: author, subject, data: { number } }, [
          ['stored_text', { digest: digestOf(timeline), text: timeline, created_at: at }],
          [
            'revision',
            {
              ...{ id: revision, policy_id: policy, number, parent: null, version: number, text },
              ...{ digest: digestOf(text), timelines: JSON.stringify(timelines), content_hash: bound, author },
              ...{
                contributors: JSON.stringify(contributors),
                message,
                reason: 'asked for',
                ticket: 'T-1',
                origin: 'submitted',
                created_at: at,
              },
            },
          ],
        ]);
        return revision;
      });
      return { id, bound, text };
    },

    async review(of: { id: string; bound: string }, reviewer: string, verdict: string, message = 'fine') {
      return store.write(async ({ at, newId, record }) => {
        const id = newId();
        const row = { revision_id: of.id, content_hash: of.bound, reviewer, verdict, message, created_at: at };
        await record({ type: 'review.given', actor: reviewer, subject, data: { verdict } }, [
          ['review', { id, ...row }],
        ]);
        return id;
      });
    },

    async run(of: { id: string; bound: string }, passed: 0 | 1): Promise<string> {
      return store.write(async ({ at, newId, record }) => {
        const id = newId();
        const row = { revision_id: of.id, content_hash: of.bound, passed, result: '{}', requested_by: 'u-author' };
        await record({ type: 'simulation.run', actor: 'u-author', subject }, [
          ['simulation_run', { id, ...row, created_at: at }],
        ]);
        return id;
      });
    },

    async publish(
      of: { id: string; bound: string; text: string },
      over: Partial<ReleaseRow> & Pick<ReleaseRow, 'environment' | 'seq'>,
    ): Promise<{ id: string; at: number }> {
      return store.write(async ({ at, newId, record, signAtEnd }) => {
        const row: ReleaseRow = {
          ...{ id: newId(), policy_id: policy, revision_id: of.id, digest: digestOf(of.text), content_hash: of.bound },
          ...{ text: of.text, kind: 'normal', reason: 'because', ticket: null, published_by: 'u-publisher' },
          ...{ approvals: '[]', simulation_run: null, created_at: at },
          ...over,
        };
        const data = { environment: row.environment, seq: row.seq };
        await record({ type: 'release.published', actor: row.published_by, subject, data }, [['release', row]]);
        signAtEnd();
        return { id: row.id, at };
      });
    },

    async lookBack(release: string, reviewer: string, verdict: string): Promise<void> {
      await store.write(async ({ at, newId, record }) => {
        const row = { id: newId(), release_id: release, reviewer, verdict, message: 'seen', created_at: at };
        await record({ type: 'release.looked_back_at', actor: reviewer, subject }, [['retrospective_review', row]]);
      });
    },
  };
}

interface Submitted {
  readonly author: string;
  readonly contributors: readonly string[];
  readonly message: string;
  readonly text: string;
}

function submitted(number: number): Submitted {
  const text = `{\n  "version": ${number},\n  "title": "Notes"\n}\n`;
  return { author: 'u-author', contributors: ['u-author', 'u-helper'], message: `Change ${number}`, text };
}
