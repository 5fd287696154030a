/** The fixed lists of words of the policy language. */

/** Levels of sensitivity from the least to the most. */
export const LEVELS = ['public', 'internal', 'confidential', 'restricted'] as const;
export const CONNECTIVITY = ['online', 'offline', 'limited'];
export const AUTH_STATES = ['ACTIVE', 'OFFLINE_STALE', 'REAUTH_REQUIRED', 'LOCKED', 'SIGNED_OUT'];
export const CLOCK_STATES = ['ok', 'unproven_forward', 'unproven_reboot', 'rolled_back', 'untrusted'];
export const CAUSES = ['sessionRevoked', 'reuseDetected', 'credentialChange', 'refreshRejected'];
/** From the weakest protection to the strongest. */
export const PERSISTENT_STORAGE = ['plain', 'encrypted', 'os', 'hardware'];
export const STORAGE = ['memory', ...PERSISTENT_STORAGE];
export const BINDING = ['unchanged', 'changed'];
/** From the least risk to the most. */
export const RISK = ['LOW', 'MEDIUM', 'HIGH'];
export const INTEGRITY = ['signed', 'unsigned'];
export const FRESHNESS = ['fresh', 'stale', 'expired'];

const PRECEDENCE = `
  engine_error locked wipe_pending signed_out never_authenticated account_mismatch policy_missing policy_invalid
  policy_rollback policy_equivocation policy_expired unknown_capability fact_missing fact_invalid permission_missing
  device_not_compliant storage_insufficient risk_too_high clock_untrusted reauth_required permission_snapshot_missing
  permission_snapshot_stale condition_not_met read_only token_expired token_invalid token_unverifiable online_required
  token_not_fresh outside_schedule schedule_unresolvable quota_exhausted assurance_insufficient interaction_required
  step_up_failed step_up_required obligation_unsupported`
  .trim()
  .split(/\s+/);

/** Place of a code in the precedence list; 0 is what nobody can fix. */
export function precedenceOf(code: string): number {
  const place = PRECEDENCE.indexOf(code);
  if (place < 0) throw new TypeError(`${code} is not a reason code`);
  return place;
}

/** The code that stands first in the precedence list. */
export function firstOf(codes: readonly string[]): string | undefined {
  return [...codes].sort((a, b) => precedenceOf(a) - precedenceOf(b))[0];
}

/** Sorted by precedence; equal codes keep their order. */
export function byPrecedence<R extends { readonly code: string }>(reasons: readonly R[]): readonly R[] {
  return [...reasons].sort((a, b) => precedenceOf(a.code) - precedenceOf(b.code));
}
