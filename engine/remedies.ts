/** What helps against each reason. */
import type { Unmet } from './collect.ts';
import type { ReasonCode, Remedy } from './decision.ts';
import { NONE, type Facts } from './facts.ts';

const HELPS: Readonly<Partial<Record<Remedy, readonly ReasonCode[]>>> = {
  connect: ['wipe_pending', 'clock_untrusted', 'online_required', 'quota_exhausted'],
  refresh: ['permission_snapshot_missing', 'permission_snapshot_stale', 'token_expired'],
  reauthenticate: [
    'signed_out',
    'never_authenticated',
    'reauth_required',
    'read_only',
    'token_invalid',
    'token_unverifiable',
  ],
  step_up: ['interaction_required', 'step_up_required'],
  wait_until: ['outside_schedule'],
  contact_admin: ['locked', 'permission_missing', 'device_not_compliant', 'storage_insufficient', 'risk_too_high'],
  update_policy: ['policy_missing', 'policy_invalid', 'policy_rollback', 'policy_equivocation', 'policy_expired'],
  update_app: ['schedule_unresolvable', 'obligation_unsupported'],
};

const REMEDY: ReadonlyMap<ReasonCode, Remedy> = new Map(
  Object.entries(HELPS).flatMap(([remedy, codes]) => codes.map((code) => [code, remedy as Remedy])),
);

function remedyOf({ reason, by }: Unmet, facts: Facts): Remedy {
  if (reason.code === 'assurance_insufficient') return by === 'assurance' ? 'reauthenticate' : 'step_up';
  if (reason.code === 'token_not_fresh') return facts.online ? 'refresh' : 'connect';
  return REMEDY.get(reason.code) ?? 'none';
}

/** In the order of the reasons, without repeats. */
export function remediesOf(unmet: readonly Unmet[], facts: Facts): readonly Remedy[] {
  return unmet.length === 0 ? NONE : [...new Set(unmet.map((each) => remedyOf(each, facts)))];
}
