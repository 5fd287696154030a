import type { ListedPolicy, PoliciesPage } from '$lib/state/policy-standing.ts';
import { policySummaries } from '../catalogue.ts';
import { newestRevision, readDraft, reviewState, sameTexts } from '../changes/index.ts';
import { may, type Person } from '../person.ts';
import type { Running } from '../running.ts';
import type { Store } from '../store/index.ts';
import { lookBackLines } from './look-backs.ts';
import { namingFor, type Naming } from './naming.ts';

/** Every policy with where it stands. */
export async function policiesPage(server: Running, by: Person): Promise<PoliciesPage> {
  const { store, accounts } = server;
  const [summaries, live, environments, named] = await Promise.all([
    policySummaries(store),
    liveVersions(store),
    accounts.environments(),
    namingFor(server, by),
  ]);
  return {
    policies: await Promise.all(
      summaries.map(async (summary) => ({
        ...summary,
        live: environments.flatMap(({ id, title }) => {
          const found = live.find((each) => each.policy_id === summary.id && each.environment === id);
          return found === undefined ? [] : [{ environment: title, version: found.version }];
        }),
        ...(await workOn(store, summary.id, named)),
      })),
    ),
    now: Date.now(),
    lookBacks: await lookBackLines(server, named),
    approvalOff: environments.filter(({ requiresApproval }) => !requiresApproval).map(({ title }) => title),
    mayEdit: may(by, 'edit'),
  };
}

/** The draft and the review of a policy, where there is any. */
async function workOn(store: Store, id: string, named: Naming): Promise<Pick<ListedPolicy, 'draft' | 'review'>> {
  const draft = await readDraft(store, id);
  const newest = await newestRevision(store.db, id);
  const state = newest === null ? null : (await reviewState(store, newest.id)).state;
  return {
    draft: sameTexts(draft, draft.base) ? null : { by: draft.contributors.map(named), at: draft.updatedAt },
    review:
      newest === null || state === null || state === 'published' || state === 'stale'
        ? null
        : { number: newest.number, state },
  };
}

/** The version of each policy that is in force in each environment. */
async function liveVersions({ db }: Store) {
  return db
    .selectFrom('release')
    .innerJoin('revision', 'revision.id', 'release.revision_id')
    .innerJoin(
      (releases) =>
        releases
          .selectFrom('release')
          .select(({ fn }) => ['environment', 'policy_id', fn.max('seq').as('seq')])
          .groupBy(['environment', 'policy_id'])
          .as('last'),
      (join) => join.onRef('last.environment', '=', 'release.environment').onRef('last.seq', '=', 'release.seq'),
    )
    .select(['release.environment', 'release.policy_id', 'revision.version'])
    .execute();
}
