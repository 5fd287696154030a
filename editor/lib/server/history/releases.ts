import type { ReleaseRow, Store } from '../store/index.ts';

/** A release without its bytes. */
export interface ReleaseFacts {
  readonly id: string;
  readonly environment: string;
  readonly seq: number;
  readonly policy: string;
  /** The revision's id. */
  readonly revision: string;
  /** The revision's number within its policy. */
  readonly number: number;
  readonly digest: string;
  readonly kind: 'normal' | 'scheduled' | 'break_glass' | 'imported';
  readonly reason: string;
  readonly ticket: string | null;
  readonly publishedBy: string;
  readonly at: number;
}

/** Which releases are asked for. What is absent does not narrow. */
interface ReleaseFilter {
  readonly policy?: string | undefined;
  readonly environment?: string | undefined;
}

/** Releases, newest first. */
export async function releasesOf(
  { db }: Pick<Store, 'db'>,
  { policy, environment }: ReleaseFilter = {},
): Promise<readonly ReleaseFacts[]> {
  const rows = await joinedReleases(db)
    .$if(policy !== undefined, (query) => query.where('release.policy_id', '=', policy ?? ''))
    .$if(environment !== undefined, (query) => query.where('release.environment', '=', environment ?? ''))
    .orderBy('release.created_at', 'desc')
    .orderBy('release.seq', 'desc')
    .orderBy('release.environment')
    .execute();
  return rows.map(releaseFacts);
}

/** What was in force. */
export interface InForce extends ReleaseFacts {
  /** The policy's exact text, as it was published. */
  readonly text: string;
}

/**
 * The release of a policy that was in force in an environment at an instant (Unix milliseconds), or null before its first.
 * A release is in force from the instant it was written.
 */
export async function inForceAt(
  { db }: Pick<Store, 'db'>,
  environment: string,
  policyId: string,
  instant: number,
): Promise<InForce | null> {
  const row = await joinedReleases(db)
    .select('release.text')
    .where('release.environment', '=', environment)
    .where('release.policy_id', '=', policyId)
    .where('release.created_at', '<=', instant)
    .orderBy('release.seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? null : { ...releaseFacts(row), text: row.text };
}

/** A query for releases without their bytes, and the numbers of their revisions. */
export function joinedReleases(db: Store['db']) {
  return db
    .selectFrom('release')
    .innerJoin('revision', 'revision.id', 'release.revision_id')
    .select(['release.id', 'release.environment', 'release.seq', 'release.policy_id', 'release.revision_id'])
    .select(['release.digest', 'release.kind', 'release.reason', 'release.ticket', 'release.published_by'])
    .select(['release.created_at', 'revision.number']);
}

type Joined = Omit<ReleaseRow, 'text' | 'content_hash' | 'approvals' | 'simulation_run'> & {
  readonly number: number;
};

/** A row without its bytes, and the number of its revision. */
export function releaseFacts(row: Joined): ReleaseFacts {
  const { id, environment, seq, number, digest, reason, ticket } = row;
  return {
    ...{ id, environment, seq, policy: row.policy_id, revision: row.revision_id, number, digest, reason, ticket },
    ...{ publishedBy: row.published_by, at: row.created_at },
    // INVARIANT: the column's check allows nothing else.
    kind: row.kind as ReleaseFacts['kind'],
  };
}
