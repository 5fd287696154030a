import type { AccountTables } from './account-tables.ts';

/** The rows of the store. Instants are Unix milliseconds, flags 0 or 1, lists and objects JSON text. */

/** This installation, made once: its log's name is the origin in every checkpoint. */
export interface InstallationRow {
  log: string;
  created_at: number;
}

/** Where apps run: every environment has its own sequence of releases. */
export interface EnvironmentRow {
  id: string;
  title: string;
  position: number;
  /** 1: publishing needs an approval by somebody else. 0: a single person may publish, visibly. */
  requires_approval: number;
  created_at: number;
}

export interface PolicyRow {
  id: string;
  created_at: number;
  created_by: string;
}

/** A text by what it says: timelines are kept once, however many revisions hold them. */
export interface StoredTextRow {
  /** SHA-256 of the UTF-8 bytes, lower-case hex. */
  digest: string;
  text: string;
  created_at: number;
}

/** What somebody submitted: the policy's exact text and the timelines that test it. */
export interface RevisionRow {
  id: string;
  policy_id: string;
  /** 1, 2, … within the policy, without gaps. */
  number: number;
  parent: string | null;
  /** The document's own `version`. */
  version: number;
  text: string;
  /** SHA-256 of `text` as UTF-8, lower-case hex. */
  digest: string;
  /** JSON: `[{ name, digest }]`, by name. */
  timelines: string;
  /** What a review is bound to: see `contentHash`. */
  content_hash: string;
  author: string;
  /** JSON: ids of all who wrote in the draft, the author included. */
  contributors: string;
  /** What changed, in a sentence. */
  message: string;
  /** Why; empty for what came from files. */
  reason: string;
  /** The name of a ticket elsewhere. */
  ticket: string | null;
  /** `submitted`, `restored` from an earlier revision, or `imported` from files. */
  origin: string;
  created_at: number;
}

export interface ReviewRow {
  id: string;
  revision_id: string;
  content_hash: string;
  reviewer: string;
  /** `approve` or `request_changes`. */
  verdict: string;
  message: string;
  created_at: number;
}

export interface ReviewCommentRow {
  id: string;
  revision_id: string;
  /** JSON Pointer into the document. */
  pointer: string;
  reply_to: string | null;
  author: string;
  text: string;
  created_at: number;
}

/** A run of a revision's timelines on the server, from the stored bytes. */
export interface SimulationRunRow {
  id: string;
  revision_id: string;
  content_hash: string;
  /** 1: every expectation of every timeline held. */
  passed: number;
  /** JSON: what each timeline gave. */
  result: string;
  requested_by: string;
  created_at: number;
}

/** What was published: the bytes, and on whose word. */
export interface ReleaseRow {
  id: string;
  environment: string;
  /** 1, 2, … within the environment, without gaps. */
  seq: number;
  policy_id: string;
  revision_id: string;
  digest: string;
  content_hash: string;
  text: string;
  /** `normal`, `scheduled`, `break_glass` or `imported`. */
  kind: string;
  reason: string;
  ticket: string | null;
  published_by: string;
  /** JSON: ids of the reviews that approved exactly these bytes. */
  approvals: string;
  simulation_run: string | null;
  created_at: number;
}

/** The look back at a publish that went out without an approval. */
export interface RetrospectiveReviewRow {
  id: string;
  release_id: string;
  reviewer: string;
  /** `accept` or `object`. */
  verdict: string;
  message: string;
  created_at: number;
}

/** A publish that waits for its hour, and is checked again then. */
export interface PlannedReleaseRow {
  id: string;
  environment: string;
  policy_id: string;
  revision_id: string;
  content_hash: string;
  reason: string;
  ticket: string | null;
  planned_by: string;
  fire_at: number;
  /** `waiting`, `cancelled`, `fired` or `refused`. */
  state: string;
  /** Why it was refused, or the release it became. */
  outcome: string | null;
  created_at: number;
}

export interface AuditEventRow {
  log: string;
  /** 1, 2, … within the log, without gaps. */
  seq: number;
  at: number;
  /** Such as `revision.submitted`. */
  type: string;
  /** A user's id, or `system`. Never a name or an address. */
  actor: string;
  /** What it is about, such as `policy/field-service`. */
  subject: string;
  /** JSON. */
  data: string;
  prev_hash: string;
  entry_hash: string;
}

export interface CheckpointRow {
  log: string;
  size: number;
  /** RFC 6962 root over the entry hashes, lower-case hex. */
  root: string;
  /** The signed note, as C2SP tlog-checkpoint words it. */
  note: string;
  key_id: string;
  /** JSON: the roots of the complete subtrees, for going on from here. */
  frontier: string;
}

export interface SigningKeyRow {
  id: string;
  /** The name in the key's signature lines. */
  name: string;
  /** The C2SP verifier key, made for handing out. */
  verifier_key: string;
  created_at: number;
}

/** Work in progress, one a policy; evidence begins when it is submitted. */
export interface DraftRow {
  policy_id: string;
  base_revision: string | null;
  text: string;
  /** JSON: `[{ name, text }]`, by name. */
  timelines: string;
  /** Goes up by one with every save; a save names the one it was made from. */
  lock_version: number;
  /** JSON: ids of all who saved it since its base. */
  contributors: string;
  updated_by: string;
  updated_at: number;
}

export interface SchemaMigrationRow {
  id: number;
  name: string;
  hash: string;
  applied_at: number;
}

export interface Tables extends AccountTables {
  installation: InstallationRow;
  environment: EnvironmentRow;
  policy: PolicyRow;
  stored_text: StoredTextRow;
  revision: RevisionRow;
  review: ReviewRow;
  review_comment: ReviewCommentRow;
  simulation_run: SimulationRunRow;
  release: ReleaseRow;
  retrospective_review: RetrospectiveReviewRow;
  planned_release: PlannedReleaseRow;
  audit_event: AuditEventRow;
  checkpoint: CheckpointRow;
  signing_key: SigningKeyRow;
  draft: DraftRow;
  schema_migration: SchemaMigrationRow;
}
