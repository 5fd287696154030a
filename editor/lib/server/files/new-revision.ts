import { carriedFrom, droppedNames, newestRevision } from '../changes/index.ts';
import { contentHash, type NewRow, type RevisionRow, type Writing } from '../store/index.ts';
import type { FolderPolicy } from './read-folder.ts';

/** What a revision made from files is told besides its texts. */
export interface Provenance {
  readonly author: string;
  readonly message: string;
  readonly reason: string;
  readonly ticket: string | null;
  readonly origin: 'imported' | 'submitted';
}

/** A revision, the rows that must be recorded for it, and how many timelines of the one before it has not. */
interface Made {
  readonly revision: RevisionRow;
  readonly rows: readonly NewRow[];
  readonly dropped: number;
}

/** The next revision of a policy from one of its version files. */
export async function newRevision(
  { tx, at, newId }: Writing,
  { id, timelines }: Pick<FolderPolicy, 'id' | 'timelines'>,
  { version, text, digest }: Pick<FolderPolicy['versions'][number], 'version' | 'text' | 'digest'>,
  { author, message, reason, ticket, origin }: Provenance,
): Promise<Made> {
  const last = await newestRevision(tx, id);
  const contributors = [...new Set([author, ...(await carriedFrom(tx, last))])].toSorted();
  const named = timelines.map(({ name, digest: of }) => ({ name, digest: of }));
  const revision: RevisionRow = {
    ...{ id: newId(), policy_id: id, number: (last?.number ?? 0) + 1, parent: last?.id ?? null, version, text, digest },
    ...{ timelines: JSON.stringify(named), content_hash: contentHash(id, digest, named) },
    ...{ author, contributors: JSON.stringify(contributors), message, reason, ticket, origin, created_at: at },
  };
  const unknown = await unknownTexts(tx, timelines);
  const texts = unknown.map((row): NewRow => ['stored_text', { ...row, created_at: at }]);
  const dropped = droppedNames(last?.timelines ?? [], timelines).length;
  return { revision, dropped, rows: [...texts, ['revision', revision]] };
}

/** The texts that the store does not hold yet, each once. */
async function unknownTexts(tx: Writing['tx'], timelines: FolderPolicy['timelines']) {
  const texts = new Map(timelines.map(({ digest, text }) => [digest, text]));
  if (texts.size === 0) return [];
  const known = await tx
    .selectFrom('stored_text')
    .select('digest')
    .where('digest', 'in', [...texts.keys()])
    .execute();
  for (const { digest } of known) texts.delete(digest);
  return [...texts].map(([digest, text]) => ({ digest, text }));
}
