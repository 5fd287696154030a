/** What a person or the app can do about each reason, in the order of the reasons, without repeats. */
import type { PlacedReason } from './evaluate.ts';

const REMEDIES: Readonly<Record<string, readonly string[]>> = {
  connect: ['online_required', 'quota_exhausted', 'wipe_pending', 'clock_untrusted'],
  refresh: ['token_expired', 'permission_snapshot_missing', 'permission_snapshot_stale'],
  reauthenticate: [
    'never_authenticated',
    'signed_out',
    'reauth_required',
    'read_only',
    'token_invalid',
    'token_unverifiable',
  ],
  step_up: ['step_up_required', 'interaction_required'],
  wait_until: ['outside_schedule'],
  contact_admin: ['locked', 'permission_missing', 'device_not_compliant', 'storage_insufficient', 'risk_too_high'],
  update_policy: ['policy_missing', 'policy_invalid', 'policy_rollback', 'policy_equivocation', 'policy_expired'],
  update_app: ['obligation_unsupported', 'schedule_unresolvable'],
};

export function remedies(reasons: readonly PlacedReason[], online: boolean): readonly string[] {
  return [...new Set(reasons.map((reason) => remedy(reason, online)))];
}

function remedy({ code, kind }: PlacedReason, online: boolean): string {
  if (code === 'token_not_fresh') return online ? 'refresh' : 'connect';
  if (code === 'assurance_insufficient') return kind === 'assurance' ? 'reauthenticate' : 'step_up';
  return Object.keys(REMEDIES).find((each) => REMEDIES[each]?.includes(code) === true) ?? 'none';
}
