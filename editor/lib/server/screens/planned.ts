import type { PlannedLine } from '$lib/state/publish-facts.ts';
import { plannedOf } from '../changes/index.ts';
import { revisionsOf } from '../history/index.ts';
import type { Running } from '../running.ts';
import type { Naming } from './naming.ts';

/** What is or was planned of a policy, the latest hour first. */
export async function plannedLines(
  { store, accounts }: Running,
  policyId: string,
  named: Naming,
): Promise<readonly PlannedLine[]> {
  const rows = await plannedOf(store, policyId);
  if (rows.length === 0) return [];
  const numbers = new Map((await revisionsOf(store, policyId)).map(({ id, number }) => [id, number]));
  const titles = new Map((await accounts.environments()).map(({ id, title }) => [id, title]));
  return rows.map((row) => ({
    ...{ id: row.id, environment: titles.get(row.environment) ?? row.environment, fireAt: row.fire_at },
    ...{ number: numbers.get(row.revision_id) ?? 0, by: named(row.planned_by), reason: row.reason, ticket: row.ticket },
    // INVARIANT: the column's check allows nothing else.
    state: row.state as PlannedLine['state'],
    refusal: row.state === 'refused' ? row.outcome : null,
  }));
}
