import * as words from '$lib/words/change-refusals.ts';
import { roleOf } from '../accounts/allowed.ts';
import { may } from '../person.ts';
import { Refusal } from '../refusal.ts';
import type { NewRow, PlannedReleaseRow, Store, Writing } from '../store/index.ts';
import { addRelease } from './add-release.ts';
import { happening } from './happening.ts';
import { orRefusal } from './or-refusal.ts';
import { demandPublishable } from './publishable.ts';
import { notGreen } from './publish.ts';
import type { Revision } from './revision.ts';
import { LIMIT_MS, playRevision, runRow, storedRevision, type Run } from './run-timelines.ts';

/** Who carries plans out. */
const SYSTEM = { id: 'system' };

/** What became of a plan whose hour came. */
interface Fired {
  readonly id: string;
  readonly state: 'fired' | 'refused';
  /** The release, or why there is none. */
  readonly outcome: string;
}

/** A plan that nothing could be decided about: it is looked at again. */
interface Stuck {
  readonly id: string;
  readonly state: 'waiting';
  readonly error: unknown;
}

/**
 * Publishes every plan that is due, checked as if somebody published it now; one that no longer passes is refused for good,
 * with the reason. What is wrong with one plan holds up no other. Several servers may call this at once.
 */
export async function firePlanned(
  store: Store,
  now: number,
  { limitMs = LIMIT_MS }: { readonly limitMs?: number } = {},
): Promise<readonly (Fired | Stuck)[]> {
  const due = await store.db
    .selectFrom('planned_release')
    .selectAll()
    .where('state', '=', 'waiting')
    .where('fire_at', '<=', now)
    .orderBy('fire_at')
    .orderBy('id')
    .execute();
  const fired: (Fired | Stuck)[] = [];
  for (const plan of due) {
    try {
      const outcome = await fire(store, plan, await playedFor(store, plan, limitMs));
      if (outcome !== null) fired.push(outcome);
    } catch (error) {
      fired.push({ id: plan.id, state: 'waiting', error });
    }
  }
  return fired;
}

type Played = { readonly revision: Revision; readonly run: Run } | Refusal;

async function playedFor(store: Store, plan: PlannedReleaseRow, limitMs: number): Promise<Played> {
  return orRefusal(async () => {
    const revision = await storedRevision(store, plan.revision_id);
    return { revision, run: await playRevision(store, revision, limitMs) };
  });
}

/** Null when another server was there first, or the plan was called off. */
async function fire(store: Store, plan: PlannedReleaseRow, played: Played): Promise<Fired | null> {
  return store.keep(async (writing) => {
    const { tx, record } = writing;
    const { id, environment, policy_id: policyId, reason, ticket } = plan;
    const present = await tx.selectFrom('planned_release').select('state').where('id', '=', id).executeTakeFirst();
    if (present?.state !== 'waiting') return null;
    // Nothing is written before every check has passed, so a refusal leaves nothing half done.
    const passed = await orRefusal(async () => {
      if (played instanceof Refusal) throw played;
      const role = await roleOf(tx, plan.planned_by);
      if (role === null || !may({ id: plan.planned_by, role }, 'publish'))
        throw new Refusal(403, 'not_allowed', words.plannerGone);
      const { revision, run } = played;
      const target = { contentHash: plan.content_hash, environment };
      const clearance = await demandPublishable(tx, await storedRevision({ db: tx }, revision.id), target);
      if (!run.passed) throw notGreen(run);
      return { revision, run, clearance };
    });
    const settle = (state: Fired['state'], outcome: string) =>
      tx.updateTable('planned_release').set({ state, outcome }).where('id', '=', id).execute();
    if (passed instanceof Refusal) {
      await settle('refused', passed.message);
      const data = { planned: id, environment, code: passed.code };
      await record(happening('release.plan_refused', SYSTEM, policyId, data), rowsOf(played, writing));
      return { id, state: 'refused', outcome: passed.message };
    }
    const by = { id: plan.planned_by };
    const whole = { ...passed, environment, kind: 'scheduled', reason, ticket, planned: id } as const;
    const release = await addRelease(writing, by, whole);
    await settle('fired', release.id);
    return { id, state: 'fired', outcome: release.id };
  });
}

/** What the timelines gave is evidence, also where nothing was published. */
function rowsOf(played: Played, writing: Writing): readonly NewRow[] {
  return played instanceof Refusal ? [] : [['simulation_run', runRow(played.run, played.revision, SYSTEM, writing)]];
}
