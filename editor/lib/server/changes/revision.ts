/** A revision: what somebody submitted, for good. */
import type { Kysely } from 'kysely';
import type { RevisionRow, Tables } from '../store/index.ts';

export interface NamedText {
  readonly name: string;
  readonly text: string;
}

export interface Revision {
  readonly id: string;
  readonly policyId: string;
  /** 1, 2, … within the policy, without gaps. */
  readonly number: number;
  readonly parent: string | null;
  /** The document's own. */
  readonly version: number;
  readonly text: string;
  readonly digest: string;
  /** By name. */
  readonly timelines: readonly (NamedText & { readonly digest: string })[];
  readonly contentHash: string;
  readonly author: string;
  /** The author included. Who is among them cannot approve it. */
  readonly contributors: readonly string[];
  /** What changed. */
  readonly message: string;
  /** Why; empty for what was imported. */
  readonly reason: string;
  readonly ticket: string | null;
  readonly origin: RevisionOrigin;
  readonly createdAt: number;
}

export type RevisionOrigin = 'submitted' | 'restored' | 'imported';

/** The revision with its timelines, or null. */
export async function revisionOf(db: Kysely<Tables>, id: string): Promise<Revision | null> {
  const row = await db.selectFrom('revision').selectAll().where('id', '=', id).executeTakeFirst();
  return row === undefined ? null : revisionFrom(db, row);
}

/** The revision with this number within a policy, or null. */
export async function revisionNumbered(db: Kysely<Tables>, policyId: string, number: number): Promise<Revision | null> {
  const row = await db
    .selectFrom('revision')
    .selectAll()
    .where('policy_id', '=', policyId)
    .where('number', '=', number)
    .executeTakeFirst();
  return row === undefined ? null : revisionFrom(db, row);
}

/** The last revision that was added to a policy, or null. */
export async function newestRevision(db: Kysely<Tables>, policyId: string): Promise<Revision | null> {
  const row = await db
    .selectFrom('revision')
    .selectAll()
    .where('policy_id', '=', policyId)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? null : revisionFrom(db, row);
}

/** Which of these revisions were ever published, anywhere. */
export async function releasedAmong(db: Kysely<Tables>, ids: readonly string[]): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set();
  const rows = await db.selectFrom('release').select('revision_id').where('revision_id', 'in', ids).execute();
  return new Set(rows.map(({ revision_id }) => revision_id));
}

async function revisionFrom(db: Kysely<Tables>, row: RevisionRow): Promise<Revision> {
  const named = JSON.parse(row.timelines) as { name: string; digest: string }[];
  const texts = await textsBy(
    db,
    named.map(({ digest }) => digest),
  );
  return {
    ...{ id: row.id, policyId: row.policy_id, number: row.number, parent: row.parent, version: row.version },
    ...{ text: row.text, digest: row.digest, contentHash: row.content_hash, author: row.author },
    timelines: named.map(({ name, digest }) => ({ name, digest, text: texts.get(digest) ?? '' })),
    contributors: JSON.parse(row.contributors) as string[],
    ...{ message: row.message, reason: row.reason, ticket: row.ticket, createdAt: row.created_at },
    // INVARIANT: the column's check allows nothing else.
    origin: row.origin as RevisionOrigin,
  };
}

/** Sorted by name, so that equal sets of timelines are equal texts. */
export function byName<T extends { readonly name: string }>(timelines: readonly T[]): readonly T[] {
  return timelines.toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

async function textsBy(db: Kysely<Tables>, digests: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (digests.length === 0) return new Map();
  const rows = await db.selectFrom('stored_text').select(['digest', 'text']).where('digest', 'in', digests).execute();
  return new Map(rows.map(({ digest, text }) => [digest, text]));
}
