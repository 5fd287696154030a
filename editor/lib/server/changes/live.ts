import type { ReleaseRow, Store } from '../store/index.ts';

/** What is in force in an environment: the last release of each policy, by policy. */
export async function live({ db }: Pick<Store, 'db'>, environment: string): Promise<readonly ReleaseRow[]> {
  return db
    .selectFrom('release')
    .selectAll()
    .where('environment', '=', environment)
    .where('seq', 'in', (later) =>
      later
        .selectFrom('release')
        .select(({ fn }) => fn.max('seq').as('seq'))
        .where('environment', '=', environment)
        .groupBy('policy_id'),
    )
    .orderBy('policy_id')
    .execute();
}
