/** The answer to a request: outcome, every reason, what must be carried out, and how long it holds. */
import type { ClockState, Instant, Milliseconds, SessionCause } from './request.ts';

/**
 * Every reason code, most serious first: what nobody can fix at once stands before what a fingerprint
 * mends, so nobody is asked for a fingerprint and then told to reconnect. The order is the precedence.
 */
export const REASON_CODES = [
  'engine_error',
  'locked',
  'wipe_pending',
  'signed_out',
  'never_authenticated',
  'account_mismatch',
  'policy_missing',
  'policy_invalid',
  'policy_rollback',
  'policy_equivocation',
  'policy_expired',
  'unknown_capability',
  'fact_missing',
  'fact_invalid',
  'permission_missing',
  'device_not_compliant',
  'storage_insufficient',
  'risk_too_high',
  'clock_untrusted',
  'reauth_required',
  'permission_snapshot_missing',
  'permission_snapshot_stale',
  'condition_not_met',
  'read_only',
  'token_expired',
  'token_invalid',
  'token_unverifiable',
  'online_required',
  'token_not_fresh',
  'outside_schedule',
  'schedule_unresolvable',
  'quota_exhausted',
  'assurance_insufficient',
  'interaction_required',
  'step_up_failed',
  'step_up_required',
  'obligation_unsupported',
] as const;

export type ReasonCode = (typeof REASON_CODES)[number];

export type Outcome = 'permit' | 'challenge' | 'deny';

export type ReasonDetail =
  | 'serverConfirmation'
  | 'authTime'
  | 'activity'
  | 'policyIssue'
  | 'deviceBinding'
  | 'refreshTokenExpired'
  | SessionCause;

/** Why something is not permitted. One failing leaf constraint or gate gives exactly one. */
export interface Reason {
  readonly code: ReasonCode;
  /** JSON Pointer of the constraint in the document; `""` for a gate that no constraint stands for. */
  readonly path: string;
  readonly detail?: ReasonDetail;
  /** What was found: an age in ms, an instant, a word, a list. */
  readonly actual?: unknown;
  /** What would have been enough, in the unit of `actual`. */
  readonly limit?: unknown;
  /** `limit − actual` in ms where both are times: negative says by how much it is missed. */
  readonly margin?: Milliseconds;
}

/** Another branch of a failing `anyOf`, with what stands in its way. */
export interface Alternative {
  /** JSON Pointer of the `anyOf`. */
  readonly group: string;
  /** JSON Pointer of the branch. */
  readonly path: string;
  readonly reasons: readonly Reason[];
}

export interface Obligation {
  readonly type: string;
  readonly [parameter: string]: unknown;
}

export type AgeOf = 'serverConfirmation' | 'authTime' | 'permissionSnapshot' | 'policyIssue' | 'activity';

export type Presentation = 'banner' | 'blocking' | 'toast';

export type Advice =
  | { readonly type: 'warn'; readonly of: AgeOf; readonly remaining: Milliseconds | null }
  | { readonly type: 'present'; readonly as: Presentation };

export type Remedy =
  | 'connect'
  | 'refresh'
  | 'reauthenticate'
  | 'step_up'
  | 'wait_until'
  | 'contact_admin'
  | 'update_policy'
  | 'update_app'
  | 'none';

export type Mode = 'enforce' | 'report_only';

export interface Decision {
  readonly outcome: Outcome;
  /** The capability asked for; `""` when the request did not name one in text. */
  readonly capability: string;
  /** The primary reason: the first of `reasons`. */
  readonly reason: ReasonCode | null;
  /** All of them, sorted by precedence. */
  readonly reasons: readonly Reason[];
  readonly alternatives?: readonly Alternative[];
  /** What a person or the app can do, in the order of the reasons, without repeats. */
  readonly remedies: readonly Remedy[];
  /** Must be carried out; one that the app does not know turns its answer into deny `obligation_unsupported`. */
  readonly obligations: readonly Obligation[];
  /** Under `report_only`: what the obligations would have been. */
  readonly recorded?: readonly Obligation[];
  readonly advice: readonly Advice[];
  /** The decision is constant on [evaluatedAt, validUntil) while no fact changes; null: for good. */
  readonly validUntil: Instant | null;
  /** The trusted `now` of the request; null when it had none. */
  readonly evaluatedAt: Instant | null;
  readonly clockState: ClockState | null;
  /** Online and ACTIVE: the server could have objected. */
  readonly confirmed: boolean;
  readonly mode: Mode;
  readonly policy: { readonly id: string; readonly version: number; readonly digest: string | null };
}

/** Place of a code in the precedence list; 0 is the most serious. */
export function rankOf(code: ReasonCode): number {
  return REASON_CODES.indexOf(code);
}
