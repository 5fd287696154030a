import type { Kysely } from 'kysely';
import { load } from 'latchkey/load';
import * as words from '$lib/words/change-refusals.ts';
import { Refusal } from '../refusal.ts';
import type { Tables } from '../store/index.ts';
import { newestRevision, releasedAmong, type Revision } from './revision.ts';
import { standingOf } from './standing.ts';

/** Where a revision is to be published, and the content that whoever asks has looked at. */
export interface Target {
  readonly contentHash: string;
  readonly environment: string;
}

/** On whose word it goes out. */
export interface Clearance {
  /** Ids of the reviews that approve exactly these bytes. */
  readonly approvals: readonly string[];
  /** False where a single person may publish. */
  readonly approvalRequired: boolean;
}

/**
 * Everything that publishing a revision needs but green timelines. Bytes that were live before may be so again; any other
 * must have a higher version than what is live. Throws Refusal.
 */
export async function demandPublishable(db: Kysely<Tables>, revision: Revision, target: Target): Promise<Clearance> {
  const clearance = await demandReleasable(db, revision, target);
  const { id, policyId } = revision;
  const newest = await newestRevision(db, policyId);
  if (newest?.id !== id && !(await releasedAmong(db, [id])).has(id)) {
    throw new Refusal(409, 'revision_stale', words.overtaken, { newest: newest?.id });
  }
  if (!clearance.approvalRequired) return clearance;
  const { objections } = await standingOf(db, revision);
  if (objections.length > 0) throw new Refusal(409, 'changes_requested', words.changesRequested);
  if (clearance.approvals.length === 0) throw new Refusal(409, 'not_approved', words.notApproved);
  return clearance;
}

/** What not even an emergency does away with: content, versions and the environment. Throws Refusal. */
export async function demandReleasable(
  db: Kysely<Tables>,
  revision: Revision,
  { contentHash, environment }: Target,
): Promise<Clearance> {
  const place = await db.selectFrom('environment').selectAll().where('id', '=', environment).executeTakeFirst();
  if (place === undefined) throw new Refusal(404, 'environment_unknown', words.unknownEnvironment(environment));
  if (contentHash !== revision.contentHash) {
    throw new Refusal(409, 'content_changed', words.otherContent, { contentHash: revision.contentHash });
  }
  const loaded = load(revision.text);
  if (!loaded.ok) {
    const { diagnostics } = loaded;
    throw new Refusal(422, 'policy_has_errors', words.policyHasErrors(diagnostics.length), { diagnostics });
  }
  await demandVersion(db, revision, environment);
  const { approvals } = await standingOf(db, revision);
  return { approvals: approvals.map(({ id }) => id), approvalRequired: place.requires_approval === 1 };
}

async function demandVersion(
  db: Kysely<Tables>,
  { policyId, version, digest }: Revision,
  environment: string,
): Promise<void> {
  const releases = await db
    .selectFrom('release')
    .innerJoin('revision', 'revision.id', 'release.revision_id')
    .select(['release.environment', 'release.digest', 'revision.version'])
    .where('release.policy_id', '=', policyId)
    .orderBy('release.seq')
    .execute();
  const here = releases.filter((release) => release.environment === environment);
  const live = here.at(-1);
  if (live?.digest === digest) throw new Refusal(409, 'already_live', words.alreadyLive);
  if (releases.some((release) => release.version === version && release.digest !== digest)) {
    throw new Refusal(409, 'version_taken', words.versionPublished(version));
  }
  const wasLive = here.some((release) => release.digest === digest);
  if (live !== undefined && version <= live.version && !wasLive) {
    throw new Refusal(409, 'version_not_higher', words.versionNotHigher(version, live.version), { live: live.version });
  }
}
