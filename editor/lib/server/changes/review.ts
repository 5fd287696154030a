import type { Kysely } from 'kysely';
import * as words from '$lib/words/change-refusals.ts';
import { mustBeAllowed } from '../accounts/allowed.ts';
import type { Person } from '../person.ts';
import { Refusal } from '../refusal.ts';
import type { ReviewRow, Store, Tables } from '../store/index.ts';
import { happening } from './happening.ts';
import { demand, sentence } from './limits.ts';
import { newestRevision, releasedAmong, revisionOf, type Revision } from './revision.ts';

export interface ReviewGiven {
  readonly revisionId: string;
  /** Of what the reviewer looked at. */
  readonly contentHash: string;
  readonly verdict: 'approve' | 'request_changes';
  /** What to change; an approval may go without. */
  readonly message: string;
}

/**
 * Gives a review, which holds for exactly these bytes. Throws Refusal: other bytes than were looked at, a newer revision
 * (unless this one was published: it may be gone back to), an approval of one's own work.
 */
export async function review(store: Store, by: Person, given: ReviewGiven): Promise<ReviewRow> {
  demand(by, 'review');
  const { verdict } = given;
  const message = sentence(given.message, 'message', verdict === 'request_changes' ? 1 : 0);
  return store.write(async ({ tx, at, newId, record }) => {
    await mustBeAllowed(tx, by, 'review');
    const revision = await revisionOf(tx, given.revisionId);
    if (revision === null) throw new Refusal(404, 'revision_unknown', words.unknownRevision);
    const { id, number, policyId, contentHash } = revision;
    if (given.contentHash !== contentHash) {
      throw new Refusal(409, 'content_changed', words.otherContent, { contentHash });
    }
    await demandReviewable(tx, by, revision, verdict);
    const row = {
      ...{ id: newId(), revision_id: id, content_hash: contentHash, reviewer: by.id, verdict, message },
      created_at: at,
    };
    const data = { revision: id, number, contentHash, verdict };
    await record(happening('review.given', by, policyId, data), [['review', row]]);
    return row;
  });
}

/** Whether this person may give this verdict on the revision as it stands. Throws Refusal. */
export async function demandReviewable(
  db: Kysely<Tables>,
  by: Person,
  { id, policyId, contributors }: Revision,
  verdict: ReviewGiven['verdict'],
): Promise<void> {
  demand(by, 'review');
  const newest = await newestRevision(db, policyId);
  if (newest?.id !== id && !(await releasedAmong(db, [id])).has(id)) {
    throw new Refusal(409, 'review_stale', words.staleReview, { newest: newest?.id });
  }
  if (verdict === 'approve' && contributors.includes(by.id)) throw new Refusal(403, 'own_work', words.ownWork);
}
