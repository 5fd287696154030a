import * as words from '$lib/words/change-refusals.ts';
import { mustBeAllowed } from '../accounts/allowed.ts';
import type { Person } from '../person.ts';
import { Refusal } from '../refusal.ts';
import type { PlannedReleaseRow, Store } from '../store/index.ts';
import { happening } from './happening.ts';
import { demand, sentence, ticketOf } from './limits.ts';
import { demandPublishable } from './publishable.ts';
import type { Publishing } from './publish.ts';
import { storedRevision } from './run-timelines.ts';

export interface Plan extends Publishing {
  /** Unix milliseconds. */
  readonly fireAt: number;
}

/** Plans a publish of what may be published now; all of it is checked again when its hour comes. Throws Refusal as `publish`. */
export async function planRelease(store: Store, by: Person, plan: Plan): Promise<PlannedReleaseRow> {
  demand(by, 'publish');
  const reason = sentence(plan.reason, 'reason');
  const ticket = ticketOf(plan.ticket);
  return store.write(async ({ tx, at, newId, record }) => {
    await mustBeAllowed(tx, by, 'publish');
    const { environment, fireAt } = plan;
    if (!(fireAt > at)) throw new Refusal(422, 'fire_at_past', words.fireAtPast);
    const revision = await storedRevision({ db: tx }, plan.revisionId);
    const { policyId, contentHash } = revision;
    await demandPublishable(tx, revision, plan);
    const waiting = await tx
      .selectFrom('planned_release')
      .select('id')
      .where('policy_id', '=', policyId)
      .where('environment', '=', environment)
      .where('state', '=', 'waiting')
      .executeTakeFirst();
    if (waiting !== undefined) throw new Refusal(409, 'already_planned', words.alreadyPlanned, { planned: waiting.id });
    const row = {
      ...{ id: newId(), environment, policy_id: policyId, revision_id: revision.id, content_hash: contentHash },
      ...{ reason, ticket, planned_by: by.id, fire_at: fireAt, state: 'waiting', outcome: null, created_at: at },
    };
    await tx.insertInto('planned_release').values(row).execute();
    // The plan may change, so the log holds all of it.
    const data = { planned: row.id, environment, revision: revision.id, contentHash, fireAt, reason, ticket };
    await record(happening('release.planned', by, policyId, data));
    return row;
  });
}

/** What is or was planned of a policy, the latest hour first. */
export async function plannedOf({ db }: Pick<Store, 'db'>, policyId: string): Promise<readonly PlannedReleaseRow[]> {
  return db
    .selectFrom('planned_release')
    .selectAll()
    .where('policy_id', '=', policyId)
    .orderBy('fire_at', 'desc')
    .orderBy('id')
    .execute();
}

/** Calls a planned publish off. Throws Refusal when it is over already. */
export async function cancelPlanned(store: Store, by: Person, plannedId: string): Promise<void> {
  demand(by, 'publish');
  await store.write(async ({ tx, record }) => {
    await mustBeAllowed(tx, by, 'publish');
    const plan = await tx.selectFrom('planned_release').selectAll().where('id', '=', plannedId).executeTakeFirst();
    if (plan === undefined) throw new Refusal(404, 'plan_unknown', words.unknownPlan);
    if (plan.state !== 'waiting') throw new Refusal(409, 'plan_over', words.planOver, { state: plan.state });
    await tx.updateTable('planned_release').set({ state: 'cancelled' }).where('id', '=', plannedId).execute();
    const data = { planned: plannedId, environment: plan.environment };
    await record(happening('release.plan_cancelled', by, plan.policy_id, data));
  });
}
