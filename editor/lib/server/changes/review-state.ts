import * as words from '$lib/words/change-refusals.ts';
import { Refusal } from '../refusal.ts';
import type { ReleaseRow, ReviewCommentRow, ReviewRow, Store } from '../store/index.ts';
import { newestRevision, releasedAmong, revisionOf, type Revision } from './revision.ts';
import { standingOf } from './standing.ts';

/** What is known of the review of a revision. */
export interface ReviewState {
  /** `stale`: a later revision was submitted before this one was published. */
  readonly state: 'submitted' | 'changes_requested' | 'approved' | 'stale' | 'published';
  readonly revision: Revision;
  /** Ids of the reviews that approve exactly this revision, whatever its state. */
  readonly approvals: readonly string[];
  readonly releases: readonly Pick<ReleaseRow, 'id' | 'environment' | 'seq' | 'kind' | 'created_at'>[];
  /** Of this revision and of those before it that were not published, oldest first. */
  readonly reviews: readonly (ReviewRow & Placed)[];
  readonly comments: readonly (ReviewCommentRow & Placed)[];
}

interface Placed {
  /** The revision's number. */
  readonly number: number;
  /** A later revision took the place of the one that this is about. */
  readonly stale: boolean;
}

/** Where the review of a revision stands, from what is stored now. Throws Refusal 404. */
export async function reviewState({ db }: Pick<Store, 'db'>, revisionId: string): Promise<ReviewState> {
  const revision = await revisionOf(db, revisionId);
  if (revision === null) throw new Refusal(404, 'revision_unknown', words.unknownRevision);
  const { policyId, number } = revision;
  const newest = await newestRevision(db, policyId);
  const until = await db
    .selectFrom('revision')
    .select(['id', 'number'])
    .where('policy_id', '=', policyId)
    .where('number', '<=', number)
    .orderBy('number')
    .execute();
  const released = await releasedAmong(
    db,
    until.map(({ id }) => id),
  );
  const start = until.findLastIndex(({ id, number: each }) => each < number && released.has(id)) + 1;
  const numbers = new Map(until.slice(start).map(({ id, number }) => [id, number]));
  const placed = <T extends { readonly revision_id: string }>(row: T): T & Placed => {
    const at = numbers.get(row.revision_id) ?? 0;
    return { ...row, number: at, stale: at < (newest?.number ?? 0) && !released.has(row.revision_id) };
  };
  const among = [...numbers.keys()];
  const reviews = await db.selectFrom('review').selectAll().where('revision_id', 'in', among).execute();
  const comments = await db.selectFrom('review_comment').selectAll().where('revision_id', 'in', among).execute();
  const releases = await db
    .selectFrom('release')
    .select(['id', 'environment', 'seq', 'kind', 'created_at'])
    .where('revision_id', '=', revisionId)
    .orderBy('created_at')
    .execute();
  const { approvals, objections } = await standingOf(db, revision);
  return {
    state: stateOf(releases.length > 0, newest?.id !== revisionId, objections.length, approvals.length),
    revision,
    approvals: approvals.map(({ id }) => id),
    releases,
    reviews: reviews.toSorted(byInstant).map(placed),
    comments: comments.toSorted(byInstant).map(placed),
  };
}

function stateOf(published: boolean, overtaken: boolean, objections: number, approvals: number): ReviewState['state'] {
  if (published) return 'published';
  if (overtaken) return 'stale';
  if (objections > 0) return 'changes_requested';
  return approvals > 0 ? 'approved' : 'submitted';
}

function byInstant(a: { readonly created_at: number }, b: { readonly created_at: number }): number {
  return a.created_at - b.created_at;
}
