import * as words from '$lib/words/change-refusals.ts';
import type { Person } from '../person.ts';
import { Refusal } from '../refusal.ts';
import type { Store } from '../store/index.ts';
import { addRevision } from './add-revision.ts';
import { demandValid } from './demand-valid.ts';
import { draftOf, sameTexts, versionOf } from './draft.ts';
import { demand, sentence } from './limits.ts';
import { newestRevision, type Revision } from './revision.ts';
import { baseVersion, conflict } from './save-draft.ts';
import { carriedFrom } from './standing.ts';

export interface Submission {
  readonly policyId: string;
  /** Why; an auditor reads it years later. */
  readonly message: string;
  /** Of the draft that was looked at. */
  readonly lockVersion: number;
}

/**
 * Makes a revision of the draft, which from then on is the draft's base. Throws Refusal: a draft that others saved in
 * between, a base that is not the newest revision any more, errors in policy or timelines, nothing new.
 */
export async function submit(store: Store, by: Person, submission: Submission): Promise<Revision> {
  demand(by, 'edit');
  const { policyId, lockVersion } = submission;
  const message = sentence(submission.message, 'message');
  return store.write(async (writing) => {
    const { tx } = writing;
    const draft = await draftOf(tx, policyId);
    if (draft === null) throw new Refusal(404, 'policy_unknown', words.unknownPolicy(policyId));
    if (draft.lockVersion !== lockVersion) throw conflict(draft, { lockVersion });
    const newest = await newestRevision(tx, policyId);
    if (newest?.id !== draft.base?.id) {
      const versions = { yours: versionOf(draft), theirs: baseVersion(newest), base: baseVersion(draft.base) };
      throw new Refusal(409, 'base_moved', words.baseMoved, versions);
    }
    if (sameTexts(draft, newest)) throw new Refusal(409, 'nothing_changed', words.nothingChanged);
    const version = await demandValid(tx, draft);
    const contributors = [...draft.contributors, ...(await carriedFrom(tx, newest))];
    const { text, timelines } = draft;
    const whole = { policyId, version, text, timelines, author: by.id, contributors, message };
    const revision = await addRevision(writing, { ...whole, origin: 'submitted' });
    await tx
      .updateTable('draft')
      .set({ base_revision: revision.id, contributors: '[]', lock_version: lockVersion + 1 })
      .where('policy_id', '=', policyId)
      .execute();
    return revision;
  });
}
