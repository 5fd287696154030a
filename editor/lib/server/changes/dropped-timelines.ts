/** Timelines that are no longer there: what nothing tests any more cannot fail either. */
import type { Kysely } from 'kysely';
import type { Tables } from '../store/index.ts';
import { releasedAmong, type Revision } from './revision.ts';

type Named = readonly { readonly name: string }[];

/** Names that stood before and do not any more, sorted. */
export function droppedNames(before: Named, after: Named): readonly string[] {
  const left = new Set(after.map(({ name }) => name));
  return [...new Set(before.map(({ name }) => name))].filter((name) => !left.has(name)).toSorted();
}

/**
 * Names of timelines that the last published revision before this one had, or any since, and this one has not: whoever
 * drops one in a revision that nobody reviews is still found out in the next.
 */
export async function droppedTimelines(
  db: Kysely<Tables>,
  { policyId, number, timelines }: Pick<Revision, 'policyId' | 'number' | 'timelines'>,
): Promise<readonly string[]> {
  const earlier = await db
    .selectFrom('revision')
    .select(['id', 'timelines'])
    .where('policy_id', '=', policyId)
    .where('number', '<', number)
    .orderBy('number')
    .execute();
  const released = await releasedAmong(
    db,
    earlier.map(({ id }) => id),
  );
  const since = Math.max(
    0,
    earlier.findLastIndex(({ id }) => released.has(id)),
  );
  return droppedNames(
    earlier.slice(since).flatMap((row) => JSON.parse(row.timelines) as { name: string }[]),
    timelines,
  );
}
