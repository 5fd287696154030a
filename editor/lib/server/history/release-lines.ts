import type { ReleaseLine } from '$lib/state/in-force-page.ts';
import type { Store } from '../store/index.ts';
import { joinedReleases, releaseFacts, type ReleaseFacts } from './releases.ts';
import type { Teller } from './teller.ts';

/** A release, the version it published, and the people whose approvals it names. */
export interface ApprovedRelease extends ReleaseFacts {
  readonly version: number;
  readonly approvedBy: readonly string[];
}

/** Which releases are asked for. */
interface Wanted {
  readonly policy?: string | undefined;
  /** What was in force at this instant (Unix milliseconds), instead of all. */
  readonly inForceAt?: number;
  readonly limit?: number;
}

/** Releases with who approved them, newest first. */
export async function approvedReleases(
  { db }: Pick<Store, 'db'>,
  { policy, inForceAt, limit }: Wanted,
): Promise<readonly ApprovedRelease[]> {
  const rows = await joinedReleases(db)
    .select(['release.approvals', 'revision.version'])
    .$if(policy !== undefined, (query) => query.where('release.policy_id', '=', policy ?? ''))
    .$if(inForceAt !== undefined, (query) =>
      query.innerJoin(
        (from) =>
          from
            .selectFrom('release')
            .select(({ fn }) => ['environment', 'policy_id', fn.max('seq').as('seq')])
            .where('created_at', '<=', inForceAt ?? 0)
            .groupBy(['environment', 'policy_id'])
            .as('newest'),
        (join) =>
          join
            .onRef('newest.environment', '=', 'release.environment')
            .onRef('newest.policy_id', '=', 'release.policy_id')
            .onRef('newest.seq', '=', 'release.seq'),
      ),
    )
    .orderBy('release.created_at', 'desc')
    .orderBy('release.seq', 'desc')
    .orderBy('release.environment')
    .$if(limit !== undefined, (query) => query.limit(limit ?? 0))
    .execute();
  const approvals = rows.map((row) => JSON.parse(row.approvals) as readonly string[]);
  const ids = [...new Set(approvals.flat())];
  const reviews =
    ids.length === 0 ? [] : await db.selectFrom('review').select(['id', 'reviewer']).where('id', 'in', ids).execute();
  const reviewers = new Map(reviews.map(({ id, reviewer }) => [id, reviewer]));
  return rows.map((row, index) => ({
    ...releaseFacts(row),
    version: row.version,
    approvedBy: [...new Set((approvals[index] ?? []).flatMap((id) => reviewers.get(id) ?? []))],
  }));
}

/** The same in words. */
export function releaseLine(release: ApprovedRelease, teller: Teller): ReleaseLine {
  const { id, policy, environment, seq, version, number, digest, kind, reason, ticket, at } = release;
  return {
    ...{ id, seq, version, number, digest, kind, reason, ticket, at },
    policy: { id: policy, title: teller.policy(policy) },
    environment: teller.environment(environment),
    approvedBy: release.approvedBy.map(teller.person),
    publishedBy: teller.person(release.publishedBy),
  };
}
