/** The answer to a request: outcome, every reason, what must be carried out, and how long it holds. */
import type { ClockState, Instant, Milliseconds, SessionCause } from './request.ts';

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

/**
 * What helps against each reason, as far as the code alone says. The order is the precedence, most serious first: what
 * nobody can fix at once stands before what a fingerprint mends, so nobody is asked for a fingerprint and then told to
 * reconnect.
 */
const REMEDIES = {
  engine_error: 'none',
  locked: 'contact_admin',
  wipe_pending: 'connect',
  signed_out: 'reauthenticate',
  never_authenticated: 'reauthenticate',
  account_mismatch: 'none',
  policy_missing: 'update_policy',
  policy_invalid: 'update_policy',
  policy_rollback: 'update_policy',
  policy_equivocation: 'update_policy',
  policy_expired: 'update_policy',
  unknown_capability: 'none',
  fact_missing: 'none',
  fact_invalid: 'none',
  permission_missing: 'contact_admin',
  device_not_compliant: 'contact_admin',
  storage_insufficient: 'contact_admin',
  risk_too_high: 'contact_admin',
  clock_untrusted: 'connect',
  reauth_required: 'reauthenticate',
  permission_snapshot_missing: 'refresh',
  permission_snapshot_stale: 'refresh',
  condition_not_met: 'none',
  read_only: 'reauthenticate',
  token_expired: 'refresh',
  token_invalid: 'reauthenticate',
  token_unverifiable: 'reauthenticate',
  online_required: 'connect',
  token_not_fresh: 'refresh',
  outside_schedule: 'wait_until',
  schedule_unresolvable: 'update_app',
  quota_exhausted: 'connect',
  assurance_insufficient: 'step_up',
  interaction_required: 'step_up',
  step_up_failed: 'none',
  step_up_required: 'step_up',
  obligation_unsupported: 'update_app',
} as const satisfies Readonly<Record<string, Remedy>>;

export type ReasonCode = keyof typeof REMEDIES;

/** Every reason code, in order of precedence. */
export const REASON_CODES = Object.keys(REMEDIES) as readonly ReasonCode[];

/** What the person can do on the spot: nothing else is asked of them. */
const CHALLENGES: readonly ReasonCode[] = ['step_up_required', 'assurance_insufficient'];

/** How a reason of some code stands among others, and what helps against it. */
export interface Standing {
  readonly code: ReasonCode;
  readonly outcome: 'challenge' | 'deny';
  /** Place in the precedence list; 0 is the most serious. */
  readonly rank: number;
  readonly remedy: Remedy;
}

const STANDINGS: ReadonlyMap<ReasonCode, Standing> = new Map(
  REASON_CODES.map((code, rank) => [
    code,
    { code, rank, remedy: REMEDIES[code], outcome: CHALLENGES.includes(code) ? 'challenge' : 'deny' },
  ]),
);

export function standingOf(code: ReasonCode): Standing {
  return STANDINGS.get(code) as Standing;
}

/** Place of a code in the precedence list; 0 is the most serious. */
export function rankOf(code: ReasonCode): number {
  return standingOf(code).rank;
}

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
