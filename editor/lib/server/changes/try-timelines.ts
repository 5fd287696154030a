import { load } from 'latchkey/load';
import type { Store } from '../store/index.ts';
import { playTimelines, type TimelineOutcome } from './play-timelines.ts';
import { releasedBefore } from './released-before.ts';
import type { NamedText } from './revision.ts';
import { LIMIT_MS } from './run-timelines.ts';

/** A policy that need not be submitted yet, and what it is compared with. */
export interface Tried {
  readonly policyId: string;
  readonly text: string;
  readonly timelines: readonly NamedText[];
  /** The policy's text before the change; null where there is none. */
  readonly before: string | null;
}

/**
 * Plays timelines on a policy and, where it loads, on what was there before; nothing is kept. Null for a policy that does
 * not load.
 */
export async function tryTimelines(
  { db }: Pick<Store, 'db'>,
  { policyId, text, timelines, before }: Tried,
  limitMs = LIMIT_MS,
): Promise<readonly TimelineOutcome[] | null> {
  const withEarlier = async (policy: string): Promise<readonly string[]> => {
    const loaded = load(policy);
    if (!loaded.ok) return [];
    return [policy, ...(await releasedBefore(db, policyId, loaded.value.document.version))];
  };
  const policies = await withEarlier(text);
  if (policies.length === 0) return null;
  return playTimelines(policies, timelines, limitMs, before === null ? [] : await withEarlier(before));
}
