import { contentHash, digestOf, type Writing } from '../store/index.ts';
import { byName, newestRevision, type NamedText, type Revision, type RevisionOrigin } from './revision.ts';
import { droppedNames } from './dropped-timelines.ts';
import { happening } from './happening.ts';

/** What a new revision says; number, parent, digests and instant are made here. */
export interface NewRevision {
  readonly policyId: string;
  readonly version: number;
  readonly text: string;
  readonly timelines: readonly NamedText[];
  readonly author: string;
  readonly contributors: readonly string[];
  readonly message: string;
  readonly reason: string;
  readonly ticket: string | null;
  readonly origin: Exclude<RevisionOrigin, 'imported'>;
}

/** Adds the next revision of a policy, with its timelines, and the entry that vouches for them. */
export async function addRevision({ tx, at, newId, record }: Writing, added: NewRevision): Promise<Revision> {
  const { policyId, version, text, author, message, reason, ticket, origin } = added;
  const parent = await newestRevision(tx, policyId);
  const timelines = byName(added.timelines).map(({ name, text }) => ({ name, text, digest: digestOf(text) }));
  const digest = digestOf(text);
  const revision: Revision = {
    ...{ id: newId(), policyId, number: (parent?.number ?? 0) + 1, parent: parent?.id ?? null, version },
    ...{ text, digest, timelines, contentHash: contentHash(policyId, digest, timelines), author },
    contributors: [...new Set([author, ...added.contributors])].toSorted(),
    ...{ message, reason, ticket, origin, createdAt: at },
  };
  const row = {
    ...{ id: revision.id, policy_id: policyId, number: revision.number, parent: revision.parent, version, text },
    ...{ digest, content_hash: revision.contentHash, author, message, reason, ticket, origin, created_at: at },
    timelines: JSON.stringify(timelines.map(({ name, digest }) => ({ name, digest }))),
    contributors: JSON.stringify(revision.contributors),
  };
  const kept = await tx
    .selectFrom('stored_text')
    .select('digest')
    .where('digest', 'in', ['', ...timelines.map(({ digest }) => digest)])
    .execute();
  const unseen = new Map(timelines.map(({ digest, text }) => [digest, { digest, text, created_at: at }]));
  for (const { digest } of kept) unseen.delete(digest);
  const { id, number, contentHash: bound } = revision;
  const dropped = droppedNames(parent?.timelines ?? [], timelines).length;
  const data = { revision: id, number, contentHash: bound, ...(dropped > 0 && { timelinesDropped: dropped }) };
  await record(happening(`revision.${origin}`, { id: author }, policyId, data), [
    ...[...unseen.values()].map((stored) => ['stored_text', stored] as const),
    ['revision', row],
  ]);
  return revision;
}
