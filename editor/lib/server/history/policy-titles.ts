import type { Choice } from '$lib/state/history-page.ts';
import { titleIn } from '../screens/title.ts';
import type { Store } from '../store/index.ts';

/** Titles by the digest of the text that says them. */
const KNOWN = new Map<string, string>();
const MOST_KNOWN = 5_000;

/** Every policy by id, with the title that its newest revision gives it; its id where that gives none. */
export async function policyTitles({ db }: Pick<Store, 'db'>): Promise<readonly Choice[]> {
  const policies = await db
    .selectFrom('policy')
    .leftJoin(
      (from) =>
        from
          .selectFrom('revision')
          .select(({ fn }) => ['policy_id', fn.max('number').as('number')])
          .groupBy('policy_id')
          .as('newest'),
      (join) => join.onRef('newest.policy_id', '=', 'policy.id'),
    )
    .leftJoin('revision', (join) =>
      join.onRef('revision.policy_id', '=', 'policy.id').onRef('revision.number', '=', 'newest.number'),
    )
    .select(['policy.id', 'revision.id as revision', 'revision.digest'])
    .orderBy('policy.id')
    .execute();
  if (KNOWN.size > MOST_KNOWN) KNOWN.clear();
  const unknown = policies.flatMap(({ revision, digest }) =>
    revision === null || KNOWN.has(digest ?? '') ? [] : [revision],
  );
  if (unknown.length > 0) {
    const texts = await db
      .selectFrom('revision')
      .select(['policy_id', 'digest', 'text'])
      .where('id', 'in', unknown)
      .execute();
    for (const { policy_id, digest, text } of texts) KNOWN.set(digest, titleIn(text, policy_id));
  }
  return policies.map(({ id, digest }) => ({ id, title: KNOWN.get(digest ?? '') ?? id }));
}
