import type { Kysely } from 'kysely';
import type { Tables } from '../store/index.ts';

/** A policy as the store would put it into a folder. */
export interface StoredPolicy {
  readonly id: string;
  /** The revision that stands for each version: what was published last, else what was submitted last. */
  readonly versions: ReadonlyMap<number, { readonly revision: string; readonly digest: string }>;
  /** Digests of the newest revision's timelines, by name. */
  readonly timelines: ReadonlyMap<string, string>;
  /** Digests of every text that any revision ever had. */
  readonly everVersions: ReadonlySet<string>;
  readonly everTimelines: ReadonlySet<string>;
  /** Digests that were published, by version. */
  readonly published: ReadonlyMap<number, ReadonlySet<string>>;
}

/** Null when the store has no revision of such a policy. */
export async function storedPolicy(db: Kysely<Tables>, id: string): Promise<StoredPolicy | null> {
  const revisions = await db
    .selectFrom('revision')
    .select(['id', 'version', 'digest', 'timelines'])
    .where('policy_id', '=', id)
    .orderBy('number')
    .execute();
  const newest = revisions.at(-1);
  if (newest === undefined) return null;
  const releases = await db
    .selectFrom('release')
    .innerJoin('revision', 'revision.id', 'release.revision_id')
    .select(['revision.id', 'revision.version', 'revision.digest'])
    .where('release.policy_id', '=', id)
    .orderBy('release.created_at')
    .orderBy('release.seq')
    .execute();
  return {
    id,
    versions: new Map(
      [...revisions, ...releases].map(({ id: revision, version, digest }) => [version, { revision, digest }]),
    ),
    timelines: new Map(timelinesOf(newest)),
    everVersions: new Set(revisions.map(({ digest }) => digest)),
    everTimelines: new Set(revisions.flatMap((revision) => timelinesOf(revision).map(([, digest]) => digest))),
    published: digestsByVersion(releases),
  };
}

/** Ids of the policies in the store, sorted. */
export async function storedPolicyIds(db: Kysely<Tables>): Promise<readonly string[]> {
  return (await db.selectFrom('policy').select('id').execute()).map(({ id }) => id).toSorted();
}

function timelinesOf({ timelines }: { readonly timelines: string }): readonly (readonly [string, string])[] {
  const named = JSON.parse(timelines) as { name: string; digest: string }[];
  return named.map(({ name, digest }) => [name, digest]);
}

function digestsByVersion(rows: readonly { readonly version: number; readonly digest: string }[]) {
  const digests = new Map<number, Set<string>>();
  for (const { version, digest } of rows) digests.set(version, (digests.get(version) ?? new Set()).add(digest));
  return digests;
}
