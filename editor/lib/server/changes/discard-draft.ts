import * as words from '$lib/words/change-refusals.ts';
import { mustBeAllowed } from '../accounts/allowed.ts';
import type { Person } from '../person.ts';
import { Refusal } from '../refusal.ts';
import { digestOf, type Store } from '../store/index.ts';
import { draftOf, timelinesText } from './draft.ts';
import { happening } from './happening.ts';
import { demand } from './limits.ts';
import { newestRevision } from './revision.ts';
import { conflict } from './save-draft.ts';

/** Puts the newest revision in the draft's place; the log keeps what was thrown away by its digest, and whose it was. */
export async function discardDraft(
  store: Store,
  by: Person,
  { policyId, lockVersion }: { readonly policyId: string; readonly lockVersion: number },
): Promise<{ readonly lockVersion: number }> {
  demand(by, 'edit');
  return store.keep(async ({ tx, at, record }) => {
    await mustBeAllowed(tx, by, 'edit');
    const kept = await draftOf(tx, policyId);
    if (kept === null) throw new Refusal(404, 'policy_unknown', words.unknownPolicy(policyId));
    if (kept.lockVersion !== lockVersion) throw conflict(kept, { lockVersion });
    if (lockVersion === 0) return { lockVersion };
    const newest = await newestRevision(tx, policyId);
    if (newest === null) throw new Refusal(409, 'nothing_to_go_back_to', words.nothingToGoBackTo);
    const { contributors } = kept;
    const data = { base: kept.base?.id ?? null, digest: digestOf(kept.text), contributors, lockVersion };
    await record(happening('draft.discarded', by, policyId, data));
    // The row stays and its lock version goes on: a page that still shows the old draft must not save over a new one.
    const values = {
      ...{ base_revision: newest.id, text: newest.text, timelines: timelinesText(newest.timelines) },
      ...{ lock_version: lockVersion + 1, contributors: '[]', updated_by: by.id, updated_at: at },
    };
    await tx.updateTable('draft').set(values).where('policy_id', '=', policyId).execute();
    return { lockVersion: lockVersion + 1 };
  });
}
