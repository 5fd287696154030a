import * as words from '$lib/words/change-refusals.ts';
import { mustBeAllowed } from '../accounts/allowed.ts';
import type { Person } from '../person.ts';
import { Refusal } from '../refusal.ts';
import type { ReleaseRow, Store } from '../store/index.ts';
import { addRelease } from './add-release.ts';
import { demand, sentence, ticketOf } from './limits.ts';
import { demandPublishable, type Target } from './publishable.ts';
import { keepRun, LIMIT_MS, playRevision, storedRevision, type Run } from './run-timelines.ts';

export interface Publishing extends Target {
  readonly revisionId: string;
  readonly reason: string;
  readonly ticket?: string | undefined;
}

/**
 * Publishes exactly the bytes that were approved, after playing their timelines anew. Throws Refusal: no right, no reason,
 * other content, no approval by somebody else, timelines that fail, a version that is not higher than the live one.
 */
export async function publish(
  store: Store,
  by: Person,
  wanted: Publishing,
  { limitMs = LIMIT_MS }: { readonly limitMs?: number } = {},
): Promise<ReleaseRow> {
  demand(by, 'publish');
  const reason = sentence(wanted.reason, 'reason');
  const ticket = ticketOf(wanted.ticket);
  const revision = await storedRevision(store, wanted.revisionId);
  // Asked before, so that nobody waits for timelines in vain, and again when nobody else can write.
  await demandPublishable(store.db, revision, wanted);
  const run = await playRevision(store, revision, limitMs);
  if (!run.passed) {
    await keepRun(store, by, revision, run);
    throw notGreen(run);
  }
  return store.write(async (writing) => {
    await mustBeAllowed(writing.tx, by, 'publish');
    const clearance = await demandPublishable(
      writing.tx,
      await storedRevision({ db: writing.tx }, revision.id),
      wanted,
    );
    const { environment } = wanted;
    return addRelease(writing, by, { revision, environment, kind: 'normal', reason, ticket, clearance, run });
  });
}

/** Refuses a publish whose timelines failed. */
export function notGreen({ result }: Run): Refusal {
  const failed = result.timelines.filter(({ failure }) => failure !== null);
  return new Refusal(409, 'timelines_failed', words.timelinesFailed, { timelines: failed });
}
