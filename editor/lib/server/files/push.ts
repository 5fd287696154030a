import { fileWords } from '../../words/files.ts';
import { sentence, ticketOf } from '../changes/limits.ts';
import { Refusal } from '../refusal.ts';
import type { RevisionRow, Store, Writing } from '../store/index.ts';
import { changeIfAny } from './change.ts';
import { whyNot, whyNotTimeline, type RefusedFile } from './check-version.ts';
import { followDraft } from './follow-draft.ts';
import { newRevision, type Provenance } from './new-revision.ts';
import { pusherOf } from './pusher.ts';
import { readFolder, versionFile, type FolderPolicy } from './read-folder.ts';
import { storedPolicy, type StoredPolicy } from './stored-policy.ts';

/** A revision that a push made. */
export interface PushedRevision {
  readonly policy: string;
  readonly version: number;
  /** Of the revision within its policy. */
  readonly number: number;
  readonly revision: string;
  /** The policy itself is new, too. */
  readonly isNew: boolean;
}

/** What a push did. */
export interface Pushed {
  readonly made: readonly PushedRevision[];
  /** Policies in the folder that say what the store says. */
  readonly unchanged: readonly string[];
}

/** Whose push it is, and why. */
export interface Pushing {
  /** As `pusherOf` takes it. */
  readonly by: string;
  /** An auditor reads it years later; nothing is asked of a push that changes nothing. */
  readonly reason?: string | undefined;
  readonly ticket?: string | undefined;
}

type Version = FolderPolicy['versions'][number];

/**
 * Submits what changed in the folder: a revision for every version whose text the store does not have, and one of the
 * newest version when only timelines changed. All or nothing. Throws a Refusal: not allowed; no reason; files that have errors, are
 * not UTF-8, or would change a published version (`extra.refused` names each).
 */
export async function push(store: Store, given: Pushing, folder: string): Promise<Pushed> {
  const policies = await readFolder(folder);
  const made = await changeIfAny(store, async (writing) => {
    const author = await pusherOf(writing.tx, given.by);
    const changes: { policy: FolderPolicy; stored: StoredPolicy | null; versions: readonly Version[] }[] = [];
    for (const policy of policies) {
      const stored = await storedPolicy(writing.tx, policy.id);
      const versions = changedVersions(policy, stored);
      if (versions.length > 0) changes.push({ policy, stored, versions });
    }
    const refused = changes.flatMap(({ policy, stored, versions }) => refusals(policy, stored, versions));
    if (refused.length > 0) {
      throw new Refusal(422, 'files_refused', refused.map(({ why }) => why).join('\n'), { refused });
    }
    if (changes.length === 0) return null;
    const provenance = { author, message: fileWords.pushed, ...whyOf(given), origin: 'submitted' } as const;
    const revisions: PushedRevision[] = [];
    for (const { policy, versions } of changes) {
      revisions.push(...(await submitAll(writing, provenance, policy, versions)));
    }
    return revisions;
  });
  const changed = new Set(made?.map(({ policy }) => policy));
  return { made: made ?? [], unchanged: policies.map(({ id }) => id).filter((id) => !changed.has(id)) };
}

function whyOf({ reason = '', ticket }: Pushing) {
  if (reason.trim() === '') throw new Refusal(422, 'missing', fileWords.reasonMissing, { member: 'reason' });
  return { reason: sentence(reason, 'reason'), ticket: ticketOf(ticket) };
}

/** The versions that need a revision, oldest first. */
function changedVersions({ versions, timelines }: FolderPolicy, stored: StoredPolicy | null): readonly Version[] {
  if (stored === null) return versions;
  const changed = versions.filter(({ version, digest }) => stored.versions.get(version)?.digest !== digest);
  if (changed.length > 0) return changed;
  const same =
    timelines.length === stored.timelines.size &&
    timelines.every(({ name, digest }) => stored.timelines.get(name) === digest);
  return same ? [] : versions.slice(-1);
}

function refusals(
  { id, timelines }: FolderPolicy,
  stored: StoredPolicy | null,
  versions: readonly Version[],
): readonly RefusedFile[] {
  const published = stored?.published ?? new Map<number, ReadonlySet<string>>();
  const highest = Math.max(0, ...published.keys());
  const wrong = versions.map((version) => {
    const { file, digest } = version;
    const before = published.get(version.version);
    if (before?.has(digest) === true) return null;
    if (before !== undefined) return { file, why: fileWords.published(file, versionFile(id, highest + 1)) };
    if (version.version < highest) return { file, why: fileWords.tooLow(file, highest) };
    return whyNot(id, version);
  });
  return [...wrong, ...timelines.map(whyNotTimeline)].filter((each) => each !== null);
}

async function submitAll(
  writing: Writing,
  provenance: Provenance,
  policy: FolderPolicy,
  versions: readonly Version[],
): Promise<readonly PushedRevision[]> {
  const { tx, at, record } = writing;
  const { id } = policy;
  const { author } = provenance;
  const about = { actor: author, subject: `policy/${id}` };
  const isNew = (await tx.selectFrom('policy').select('id').where('id', '=', id).executeTakeFirst()) === undefined;
  if (isNew) await record({ ...about, type: 'policy.made' }, [['policy', { id, created_at: at, created_by: author }]]);
  const made: RevisionRow[] = [];
  for (const version of versions) {
    const { revision, rows, dropped } = await newRevision(writing, policy, version, provenance);
    const { number, content_hash: contentHash } = revision;
    const data = { revision: revision.id, number, contentHash, ...(dropped > 0 && { timelinesDropped: dropped }) };
    await record({ ...about, type: 'revision.submitted', data }, rows);
    made.push(revision);
  }
  const newest = made.at(-1);
  if (newest !== undefined) await followDraft(writing, newest, policy.timelines);
  return made.map(({ id: revision, version, number }) => ({ policy: id, version, number, revision, isNew }));
}
