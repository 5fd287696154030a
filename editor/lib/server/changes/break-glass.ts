import type { Kysely } from 'kysely';
import * as words from '$lib/words/change-refusals.ts';
import { mustBeAllowed } from '../accounts/allowed.ts';
import type { Person } from '../person.ts';
import { Refusal } from '../refusal.ts';
import type { ReleaseRow, RetrospectiveReviewRow, Store, Tables } from '../store/index.ts';
import { addRelease } from './add-release.ts';
import { happening } from './happening.ts';
import { demand, sentence, ticketOf } from './limits.ts';
import { demandReleasable } from './publishable.ts';
import type { Publishing } from './publish.ts';
import { revisionOf } from './revision.ts';
import { LIMIT_MS, playRevision, storedRevision } from './run-timelines.ts';

/** In characters: enough to say what happened. */
const LEAST_REASON = 20;

/**
 * Publishes in an emergency, without an approval and whatever the timelines say; what they say is kept. The release waits
 * for somebody else to look back at it. Throws Refusal: no right, a short reason, other content, a version that is not higher.
 */
export async function breakGlass(
  store: Store,
  by: Person,
  wanted: Publishing,
  { limitMs = LIMIT_MS }: { readonly limitMs?: number } = {},
): Promise<ReleaseRow> {
  demand(by, 'publish');
  const reason = sentence(wanted.reason, 'reason');
  if ([...reason].length < LEAST_REASON) throw new Refusal(422, 'short_reason', words.shortReason(LEAST_REASON));
  const ticket = ticketOf(wanted.ticket);
  const revision = await storedRevision(store, wanted.revisionId);
  const run = await playRevision(store, revision, limitMs);
  return store.write(async (writing) => {
    await mustBeAllowed(writing.tx, by, 'publish');
    const clearance = await demandReleasable(writing.tx, await storedRevision({ db: writing.tx }, revision.id), wanted);
    const { environment } = wanted;
    return addRelease(writing, by, { revision, environment, kind: 'break_glass', reason, ticket, clearance, run });
  });
}

export interface LookBack {
  readonly releaseId: string;
  readonly verdict: 'accept' | 'object';
  readonly message: string;
}

/** Looks back at an emergency. Throws Refusal to whoever published it or wrote in it. */
export async function lookBack(store: Store, by: Person, given: LookBack): Promise<RetrospectiveReviewRow> {
  demand(by, 'review');
  const message = sentence(given.message, 'message');
  return store.write(async ({ tx, at, newId, record }) => {
    await mustBeAllowed(tx, by, 'review');
    const { releaseId, verdict } = given;
    const release = await tx.selectFrom('release').selectAll().where('id', '=', releaseId).executeTakeFirst();
    if (release === undefined) throw new Refusal(404, 'release_unknown', words.unknownRelease);
    if (release.kind !== 'break_glass') throw new Refusal(409, 'no_emergency', words.noEmergency);
    await demandOutsider(tx, by, release);
    const row = { id: newId(), release_id: releaseId, reviewer: by.id, verdict, message, created_at: at };
    const data = { release: releaseId, environment: release.environment, seq: release.seq, verdict };
    await record(happening('release.looked_back_at', by, release.policy_id, data), [['retrospective_review', row]]);
    return row;
  });
}

/** Only somebody who neither published it nor wrote in it looks back at a release. Throws Refusal. */
export async function demandOutsider(
  db: Kysely<Tables>,
  by: Person,
  release: Pick<ReleaseRow, 'revision_id' | 'published_by'>,
): Promise<void> {
  demand(by, 'review');
  const revision = await revisionOf(db, release.revision_id);
  if (release.published_by === by.id || revision?.contributors.includes(by.id) !== false) {
    throw new Refusal(403, 'own_emergency', words.ownEmergency);
  }
}

/** What was said when looking back at these releases, oldest first. */
export async function lookBacksOf(
  { db }: Pick<Store, 'db'>,
  releaseIds: readonly string[],
): Promise<readonly RetrospectiveReviewRow[]> {
  if (releaseIds.length === 0) return [];
  return db
    .selectFrom('retrospective_review')
    .selectAll()
    .where('release_id', 'in', releaseIds)
    .orderBy('created_at')
    .execute();
}

/** Emergencies that nobody has looked back at, oldest first. */
export async function openLookBacks({ db }: Pick<Store, 'db'>): Promise<readonly ReleaseRow[]> {
  return db
    .selectFrom('release')
    .selectAll()
    .where('kind', '=', 'break_glass')
    .where('id', 'not in', (looked) => looked.selectFrom('retrospective_review').select('release_id'))
    .orderBy('created_at')
    .execute();
}
