import * as words from '$lib/words/change-refusals.ts';
import { Refusal } from '../refusal.ts';
import type { Store } from '../store/index.ts';
import { draftOf, type Draft } from './draft.ts';

/** The draft, or the newest revision in its stead. Throws Refusal 404 when there is no such policy. */
export async function readDraft(store: Pick<Store, 'db'>, policyId: string): Promise<Draft> {
  const draft = await draftOf(store.db, policyId);
  if (draft === null) throw new Refusal(404, 'policy_unknown', words.unknownPolicy(policyId));
  return draft;
}
