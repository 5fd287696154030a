import type { Kysely } from 'kysely';
import type { Tables } from '../store/index.ts';

/** What was published of a policy in versions below this one, once a version: a device may still hold any of them. */
export async function releasedBefore(
  db: Kysely<Tables>,
  policyId: string,
  version: number,
): Promise<readonly string[]> {
  const earlier = await db
    .selectFrom('revision')
    .innerJoin('release', 'release.revision_id', 'revision.id')
    .select(['revision.version', 'revision.text'])
    .where('revision.policy_id', '=', policyId)
    .where('revision.version', '<', version)
    .orderBy('release.created_at')
    .execute();
  return [...new Map(earlier.map((each) => [each.version, each.text])).values()];
}
