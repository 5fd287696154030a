import type { ReleaseLine } from '$lib/state/revision-facts.ts';
import { lookBacksOf, whyNotLookBack } from '../changes/index.ts';
import { releasesOf } from '../history/index.ts';
import type { Person } from '../person.ts';
import type { Running } from '../running.ts';
import type { Naming } from './naming.ts';
import { obstacleOf } from './obstacle.ts';

/** Where a revision went, newest first, with what was said when looking back at its emergencies. */
export async function releaseLines(
  { store, accounts }: Running,
  by: Person,
  { policyId, revisionId, named }: { readonly policyId: string; readonly revisionId: string; readonly named: Naming },
): Promise<readonly ReleaseLine[]> {
  const all = await releasesOf(store, { policy: policyId });
  const own = all.filter(({ revision }) => revision === revisionId);
  const lookBacks = await lookBacksOf(
    store,
    own.map(({ id }) => id),
  );
  const titles = new Map((await accounts.environments()).map(({ id, title }) => [id, title]));
  // They come newest first, and are in force by their number.
  const highest = new Map<string, number>();
  for (const { environment, seq } of all) highest.set(environment, Math.max(seq, highest.get(environment) ?? 0));
  return Promise.all(
    own.map(async ({ id, environment, seq, kind, reason, ticket, publishedBy, at }) => {
      const said = lookBacks.filter(({ release_id }) => release_id === id);
      const open = kind === 'break_glass' && said.length === 0;
      const release = { revision_id: revisionId, published_by: publishedBy };
      return {
        ...{ id, environment: titles.get(environment) ?? environment, seq, kind, reason, ticket, at },
        ...{ by: named(publishedBy), live: highest.get(environment) === seq },
        lookBacks: said.map((each) => ({
          ...{ id: each.id, reviewer: named(each.reviewer), message: each.message, at: each.created_at },
          // INVARIANT: the column's check allows nothing else.
          verdict: each.verdict as 'accept' | 'object',
        })),
        obstacle: open ? obstacleOf(await whyNotLookBack(store, by, release)) : null,
      };
    }),
  );
}
