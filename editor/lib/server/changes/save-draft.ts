import * as words from '$lib/words/change-refusals.ts';
import { mustBeAllowed } from '../accounts/allowed.ts';
import type { Person } from '../person.ts';
import { Refusal } from '../refusal.ts';
import type { Store } from '../store/index.ts';
import { draftOf, sameTexts, timelinesText, versionOf, type Draft } from './draft.ts';
import { happening } from './happening.ts';
import { demand, demandKeepable } from './limits.ts';
import { byName, revisionOf, type NamedText, type Revision } from './revision.ts';

export interface DraftSave {
  readonly policyId: string;
  readonly text: string;
  readonly timelines: readonly NamedText[];
  /** Of the draft that this one was made from. */
  readonly lockVersion: number;
  /** The revision that was merged into the text, when that is no longer the draft's base. */
  readonly baseRevision?: string;
}

/**
 * Keeps the draft, valid or not, and answers its new lock version. Throws Refusal `draft_conflict` with all versions
 * when somebody else saved in between; saving again what was already kept is no conflict.
 */
export async function saveDraft(store: Store, by: Person, save: DraftSave): Promise<{ readonly lockVersion: number }> {
  demand(by, 'edit');
  demandKeepable(save.text, save.timelines);
  return store.keep(async ({ tx, at, record }) => {
    await mustBeAllowed(tx, by, 'edit');
    const kept = await draftOf(tx, save.policyId);
    if (kept === null) throw new Refusal(404, 'policy_unknown', words.unknownPolicy(save.policyId));
    const base = await baseFor(kept, save, (id) => revisionOf(tx, id));
    // A save whose answer got lost is sent again: what it says is kept already.
    if (sameTexts(kept, save) && base === kept.base?.id) return { lockVersion: kept.lockVersion };
    if (kept.lockVersion !== save.lockVersion) throw conflict(kept, save);
    const lockVersion = kept.lockVersion + 1;
    const first = !kept.contributors.includes(by.id);
    const values = {
      ...{ base_revision: base ?? null, text: save.text, timelines: timelinesText(save.timelines) },
      ...{ lock_version: lockVersion, updated_by: by.id, updated_at: at },
      contributors: JSON.stringify(first ? [...kept.contributors, by.id] : kept.contributors),
    };
    await tx
      .insertInto('draft')
      .values({ policy_id: save.policyId, ...values })
      .onConflict((same) => same.column('policy_id').doUpdateSet(values))
      .execute();
    if (first) await record(happening('draft.edited', by, save.policyId, { base: base ?? null, lockVersion }));
    return { lockVersion };
  });
}

/** Refuses what was made from another version than the one that is kept, and carries all that resolving it needs. */
export function conflict(kept: Draft, yours: Pick<DraftSave, 'lockVersion'> & Partial<DraftSave>): Refusal {
  const { text, timelines, lockVersion } = yours;
  return new Refusal(409, 'draft_conflict', words.draftConflict, {
    yours:
      text === undefined || timelines === undefined
        ? { lockVersion }
        : { text, timelines: byName(timelines), lockVersion },
    theirs: versionOf(kept),
    base: baseVersion(kept.base),
  });
}

/** A base as a refusal carries it. */
export function baseVersion(base: Revision | null) {
  if (base === null) return null;
  const { id, number, text, timelines } = base;
  return { revision: id, number, text, timelines: timelines.map(({ name, text }) => ({ name, text })) };
}

async function baseFor(
  kept: Draft,
  { policyId, baseRevision }: DraftSave,
  read: (id: string) => Promise<Revision | null>,
): Promise<string | undefined> {
  if (baseRevision === undefined || baseRevision === kept.base?.id) return kept.base?.id;
  const base = await read(baseRevision);
  if (base?.policyId !== policyId || base.number < (kept.base?.number ?? 0)) {
    throw new Refusal(422, 'bad_base', words.badBase);
  }
  return base.id;
}
