import type { Store } from '../store/index.ts';
import { releasesOf, type ReleaseFacts } from './releases.ts';

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

interface Approval {
  readonly revision: string;
  readonly reviewer: string;
  readonly verdict: string;
  readonly contentHash: string;
}

/** Who did what for each release, newest first, and where one pair of hands did what should take two. */
export async function segregationReport(store: Pick<Store, 'db'>): Promise<readonly ReleaseDuties[]> {
  const [releases, bounds, approvals, lookedBack] = [
    await releasesOf(store),
    await boundsOf(store),
    await approvalsOf(store),
    await lookedBackAt(store),
  ];
  return releases.map((release) => {
    const bound = bounds.get(release.id);
    if (bound === undefined) throw new TypeError('A release appeared without its row.');
    const given = bound.approvals.map((id) => approvals.get(id) ?? null);
    const later = lookedBack.get(release.id) ?? [];
    const hands = new Set([bound.author, ...bound.contributors]);
    const fits = (approval: Approval | null) =>
      approval?.verdict === 'approve' &&
      approval.contentHash === bound.contentHash &&
      approval.revision === release.revision;
    const checks: readonly (readonly [Finding, boolean])[] = [
      ['imported', release.kind === 'imported'],
      ['break_glass', release.kind === 'break_glass'],
      ['not_looked_back_at', release.kind === 'break_glass' && later.length === 0],
      ['objected_to', later.some(({ verdict }) => verdict === 'object')],
      ['looked_back_at_by_own', later.some((by) => hands.has(by.reviewer) || by.reviewer === release.publishedBy)],
      ['without_approval', given.length === 0 && (release.kind === 'normal' || release.kind === 'scheduled')],
      ['approved_by_contributor', given.some((approval) => approval !== null && hands.has(approval.reviewer))],
      ['approval_does_not_fit', !given.every(fits)],
      ['published_by_contributor', release.kind !== 'imported' && hands.has(release.publishedBy)],
      ['not_green', release.kind !== 'imported' && !bound.green],
    ];
    return {
      ...{ release, author: bound.author, contributors: bound.contributors },
      approvers: [...new Set(given.flatMap((approval) => (approval === null ? [] : [approval.reviewer])))],
      reviewedLater: later.map(({ reviewer }) => reviewer),
      findings: checks.filter(([, found]) => found).map(([finding]) => finding),
    };
  });
}

/** What each release was bound to. */
async function boundsOf({ db }: Pick<Store, 'db'>) {
  const rows = await db
    .selectFrom('release')
    .innerJoin('revision', 'revision.id', 'release.revision_id')
    .leftJoin('simulation_run', 'simulation_run.id', 'release.simulation_run')
    .select(['release.id', 'release.content_hash', 'release.approvals', 'revision.author', 'revision.contributors'])
    .select(['simulation_run.passed', 'simulation_run.content_hash as run_hash'])
    .execute();
  return new Map(
    rows.map((row) => [
      row.id,
      {
        ...{ author: row.author, contentHash: row.content_hash },
        contributors: JSON.parse(row.contributors) as readonly string[],
        approvals: JSON.parse(row.approvals) as readonly string[],
        green: row.passed === 1 && row.run_hash === row.content_hash,
      },
    ]),
  );
}

async function approvalsOf({ db }: Pick<Store, 'db'>): Promise<ReadonlyMap<string, Approval>> {
  const rows = await db
    .selectFrom('review')
    .select(['id', 'revision_id', 'reviewer', 'verdict', 'content_hash'])
    .execute();
  return new Map(
    rows.map(({ id, revision_id: revision, reviewer, verdict, content_hash: contentHash }) => [
      id,
      { revision, reviewer, verdict, contentHash },
    ]),
  );
}

async function lookedBackAt({ db }: Pick<Store, 'db'>) {
  const rows = await db
    .selectFrom('retrospective_review')
    .select(['release_id', 'reviewer', 'verdict'])
    .orderBy('created_at')
    .execute();
  const byRelease = new Map<string, { reviewer: string; verdict: string }[]>();
  for (const { release_id, reviewer, verdict } of rows) {
    byRelease.set(release_id, [...(byRelease.get(release_id) ?? []), { reviewer, verdict }]);
  }
  return byRelease;
}
