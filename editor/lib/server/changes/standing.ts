/** What reviewers last said of a revision's exact content. */
import type { Kysely } from 'kysely';
import type { ReviewRow, Tables } from '../store/index.ts';
import type { Revision } from './revision.ts';

export interface Standing {
  readonly approvals: readonly ReviewRow[];
  readonly objections: readonly ReviewRow[];
}

/** The last review of each reviewer, by verdict; one of other content, or of somebody's own work, does not count. */
export async function standingOf(
  db: Kysely<Tables>,
  { id, contentHash, contributors }: Pick<Revision, 'id' | 'contentHash' | 'contributors'>,
): Promise<Standing> {
  const reviews = await db
    .selectFrom('review')
    .selectAll()
    .where('revision_id', '=', id)
    .where('content_hash', '=', contentHash)
    .orderBy('created_at')
    .execute();
  const last = [...new Map(reviews.map((review) => [review.reviewer, review])).values()];
  return {
    approvals: last.filter(({ verdict, reviewer }) => verdict === 'approve' && !contributors.includes(reviewer)),
    objections: last.filter(({ verdict }) => verdict === 'request_changes'),
  };
}

/**
 * Whose unreviewed work goes into a revision that is made from this one: nobody's once it was approved, or came from
 * files. Otherwise a reviewer could submit something and approve it as soon as somebody else changed a comma.
 */
export async function carriedFrom(db: Kysely<Tables>, revision: Revision | null): Promise<readonly string[]> {
  if (revision === null || revision.origin === 'imported') return [];
  const { approvals } = await standingOf(db, revision);
  return approvals.length > 0 ? [] : revision.contributors;
}
