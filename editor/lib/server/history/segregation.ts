import type {
  ReleaseRow,
  RetrospectiveReviewRow,
  ReviewRow,
  RevisionRow,
  SimulationRunRow,
  Store,
} from '../store/index.ts';
import { releaseFacts, type ReleaseFacts } from './releases.ts';

/** What an auditor should look at. Told in words by `words/evidence.ts`. */
export type Finding =
  /** Nobody approved it: approval was switched off for the environment. */
  | 'without_approval'
  /** Emergency: published without waiting for an approval. */
  | 'break_glass'
  /** Nobody has looked back at an emergency yet. */
  | 'not_looked_back_at'
  /** Whoever looked back at an emergency objected. */
  | 'objected_to'
  /** Whoever looked back at an emergency is who published it, or wrote in it. */
  | 'looked_back_at_by_own'
  /** An approval is by the author or somebody who wrote in it. */
  | 'approved_by_contributor'
  /** An approval is of other bytes, is no approval, or is not there. */
  | 'approval_does_not_fit'
  /** Who wrote in it also published it, on somebody else's approval. */
  | 'published_by_contributor'
  /** Its timelines were not run over these bytes, or did not hold. */
  | 'not_green'
  /** It came from files: who wrote and approved it is told there. */
  | 'imported';

/** A release, and everybody who had a hand in it. */
export interface ReleaseDuties {
  readonly release: ReleaseFacts;
  readonly author: string;
  readonly contributors: readonly string[];
  readonly approvers: readonly string[];
  /** Who looked back at it. */
  readonly reviewedLater: readonly string[];
  readonly findings: readonly Finding[];
}

/** The rows that tell who did what. */
export interface DutyRows {
  /** In the order of the report. */
  readonly releases: readonly Omit<ReleaseRow, 'text'>[];
  readonly revisions: readonly Pick<RevisionRow, 'id' | 'number' | 'author' | 'contributors'>[];
  readonly reviews: readonly Pick<ReviewRow, 'id' | 'revision_id' | 'reviewer' | 'verdict' | 'content_hash'>[];
  readonly runs: readonly Pick<SimulationRunRow, 'id' | 'passed' | 'content_hash'>[];
  readonly lookedBack: readonly Pick<RetrospectiveReviewRow, 'release_id' | 'reviewer' | 'verdict'>[];
}

/** Who did what for each release, newest first, and where one pair of hands did what should take two. */
export async function segregationReport({ db }: Pick<Store, 'db'>): Promise<readonly ReleaseDuties[]> {
  // In this order, so that whatever a release names is read after it.
  const releases = await db
    .selectFrom('release')
    .select(['id', 'environment', 'seq', 'policy_id', 'revision_id', 'digest', 'content_hash', 'kind', 'reason'])
    .select(['ticket', 'published_by', 'approvals', 'simulation_run', 'created_at'])
    .orderBy('created_at', 'desc')
    .orderBy('seq', 'desc')
    .orderBy('environment')
    .execute();
  return dutiesOf({
    releases,
    revisions: await db.selectFrom('revision').select(['id', 'number', 'author', 'contributors']).execute(),
    reviews: await db
      .selectFrom('review')
      .select(['id', 'revision_id', 'reviewer', 'verdict', 'content_hash'])
      .execute(),
    runs: await db.selectFrom('simulation_run').select(['id', 'passed', 'content_hash']).execute(),
    lookedBack: await db
      .selectFrom('retrospective_review')
      .select(['release_id', 'reviewer', 'verdict'])
      .orderBy('created_at')
      .execute(),
  });
}

/** The same from rows at hand. */
export function dutiesOf({ releases, revisions, reviews, runs, lookedBack }: DutyRows): readonly ReleaseDuties[] {
  const revisionBy = new Map(revisions.map((row) => [row.id, row]));
  const reviewBy = new Map(reviews.map((row) => [row.id, row]));
  const runBy = new Map(runs.map((row) => [row.id, row]));
  return releases.map((row) => {
    const revision = revisionBy.get(row.revision_id);
    if (revision === undefined) throw new TypeError('A release is there without its revision.');
    const contributors = JSON.parse(revision.contributors) as readonly string[];
    const approvals = (JSON.parse(row.approvals) as readonly string[]).map((id) => reviewBy.get(id) ?? null);
    const later = lookedBack.filter(({ release_id }) => release_id === row.id);
    const run = runBy.get(row.simulation_run ?? '');
    return {
      release: releaseFacts({ ...row, number: revision.number }),
      ...{ author: revision.author, contributors },
      approvers: [...new Set(approvals.flatMap((review) => (review === null ? [] : [review.reviewer])))],
      reviewedLater: later.map(({ reviewer }) => reviewer),
      findings: findingsOf(row, new Set([revision.author, ...contributors]), approvals, later, run),
    };
  });
}

function findingsOf(
  row: DutyRows['releases'][number],
  hands: ReadonlySet<string>,
  approvals: readonly (DutyRows['reviews'][number] | null)[],
  later: DutyRows['lookedBack'],
  run: DutyRows['runs'][number] | undefined,
): readonly Finding[] {
  const emergency = row.kind === 'break_glass';
  const imported = row.kind === 'imported';
  const fits = (review: DutyRows['reviews'][number] | null) =>
    review?.verdict === 'approve' && review.content_hash === row.content_hash && review.revision_id === row.revision_id;
  const checks: readonly (readonly [Finding, boolean])[] = [
    ['imported', imported],
    ['break_glass', emergency],
    ['not_looked_back_at', emergency && later.length === 0],
    ['objected_to', later.some(({ verdict }) => verdict === 'object')],
    ['looked_back_at_by_own', later.some((by) => hands.has(by.reviewer) || by.reviewer === row.published_by)],
    ['without_approval', approvals.length === 0 && !emergency && !imported],
    ['approved_by_contributor', approvals.some((review) => review !== null && hands.has(review.reviewer))],
    ['approval_does_not_fit', !approvals.every(fits)],
    ['published_by_contributor', !imported && hands.has(row.published_by)],
    ['not_green', !imported && (run?.passed !== 1 || run.content_hash !== row.content_hash)],
  ];
  return checks.filter(([, found]) => found).map(([finding]) => finding);
}
