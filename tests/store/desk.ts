import { makePolicy, readDraft, review, saveDraft, submit } from '$lib/server/changes/index.ts';
import type { Revision } from '$lib/server/changes/revision.ts';
import type { Person } from '$lib/server/person.ts';
import type { Store } from '$lib/server/store/index.ts';
import { approver, author, policyText, storyText } from './people.ts';

const policyId = 'notes';

/** An environment, as an admin sets one up. */
export async function addEnvironment(store: Store, id: string, requiresApproval = 1): Promise<void> {
  await store.write(async ({ tx, at, record }) => {
    const row = { id, title: id, position: 1, requires_approval: requiresApproval, created_at: at };
    await tx.insertInto('environment').values(row).execute();
    await record({ type: 'environment.made', actor: 'system', subject: `environment/${id}` });
  });
}

/** Submits a version of the policy whose limit is so many days, with a story that expects exactly that, or something else. */
export async function submitted(
  store: Store,
  version: number,
  days = 7,
  by: Person = author,
  expected = days,
): Promise<Revision> {
  const known = await store.db.selectFrom('policy').select('id').executeTakeFirst();
  if (known === undefined) await makePolicy(store, by, { id: policyId, text: '' });
  const { lockVersion } = await readDraft(store, policyId);
  const timelines = [{ name: 'away', text: storyText(expected * 24) }];
  const text = policyText(version, `${days}d`);
  const saved = await saveDraft(store, by, { policyId, text, timelines, lockVersion });
  return submit(store, by, { policyId, message: 'why', reason: 'asked for', ...saved });
}

/** Submits and approves. */
export async function approved(store: Store, version: number, days = 7): Promise<Revision> {
  const revision = await submitted(store, version, days);
  await approve(store, revision);
  return revision;
}

export async function approve(store: Store, revision: Revision, by: Person = approver): Promise<void> {
  const { id: revisionId, contentHash } = revision;
  await review(store, by, { revisionId, contentHash, verdict: 'approve', message: '' });
}
