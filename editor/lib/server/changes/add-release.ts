import type { Person } from '../person.ts';
import type { ReleaseRow, Writing } from '../store/index.ts';
import { happening } from './happening.ts';
import type { Clearance } from './publishable.ts';
import type { Revision } from './revision.ts';
import { runRow, type Run } from './run-timelines.ts';

/** A publish that passed every check. */
export interface NewRelease {
  readonly revision: Revision;
  readonly environment: string;
  readonly kind: 'normal' | 'scheduled' | 'break_glass';
  readonly reason: string;
  readonly ticket: string | null;
  readonly clearance: Clearance;
  readonly run: Run;
  /** The plan that it was published by. */
  readonly planned?: string;
}

/** Adds the next release of an environment with the run that was made for it, and signs the log. */
export async function addRelease(
  { tx, at, newId, record, signAtEnd }: Writing,
  by: Pick<Person, 'id'>,
  { revision, environment, kind, reason, ticket, clearance, run, planned }: NewRelease,
): Promise<ReleaseRow> {
  const last = await tx
    .selectFrom('release')
    .select('seq')
    .where('environment', '=', environment)
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  const played = runRow(run, revision, by, { at, newId });
  const { policyId, number, digest, contentHash, text } = revision;
  const seq = (last?.seq ?? 0) + 1;
  const release: ReleaseRow = {
    ...{ id: newId(), environment, seq, policy_id: policyId, revision_id: revision.id, digest, text },
    ...{ content_hash: contentHash, kind, reason, ticket, published_by: by.id, simulation_run: played.id },
    ...{ approvals: JSON.stringify(clearance.approvals), created_at: at },
  };
  const data = {
    ...{ environment, seq, release: release.id, revision: revision.id, number, contentHash, kind },
    // Where approval is switched off, the log says so of every single release.
    ...{ approvals: clearance.approvals, approvalRequired: clearance.approvalRequired },
    ...(planned === undefined ? {} : { planned }),
  };
  await record(happening('release.published', by, policyId, data), [
    ['simulation_run', played],
    ['release', release],
  ]);
  signAtEnd();
  return release;
}
