import { applyEdits, modify } from 'jsonc-parser';
import * as words from '$lib/words/change-refusals.ts';
import { mustBeAllowed } from '../accounts/allowed.ts';
import type { Person } from '../person.ts';
import { Refusal } from '../refusal.ts';
import type { Store, Writing } from '../store/index.ts';
import { addRevision } from './add-revision.ts';
import { demandValid, highestPublished } from './demand-valid.ts';
import { draftOf, sameTexts, timelinesText } from './draft.ts';
import { demand, saidOf } from './limits.ts';
import { newestRevision, revisionOf, type Revision } from './revision.ts';
import { carriedFrom } from './standing.ts';
import type { Submission } from './submit.ts';

/**
 * Adds a revision that says what an earlier one said, under a version above all others. A draft in which nothing was
 * changed follows it; any other draft stays as it is. Throws Refusal as `submit` does.
 */
export async function restore(
  store: Store,
  by: Person,
  wanted: Pick<Submission, 'message' | 'reason' | 'ticket'> & { readonly revisionId: string },
): Promise<Revision> {
  demand(by, 'edit');
  const said = saidOf(wanted);
  return store.write(async (writing) => {
    const { tx } = writing;
    await mustBeAllowed(tx, by, 'edit');
    const old = await revisionOf(tx, wanted.revisionId);
    if (old === null) throw new Refusal(404, 'revision_unknown', words.unknownRevision);
    const { policyId, timelines } = old;
    const newest = await newestRevision(tx, policyId);
    if (newest?.contentHash === old.contentHash) throw new Refusal(409, 'nothing_changed', words.alreadyNewest);
    const highest = Math.max(newest?.version ?? 0, await highestPublished(tx, policyId, ''));
    const text = withVersion(old.text, highest + 1);
    const version = await demandValid(tx, { policyId, text, timelines });
    const draft = await draftOf(tx, policyId);
    const contributors = await carriedFrom(tx, old);
    const whole = { policyId, version, text, timelines, author: by.id, contributors, ...said };
    const revision = await addRevision(writing, { ...whole, origin: 'restored' });
    if (draft !== null && draft.lockVersion > 0 && sameTexts(draft, draft.base)) await moveDraft(writing, by, revision);
    return revision;
  });
}

/** The text with another version and every other character as it was. */
function withVersion(text: string, version: number): string {
  return applyEdits(text, modify(text, ['version'], version, {}));
}

async function moveDraft({ tx, at }: Writing, by: Person, { id, policyId, text, timelines }: Revision): Promise<void> {
  await tx
    .updateTable('draft')
    .set(({ eb }) => ({
      ...{ base_revision: id, text, timelines: timelinesText(timelines), contributors: '[]' },
      ...{ lock_version: eb('lock_version', '+', 1), updated_by: by.id, updated_at: at },
    }))
    .where('policy_id', '=', policyId)
    .execute();
}
