import { load } from 'latchkey/load';
import * as words from '$lib/words/change-refusals.ts';
import { mustBeAllowed } from '../accounts/allowed.ts';
import type { Person } from '../person.ts';
import { Refusal } from '../refusal.ts';
import { contentHash, digestOf, type SimulationRunRow, type Store } from '../store/index.ts';
import { happening } from './happening.ts';
import { demand } from './limits.ts';
import { playTimelines, type TimelineOutcome } from './play-timelines.ts';
import { releasedBefore } from './released-before.ts';
import { revisionOf, type Revision } from './revision.ts';
import { engineVersion } from './timeline-worker.ts';

/** How long all timelines of a revision may take together, in milliseconds. */
export const LIMIT_MS = 30_000;

/** What a run gave; the `result` of its row is this as JSON. */
export interface RunResult {
  /** The version of the engine that ran it. */
  readonly engine: string;
  readonly limitMs: number;
  readonly timelines: readonly TimelineOutcome[];
}

/** A run that is not stored yet. */
export interface Run {
  readonly passed: boolean;
  readonly result: RunResult;
}

/** Plays a revision's timelines from the stored bytes and keeps what came of it. Throws Refusal. */
export async function runTimelines(
  store: Store,
  by: Person,
  revisionId: string,
  { limitMs = LIMIT_MS }: { readonly limitMs?: number } = {},
): Promise<SimulationRunRow> {
  demand(by, 'edit', 'review');
  const revision = await storedRevision(store, revisionId);
  return keepRun(store, by, revision, await playRevision(store, revision, limitMs));
}

/** The last run of exactly this revision's content, or null. */
export async function lastRun(
  { db }: Pick<Store, 'db'>,
  { id, contentHash: bound }: Pick<Revision, 'id' | 'contentHash'>,
): Promise<{ readonly row: SimulationRunRow; readonly result: RunResult } | null> {
  const row = await db
    .selectFrom('simulation_run')
    .selectAll()
    .where('revision_id', '=', id)
    .where('content_hash', '=', bound)
    .orderBy('created_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  // INVARIANT: written by `runRow`, and never altered since.
  return row === undefined ? null : { row, result: JSON.parse(row.result) as RunResult };
}

/** Keeps what came of a run. Throws Refusal when who asked may not any more. */
export async function keepRun(store: Store, by: Person, revision: Revision, run: Run): Promise<SimulationRunRow> {
  return store.write(async ({ tx, at, newId, record }) => {
    await mustBeAllowed(tx, by, 'edit', 'review');
    const row = runRow(run, revision, by, { at, newId });
    const { id, passed } = row;
    const { number, contentHash } = revision;
    const data = { revision: revision.id, number, contentHash, run: id, passed };
    await record(happening('timelines.run', by, revision.policyId, data), [['simulation_run', row]]);
    return row;
  });
}

/** The row of a run, bound to the content that it ran. */
export function runRow(
  { passed, result }: Run,
  { id, contentHash: bound }: Revision,
  by: Pick<Person, 'id'>,
  { at, newId }: { readonly at: number; readonly newId: () => string },
): SimulationRunRow {
  return {
    ...{ id: newId(), revision_id: id, content_hash: bound, passed: passed ? 1 : 0, result: JSON.stringify(result) },
    ...{ requested_by: by.id, created_at: at },
  };
}

/** The revision, known to hold the bytes that its hash says. Throws Refusal when there is none, or it does not. */
export async function storedRevision({ db }: Pick<Store, 'db'>, revisionId: string): Promise<Revision> {
  const revision = await revisionOf(db, revisionId);
  if (revision === null) throw new Refusal(404, 'revision_unknown', words.unknownRevision);
  const { policyId, text, timelines } = revision;
  const fresh = timelines.map(({ name, text }) => ({ name, digest: digestOf(text) }));
  if (contentHash(policyId, digestOf(text), fresh) !== revision.contentHash) {
    throw new Refusal(409, 'evidence_damaged', words.evidenceDamaged);
  }
  return revision;
}

/** Plays all timelines on the revision; nothing is written. A policy that does not load passes none. */
export async function playRevision({ db }: Pick<Store, 'db'>, revision: Revision, limitMs: number): Promise<Run> {
  const { policyId, text, version, timelines } = revision;
  const policies = [text, ...(await releasedBefore(db, policyId, version))];
  const outcomes = await playTimelines(policies, timelines, limitMs);
  return {
    passed: load(text).ok && outcomes.every(({ failure }) => failure === null),
    result: { engine: engineVersion(), limitMs, timelines: outcomes },
  };
}
