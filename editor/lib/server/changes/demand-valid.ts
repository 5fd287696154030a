import type { Kysely } from 'kysely';
import { load } from 'latchkey/load';
import { loadTimeline } from 'latchkey/timeline';
import * as words from '$lib/words/change-refusals.ts';
import { Refusal } from '../refusal.ts';
import { digestOf, type Tables } from '../store/index.ts';
import type { Draft } from './draft.ts';

/**
 * What a revision must be before it is one: a policy and timelines without errors, under the policy's own id, in a
 * version above every published one that has other bytes. Answers the document's version. Throws Refusal 422.
 */
export async function demandValid(
  db: Kysely<Tables>,
  { policyId, text, timelines }: Pick<Draft, 'policyId' | 'text' | 'timelines'>,
): Promise<number> {
  const loaded = load(text);
  if (!loaded.ok) {
    const { diagnostics } = loaded;
    const errors = diagnostics.filter(({ severity }) => severity === 'error').length;
    throw new Refusal(422, 'policy_has_errors', words.policyHasErrors(errors), { diagnostics });
  }
  const { id, version } = loaded.value.document;
  if (id !== policyId) throw new Refusal(422, 'other_policy_id', words.otherId(id, policyId), { pointer: '/id' });
  const broken = timelines.flatMap((timeline) => {
    const story = loadTimeline(timeline.text);
    return story.ok ? [] : [{ name: timeline.name, diagnostics: story.diagnostics }];
  });
  if (broken.length > 0) {
    const names = broken.map(({ name }) => name);
    throw new Refusal(422, 'timeline_has_errors', words.timelineHasErrors(names), { timelines: broken });
  }
  const highest = await highestPublished(db, policyId, digestOf(text));
  if (version <= highest) {
    throw new Refusal(422, 'version_taken', words.versionTaken(version, highest), { pointer: '/version', highest });
  }
  return version;
}

/** The highest version of what was published or came from files, but for the text with this digest; 0 for none. */
export async function highestPublished(db: Kysely<Tables>, policyId: string, besides: string): Promise<number> {
  const found = await db
    .selectFrom('revision')
    .leftJoin('release', 'release.revision_id', 'revision.id')
    .select(({ fn }) => fn.max('revision.version').as('version'))
    .where('revision.policy_id', '=', policyId)
    .where('revision.digest', '!=', besides)
    .where((is) => is.or([is('release.id', 'is not', null), is('revision.origin', '=', 'imported')]))
    .executeTakeFirst();
  return Number(found?.version ?? 0);
}
