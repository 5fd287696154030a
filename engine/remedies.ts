/** What helps against each reason. */
import type { Unmet } from './collect.ts';
import type { ReasonCode, Remedy } from './decision.ts';
import type { Facts } from './facts.ts';

const REMEDY: Readonly<Partial<Record<ReasonCode, Remedy>>> = {
  locked: 'contact_admin',
  wipe_pending: 'connect',
  signed_out: 'reauthenticate',
  never_authenticated: 'reauthenticate',
  policy_missing: 'update_policy',
  policy_invalid: 'update_policy',
  policy_rollback: 'update_policy',
  policy_equivocation: 'update_policy',
  policy_expired: 'update_policy',
  permission_missing: 'contact_admin',
  device_not_compliant: 'contact_admin',
  storage_insufficient: 'contact_admin',
  risk_too_high: 'contact_admin',
  clock_untrusted: 'connect',
  reauth_required: 'reauthenticate',
  permission_snapshot_missing: 'refresh',
  permission_snapshot_stale: 'refresh',
  read_only: 'reauthenticate',
  token_expired: 'refresh',
  token_invalid: 'reauthenticate',
  token_unverifiable: 'reauthenticate',
  online_required: 'connect',
  outside_schedule: 'wait_until',
  schedule_unresolvable: 'update_app',
  quota_exhausted: 'connect',
  interaction_required: 'step_up',
  step_up_required: 'step_up',
  obligation_unsupported: 'update_app',
};

function remedyOf({ reason, by }: Unmet, facts: Facts): Remedy {
  if (reason.code === 'assurance_insufficient') return by === 'assurance' ? 'reauthenticate' : 'step_up';
  if (reason.code === 'token_not_fresh') return facts.online ? 'refresh' : 'connect';
  return REMEDY[reason.code] ?? 'none';
}

const NONE: readonly never[] = [];

/** In the order of the reasons, without repeats. */
export function remediesOf(unmet: readonly Unmet[], facts: Facts): readonly Remedy[] {
  return unmet.length === 0 ? NONE : [...new Set(unmet.map((each) => remedyOf(each, facts)))];
}
