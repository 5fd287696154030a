import type { Kysely } from 'kysely';
import * as words from '$lib/words/change-refusals.ts';
import { mustBeAllowed } from '../accounts/allowed.ts';
import type { Person } from '../person.ts';
import { Refusal } from '../refusal.ts';
import type { Store, Tables } from '../store/index.ts';
import { addRevision } from './add-revision.ts';
import { demandValid } from './demand-valid.ts';
import { draftOf, sameTexts, versionOf, type Draft } from './draft.ts';
import { demand, saidOf } from './limits.ts';
import { newestRevision, type Revision } from './revision.ts';
import { baseVersion, conflict } from './save-draft.ts';
import { carriedFrom } from './standing.ts';

export interface Submission {
  readonly policyId: string;
  /** What changes, in a sentence. */
  readonly message: string;
  /** Why; an auditor reads it years later. */
  readonly reason: string;
  readonly ticket?: string | undefined;
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
  const said = saidOf(submission);
  return store.write(async (writing) => {
    const { tx } = writing;
    await mustBeAllowed(tx, by, 'edit');
    const draft = await draftOf(tx, policyId);
    if (draft === null) throw new Refusal(404, 'policy_unknown', words.unknownPolicy(policyId));
    if (draft.lockVersion !== lockVersion) throw conflict(draft, { lockVersion });
    const version = await demandSubmittable(tx, by, draft);
    const contributors = [...draft.contributors, ...(await carriedFrom(tx, draft.base))];
    const { text, timelines } = draft;
    const whole = { policyId, version, text, timelines, author: by.id, contributors, ...said };
    const revision = await addRevision(writing, { ...whole, origin: 'submitted' });
    await tx
      .updateTable('draft')
      .set({ base_revision: revision.id, contributors: '[]', lock_version: lockVersion + 1 })
      .where('policy_id', '=', policyId)
      .execute();
    return revision;
  });
}

/** Whether this person may submit the draft as it is; answers the document's version. Throws Refusal. */
export async function demandSubmittable(db: Kysely<Tables>, by: Person, draft: Draft): Promise<number> {
  demand(by, 'edit');
  const newest = await newestRevision(db, draft.policyId);
  if (newest?.id !== draft.base?.id) {
    const versions = { yours: versionOf(draft), theirs: baseVersion(newest), base: baseVersion(draft.base) };
    throw new Refusal(409, 'base_moved', words.baseMoved, versions);
  }
  if (sameTexts(draft, newest)) throw new Refusal(409, 'nothing_changed', words.nothingChanged);
  return demandValid(db, draft);
}
