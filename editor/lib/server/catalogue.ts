/** Policies as the pages show them: what was published of each, and the timelines that go with its newest revision. */
import { load } from 'latchkey/load';
import { page } from '$lib/words/document.ts';
import type { PolicySummary } from '$lib/state/policy-summary.ts';
import { newestRevision, type NamedText } from './changes/index.ts';
import type { PolicyFiles } from './policies.ts';
import { summarize } from './policy-summary.ts';
import { Refusal } from './refusal.ts';
import { digestOf, type Store } from './store/index.ts';

/** Summaries by what they sum up, so that a page that is opened often runs no timeline twice. */
const KNOWN = new Map<string, PolicySummary>();
const MOST_KNOWN = 500;

/** A sum of every policy, by id. */
export async function policySummaries(store: Store): Promise<readonly PolicySummary[]> {
  const rows = await store.db.selectFrom('policy').select('id').orderBy('id').execute();
  return Promise.all(rows.map(async ({ id }) => summaryOf(await policyTexts(store, id))));
}

/**
 * One policy’s published versions, newest first, and its newest revision’s timelines; its draft while nothing else is
 * there. Throws Refusal 404.
 */
export async function policyTexts({ db }: Pick<Store, 'db'>, id: string): Promise<PolicyFiles> {
  const newest = (await newestRevision(db, id)) ?? (await unsubmitted(db, id));
  const released = await db
    .selectFrom('release')
    .innerJoin('revision', 'revision.id', 'release.revision_id')
    .select(['revision.version', 'release.text', 'release.digest'])
    .where('release.policy_id', '=', id)
    .orderBy('release.created_at', 'desc')
    .orderBy('release.seq', 'desc')
    .execute();
  const { version, text, digest, timelines } = newest;
  const versions = new Map(
    (released.length > 0 ? released : [{ version, text, digest }]).map((row) => [row.version, row]),
  );
  return {
    id,
    versions: [...versions.values()].toSorted((a, b) => b.version - a.version),
    timelines: timelines.map(({ name, text }) => ({ name, text })),
  };
}

/** The draft of a policy of which nothing was submitted yet, in a revision's stead. */
async function unsubmitted(db: Store['db'], id: string) {
  const row = await db.selectFrom('draft').select(['text', 'timelines']).where('policy_id', '=', id).executeTakeFirst();
  if (row === undefined) throw new Refusal(404, 'policy_unknown', page.missing(id));
  const loaded = load(row.text);
  return {
    text: row.text,
    digest: digestOf(row.text),
    version: loaded.ok ? loaded.value.document.version : 1,
    timelines: JSON.parse(row.timelines) as readonly NamedText[],
  };
}

function summaryOf(texts: PolicyFiles): PolicySummary {
  const key = JSON.stringify([texts.versions.map(({ digest }) => digest), texts.timelines]);
  const summary = KNOWN.get(key) ?? summarize(texts);
  if (KNOWN.size >= MOST_KNOWN) KNOWN.clear();
  KNOWN.set(key, summary);
  return summary;
}
