import type { InForcePage } from '$lib/state/in-force-page.ts';
import type { Store } from '../store/index.ts';
import { instantIn } from './filter.ts';
import { approvedReleases, releaseLine } from './release-lines.ts';
import { tellerFor, type Asked, type House } from './teller.ts';

/** Releases that a policy's page lists. */
const LISTED = 100;
/** Stops of a slider; nobody aims at more. */
const MOST_STOPS = 2_000;

/** What was in force at the instant in the address, or is at `now`. Throws Refusal as the history does. */
export async function inForcePage(house: House, asked: Asked, now: number): Promise<InForcePage> {
  const { store } = house;
  const { teller, policy } = await tellerFor(house, asked);
  const wanted = instantIn(asked.query, 'at');
  const at = wanted ?? now;
  const found = await approvedReleases(store, { policy: policy?.id, inForceAt: at });
  const releases = policy === null ? [] : await approvedReleases(store, { policy: policy.id, limit: LISTED });
  return {
    ...{ at, isNow: wanted === undefined, policy },
    stops: await stopsOf(store, policy?.id),
    environments: teller.choices.environments.map((environment) => ({
      ...environment,
      lines: found
        .filter((release) => release.environment === environment.id)
        .map((release) => releaseLine(release, teller))
        .toSorted((a, b) => a.policy.title.localeCompare(b.policy.title, 'en')),
    })),
    releases: releases.map((release) => releaseLine(release, teller)),
  };
}

/** The newest instants at which something went live, oldest first. */
async function stopsOf({ db }: Pick<Store, 'db'>, policy: string | undefined): Promise<readonly number[]> {
  const rows = await db
    .selectFrom('release')
    .select('created_at')
    .distinct()
    .$if(policy !== undefined, (query) => query.where('policy_id', '=', policy ?? ''))
    .orderBy('created_at', 'desc')
    .limit(MOST_STOPS)
    .execute();
  return rows.map(({ created_at }) => created_at).toReversed();
}
