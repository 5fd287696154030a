/**
 * Problems found in what people write: policies, timelines, requests on disk.
 * Problems are values and are reported all at once, sorted by position.
 */

/** Codes for policy documents (the stable, documented list). */
export type PolicyDiagnosticCode =
  | 'invalid_json'
  | 'cap_exceeded'
  | 'duplicate_key'
  | 'forbidden_key'
  | 'unsafe_integer'
  | 'unknown_key'
  | 'missing_key'
  | 'conflicting_keys'
  | 'wrong_type'
  | 'unknown_value'
  | 'out_of_range'
  | 'bad_id'
  | 'duplicate_id'
  | 'duplicate_value'
  | 'bad_duration'
  | 'bad_time'
  | 'bad_date'
  | 'empty_window'
  | 'empty_list'
  | 'empty_group'
  | 'unknown_kind'
  | 'unknown_tier'
  | 'unknown_zone'
  | 'unknown_fact'
  | 'unknown_operator'
  | 'unknown_condition'
  | 'unknown_amr'
  | 'condition_cycle'
  | 'bad_path'
  | 'type_mismatch'
  | 'device_zone_not_allowed'
  | 'read_only_not_allowed'
  | 'state_opens_sensitive_tier'
  | 'enqueue_needs_server_bound'
  | 'unsatisfiable';

/** Codes that only timeline documents can give, besides the ones they share with policies. */
export type TimelineDiagnosticCode =
  | 'bad_instant'
  | 'unknown_event'
  | 'unknown_policy'
  | 'unknown_capability'
  | 'event_out_of_order'
  | 'event_after_end'
  | 'confirmation_offline'
  | 'too_many_tokens'
  | 'bad_version';

/** Codes of lint: warnings about policies that are valid. */
export type LintCode =
  | 'offline_privilege_creep'
  | 'redundant_constraint'
  | 'tier_order'
  | 'long_window'
  | 'schedule_gap'
  | 'unproven_schedule'
  | 'long_step_up'
  | 'personal_data'
  | 'review_overdue'
  | 'unused_fact'
  | 'unused_condition'
  | 'unused_tier';

/** Codes that only command-line or host input can give. */
export type InputDiagnosticCode = 'unreadable_file';

export type DiagnosticCode = PolicyDiagnosticCode | TimelineDiagnosticCode | LintCode | InputDiagnosticCode;

export type Severity = 'error' | 'warning';

/** One problem, with its place. `line` and `column` count from 1; `column` counts UTF-16 units. */
export interface Diagnostic {
  readonly code: DiagnosticCode;
  readonly severity: Severity;
  /** JSON Pointer: the offending value; the object for a missing key; the second of a pair of duplicates. */
  readonly pointer: string;
  readonly line: number;
  readonly column: number;
  /** A lowercase sentence without a full stop; user input stands in backticks. */
  readonly message: string;
  /** What to write instead, when one thing is clearly meant. */
  readonly help?: string;
}

/** A value, or every problem that stands in its way. Warnings never stop a value. */
export type Result<T> =
  | { readonly ok: true; readonly value: T; readonly warnings: readonly Diagnostic[] }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };
