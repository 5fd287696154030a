import { digestOf, type DraftRow, type RevisionRow, type Writing } from '../store/index.ts';

/**
 * Moves a draft in which nothing was changed on to a revision that was just made, so that whoever opens it sees what is
 * newest. Any other draft stays as it is and is merged when it is submitted.
 */
export async function followDraft(
  { tx, at }: Writing,
  revision: RevisionRow,
  timelines: readonly { readonly name: string; readonly text: string }[],
): Promise<void> {
  const draft = await tx.selectFrom('draft').selectAll().where('policy_id', '=', revision.policy_id).executeTakeFirst();
  if (draft === undefined || draft.base_revision === null) return;
  const base = await tx.selectFrom('revision').selectAll().where('id', '=', draft.base_revision).executeTakeFirst();
  if (base === undefined || !saysTheSame(draft, base)) return;
  await tx
    .updateTable('draft')
    .set({
      ...{ base_revision: revision.id, text: revision.text, contributors: '[]', updated_by: revision.author },
      ...{ timelines: JSON.stringify(timelines.map(({ name, text }) => ({ name, text }))), updated_at: at },
      lock_version: draft.lock_version + 1,
    })
    .where('policy_id', '=', revision.policy_id)
    .execute();
}

function saysTheSame(draft: DraftRow, base: RevisionRow): boolean {
  const timelines = JSON.parse(draft.timelines) as { name: string; text: string }[];
  const named = timelines.map(({ name, text }) => ({ name, digest: digestOf(text) }));
  return draft.text === base.text && JSON.stringify(named) === base.timelines;
}
