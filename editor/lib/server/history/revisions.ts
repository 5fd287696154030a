import type { ReviewRow, RevisionRow, Store } from '../store/index.ts';
import { releasesOf, type ReleaseFacts } from './releases.ts';

/** What somebody said about a revision. */
export interface ReviewFacts {
  readonly id: string;
  readonly reviewer: string;
  readonly verdict: 'approve' | 'request_changes';
  readonly message: string;
  readonly at: number;
}

/** A revision as its history tells it: who, when, why, on whose word, and where it went. */
export interface RevisionFacts {
  readonly id: string;
  readonly number: number;
  /** The document's own version. */
  readonly version: number;
  readonly parent: string | null;
  readonly author: string;
  readonly contributors: readonly string[];
  /** What changed. */
  readonly message: string;
  /** Why; empty for what came from files. */
  readonly reason: string;
  readonly ticket: string | null;
  readonly origin: RevisionRow['origin'];
  readonly digest: string;
  readonly contentHash: string;
  readonly at: number;
  /** Oldest first. */
  readonly reviews: readonly ReviewFacts[];
  /** Who approves: by the last word of each reviewer, and of exactly these bytes. */
  readonly approvedBy: readonly string[];
  /** Who asks for changes by their last word. */
  readonly changesAskedBy: readonly string[];
  readonly comments: number;
  /** Whether all of its timelines held when last run; null when none was. */
  readonly green: boolean | null;
  /** Oldest first. */
  readonly releases: readonly ReleaseFacts[];
}

/** Every revision of a policy, newest first; none for a policy nobody knows. */
export async function revisionsOf(store: Pick<Store, 'db'>, policyId: string): Promise<readonly RevisionFacts[]> {
  const { db } = store;
  const revisions = await db
    .selectFrom('revision')
    .selectAll()
    .where('policy_id', '=', policyId)
    .orderBy('number', 'desc')
    .execute();
  const ids = db.selectFrom('revision').select('id').where('policy_id', '=', policyId);
  const reviews = await db
    .selectFrom('review')
    .selectAll()
    .where('revision_id', 'in', ids)
    .orderBy('created_at')
    .orderBy('id')
    .execute();
  const comments = await db
    .selectFrom('review_comment')
    .select(({ fn }) => ['revision_id', fn.countAll<number>().as('count')])
    .where('revision_id', 'in', ids)
    .groupBy('revision_id')
    .execute();
  const runs = await db
    .selectFrom('simulation_run')
    .select(['revision_id', 'passed'])
    .where('revision_id', 'in', ids)
    .orderBy('created_at')
    .execute();
  const releases = await releasesOf(store, { policy: policyId });

  const reviewsBy = grouped(reviews, ({ revision_id }) => revision_id);
  const releasesBy = grouped(releases.toReversed(), ({ revision }) => revision);
  const commentsBy = new Map(comments.map(({ revision_id, count }) => [revision_id, count]));
  const lastRun = new Map(runs.map(({ revision_id, passed }) => [revision_id, passed === 1]));
  return revisions.map((row) => ({
    ...factsOf(row),
    ...standing(reviewsBy.get(row.id) ?? [], row.content_hash),
    comments: commentsBy.get(row.id) ?? 0,
    green: lastRun.get(row.id) ?? null,
    releases: releasesBy.get(row.id) ?? [],
  }));
}

function grouped<T>(rows: readonly T[], keyOf: (row: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const group = groups.get(keyOf(row));
    if (group === undefined) groups.set(keyOf(row), [row]);
    else group.push(row);
  }
  return groups;
}

function factsOf(row: RevisionRow) {
  const { id, number, version, parent, author, message, reason, ticket, origin, digest } = row;
  const contributors = JSON.parse(row.contributors) as readonly string[];
  return {
    ...{ id, number, version, parent, author, contributors, message, reason, ticket, origin, digest },
    ...{ contentHash: row.content_hash, at: row.created_at },
  };
}

function standing(rows: readonly ReviewRow[], contentHash: string) {
  const last = new Map(rows.map((row) => [row.reviewer, row]));
  const saying = (verdict: string) =>
    [...last.values()]
      .filter((row) => row.verdict === verdict && row.content_hash === contentHash)
      .map(({ reviewer }) => reviewer);
  return {
    reviews: rows.map(({ id, reviewer, verdict, message, created_at: at }) => ({
      ...{ id, reviewer, message, at },
      // INVARIANT: the column's check allows nothing else.
      verdict: verdict as ReviewFacts['verdict'],
    })),
    approvedBy: saying('approve'),
    changesAskedBy: saying('request_changes'),
  };
}
