import type { OpenLookBack } from '$lib/state/publish-facts.ts';
import { openLookBacks } from '../changes/index.ts';
import type { Running } from '../running.ts';
import type { Naming } from './naming.ts';

/** Emergencies that nobody has looked back at, oldest first; of one policy where it is named. */
export async function lookBackLines(
  { store, accounts }: Running,
  named: Naming,
  policyId?: string,
): Promise<readonly OpenLookBack[]> {
  const open = (await openLookBacks(store)).filter((row) => policyId === undefined || row.policy_id === policyId);
  if (open.length === 0) return [];
  const titles = new Map((await accounts.environments()).map(({ id, title }) => [id, title]));
  const revisions = await store.db
    .selectFrom('revision')
    .select(['id', 'number'])
    .where(
      'id',
      'in',
      open.map(({ revision_id }) => revision_id),
    )
    .execute();
  const numbers = new Map(revisions.map(({ id, number }) => [id, number]));
  return open.map((row) => ({
    ...{ release: row.id, policy: row.policy_id, number: numbers.get(row.revision_id) ?? 0, at: row.created_at },
    ...{ environment: titles.get(row.environment) ?? row.environment, by: named(row.published_by) },
  }));
}
