import type { CommentFacts, RevisionPage, VerdictFacts } from '$lib/state/revision-facts.ts';
import { unknownRevision } from '$lib/words/change-refusals.ts';
import {
  lastRun,
  newestRevision,
  reviewState,
  revisionNumbered,
  whyNotReview,
  type Revision,
} from '../changes/index.ts';
import { revisionsOf } from '../history/index.ts';
import { may, type Person } from '../person.ts';
import { Refusal } from '../refusal.ts';
import type { Running } from '../running.ts';
import { checksOf } from './checks.ts';
import { effectOf, timelineOf } from './effect.ts';
import { namingFor, type Naming } from './naming.ts';
import { obstacleOf } from './obstacle.ts';
import { plannedLines } from './planned.ts';
import { lineFinder, placesIn } from './places.ts';
import { releaseLines } from './releases.ts';
import { textChanges } from './text-changes.ts';
import { titleIn } from './title.ts';

/** A revision by its policy and number. Throws Refusal 404. */
export async function revisionAt({ store }: Running, policyId: string, number: string): Promise<Revision> {
  const wanted = /^[1-9]\d{0,8}$/.test(number) ? Number(number) : 0;
  const revision = await revisionNumbered(store.db, policyId, wanted);
  if (revision === null) throw new Refusal(404, 'revision_unknown', unknownRevision);
  return revision;
}

/**
 * One revision with all that was said of it, compared with its parent or the revision numbered `against`. Throws Refusal
 * 404.
 */
export async function revisionPage(
  server: Running,
  by: Person,
  { id, number, against }: { readonly id: string; readonly number: string; readonly against: string | null },
): Promise<RevisionPage> {
  const { store } = server;
  const revision = await revisionAt(server, id, number);
  const review = await reviewState(store, revision.id);
  const named = await namingFor(server, by);
  const [newest, all, run] = await Promise.all([
    newestRevision(store.db, id),
    revisionsOf(store, id),
    runOf(server, revision, named),
  ]);
  const parent = all.find((each) => each.id === revision.parent)?.number ?? null;
  const before = against === null && parent === null ? null : await revisionAt(server, id, against ?? `${parent}`);
  const { text, timelines } = revision;
  return {
    ...{ id, title: titleIn(text, id), now: Date.now(), state: review.state, newest: newest?.number ?? 0, text, run },
    revision: {
      ...{ number: revision.number, version: revision.version, message: revision.message, reason: revision.reason },
      ...{ ticket: revision.ticket, origin: revision.origin, at: revision.createdAt, digest: revision.digest },
      ...{ contentHash: revision.contentHash, author: named(revision.author) },
      contributors: revision.contributors.map(named),
    },
    others: all
      .filter((each) => each.id !== revision.id)
      .map(({ number, version, message }) => ({ number, version, message })),
    against: before?.number ?? null,
    changes: textChanges(before, { text, timelines }),
    effect: effectOf(store, { policyId: id, text, timelines, before: before?.text ?? null }),
    comments: commentsOf(review.comments, text, named),
    places: may(by, 'edit') ? placesIn(text) : [],
    verdicts: review.reviews.toReversed().map((row) => verdictOf(row, named)),
    ...(await checksOf(server, { revision, review, run, named })),
    planned: (await plannedLines(server, id, named)).filter(
      (plan) => plan.number === revision.number && plan.state === 'waiting',
    ),
    releases: await releaseLines(server, by, { policyId: id, revisionId: revision.id, named }),
    obstacles: {
      approve: obstacleOf(await whyNotReview(store, by, revision, 'approve')),
      requestChanges: obstacleOf(await whyNotReview(store, by, revision, 'request_changes')),
    },
    may: {
      ...{ comment: may(by, 'edit'), run: may(by, 'edit'), publish: may(by, 'publish') },
      restore: may(by, 'edit') && newest?.id !== revision.id,
    },
  };
}

type Review = Awaited<ReturnType<typeof reviewState>>;

function commentsOf(rows: Review['comments'], text: string, named: Naming): readonly CommentFacts[] {
  const lineOf = lineFinder(text);
  return rows.map(({ id, pointer, reply_to, author, text: said, created_at, number, stale }) => ({
    ...{ id, pointer, line: lineOf(pointer), replyTo: reply_to, author: named(author), text: said },
    ...{ at: created_at, number, stale },
  }));
}

function verdictOf(
  { id, reviewer, verdict, message, created_at, number, stale }: Review['reviews'][number],
  named: Naming,
): VerdictFacts {
  // INVARIANT: the column's check allows nothing else.
  const said = verdict as VerdictFacts['verdict'];
  return { id, reviewer: named(reviewer), verdict: said, message, at: created_at, number, stale };
}

async function runOf({ store }: Running, revision: Revision, named: Naming): Promise<RevisionPage['run']> {
  const run = await lastRun(store, revision);
  if (run === null) return null;
  const { row, result } = run;
  return {
    ...{ at: row.created_at, by: named(row.requested_by), passed: row.passed === 1 },
    timelines: result.timelines.map(timelineOf),
  };
}
