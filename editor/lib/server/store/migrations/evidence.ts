import { appendOnly, refusal } from './append-only.ts';
import type { Kind, Migration } from './migration.ts';

/** Policies, revisions, reviews, releases, and the log of who did what. */
export const evidence: Migration = {
  id: 1,
  name: 'evidence',
  statements: (kind) => [...TABLES, ...(kind === 'postgres' ? [refusal] : []), ...EVIDENCE.flatMap(guarded(kind))],
};

const TABLES = [
  `create table installation (log text primary key, created_at bigint not null)`,
  `create table environment (
    id text primary key, title text not null, position bigint not null,
    requires_approval bigint not null check (requires_approval in (0, 1)), created_at bigint not null)`,
  `create table policy (id text primary key, created_at bigint not null, created_by text not null)`,
  `create table stored_text (digest text primary key, text text not null, created_at bigint not null)`,
  `create table revision (
    id text primary key, policy_id text not null references policy (id), number bigint not null check (number > 0),
    parent text references revision (id), version bigint not null, text text not null, digest text not null,
    timelines text not null, content_hash text not null, author text not null, contributors text not null,
    message text not null, reason text not null, ticket text,
    origin text not null check (origin in ('submitted', 'restored', 'imported')), created_at bigint not null,
    unique (policy_id, number))`,
  `create table review (
    id text primary key, revision_id text not null references revision (id), content_hash text not null,
    reviewer text not null, verdict text not null check (verdict in ('approve', 'request_changes')),
    message text not null, created_at bigint not null)`,
  `create index review_of on review (revision_id)`,
  `create table review_comment (
    id text primary key, revision_id text not null references revision (id), pointer text not null,
    reply_to text references review_comment (id), author text not null, text text not null, created_at bigint not null)`,
  `create index review_comment_of on review_comment (revision_id)`,
  `create table simulation_run (
    id text primary key, revision_id text not null references revision (id), content_hash text not null,
    passed bigint not null check (passed in (0, 1)), result text not null, requested_by text not null,
    created_at bigint not null)`,
  `create index simulation_run_of on simulation_run (revision_id)`,
  `create table release (
    id text primary key, environment text not null references environment (id), seq bigint not null check (seq > 0),
    policy_id text not null references policy (id), revision_id text not null references revision (id),
    digest text not null, content_hash text not null, text text not null,
    kind text not null check (kind in ('normal', 'scheduled', 'break_glass', 'imported')),
    reason text not null, ticket text, published_by text not null, approvals text not null,
    simulation_run text references simulation_run (id), created_at bigint not null, unique (environment, seq))`,
  `create index release_of on release (policy_id, environment, seq)`,
  `create table retrospective_review (
    id text primary key, release_id text not null references release (id), reviewer text not null,
    verdict text not null check (verdict in ('accept', 'object')), message text not null, created_at bigint not null)`,
  `create table planned_release (
    id text primary key, environment text not null references environment (id),
    policy_id text not null references policy (id), revision_id text not null references revision (id),
    content_hash text not null, reason text not null, ticket text, planned_by text not null, fire_at bigint not null,
    state text not null check (state in ('waiting', 'cancelled', 'fired', 'refused')), outcome text,
    created_at bigint not null)`,
  `create index planned_release_due on planned_release (state, fire_at)`,
  `create table audit_event (
    log text not null, seq bigint not null check (seq > 0), at bigint not null, type text not null,
    actor text not null, subject text not null, data text not null, prev_hash text not null, entry_hash text not null,
    primary key (log, seq))`,
  `create index audit_event_about on audit_event (log, subject, seq)`,
  `create index audit_event_by on audit_event (log, actor, seq)`,
  `create index audit_event_typed on audit_event (log, type, seq)`,
  `create table signing_key (
    id text primary key, name text not null, verifier_key text not null, created_at bigint not null)`,
  `create table checkpoint (
    log text not null, size bigint not null check (size > 0), root text not null, note text not null,
    key_id text not null references signing_key (id), frontier text not null,
    primary key (log, size))`,
  `create table draft (
    policy_id text primary key references policy (id), base_revision text references revision (id), text text not null,
    timelines text not null, lock_version bigint not null check (lock_version > 0), contributors text not null,
    updated_by text not null, updated_at bigint not null)`,
];

const EVIDENCE: readonly (readonly [table: string, ...key: string[]])[] = [
  ['installation', 'log'],
  ['policy', 'id'],
  ['stored_text', 'digest'],
  ['revision', 'id'],
  ['review', 'id'],
  ['review_comment', 'id'],
  ['simulation_run', 'id'],
  ['release', 'id'],
  ['retrospective_review', 'id'],
  ['audit_event', 'log', 'seq'],
  ['signing_key', 'id'],
  ['checkpoint', 'log', 'size'],
];

function guarded(kind: Kind) {
  return ([table, ...key]: readonly [string, ...string[]]) => appendOnly(kind, table, key);
}
