/** How decisions and lane values look: a colour family and a pattern each, so that neither stands alone. */
import type { Decision, ReasonCode } from 'latchkey';
import type { LaneName } from '../../words/simulator.ts';

/** Colour families of the theme, and two quiet ones for lanes in which nothing is wrong. */
export type Tone =
  | 'permit'
  | 'challenge'
  | 'deny'
  | 'deny-account'
  | 'deny-session'
  | 'deny-grant'
  | 'deny-device'
  | 'deny-network'
  | 'deny-schedule'
  | 'deny-policy'
  | 'calm'
  | 'absent';

export type Pattern = 'solid' | 'dots' | 'stripes' | 'backstripes' | 'cross' | 'lines' | 'columns' | 'grid' | 'hollow';

export interface Look {
  readonly tone: Tone;
  readonly pattern: Pattern;
}

const ACCOUNT: Look = { tone: 'deny-account', pattern: 'grid' };
const SESSION: Look = { tone: 'deny-session', pattern: 'cross' };
const GRANT: Look = { tone: 'deny-grant', pattern: 'columns' };
const DEVICE: Look = { tone: 'deny-device', pattern: 'grid' };
const NETWORK: Look = { tone: 'deny-network', pattern: 'lines' };
const TOKEN: Look = { tone: 'deny-network', pattern: 'stripes' };
const SCHEDULE: Look = { tone: 'deny-schedule', pattern: 'backstripes' };
const POLICY: Look = { tone: 'deny-policy', pattern: 'dots' };
const FAULT: Look = { tone: 'deny', pattern: 'grid' };
const UNLOCK: Look = { tone: 'challenge', pattern: 'stripes' };

const LOOKS: Readonly<Record<ReasonCode, Look>> = {
  engine_error: FAULT,
  locked: ACCOUNT,
  wipe_pending: ACCOUNT,
  signed_out: ACCOUNT,
  never_authenticated: ACCOUNT,
  account_mismatch: ACCOUNT,
  policy_missing: POLICY,
  policy_invalid: POLICY,
  policy_rollback: POLICY,
  policy_equivocation: POLICY,
  policy_expired: POLICY,
  unknown_capability: POLICY,
  fact_missing: FAULT,
  fact_invalid: FAULT,
  permission_missing: GRANT,
  device_not_compliant: DEVICE,
  storage_insufficient: DEVICE,
  risk_too_high: DEVICE,
  clock_untrusted: SCHEDULE,
  reauth_required: SESSION,
  permission_snapshot_missing: GRANT,
  permission_snapshot_stale: GRANT,
  condition_not_met: POLICY,
  read_only: SESSION,
  token_expired: TOKEN,
  token_invalid: TOKEN,
  token_unverifiable: TOKEN,
  online_required: NETWORK,
  token_not_fresh: TOKEN,
  outside_schedule: SCHEDULE,
  schedule_unresolvable: SCHEDULE,
  quota_exhausted: DEVICE,
  assurance_insufficient: UNLOCK,
  interaction_required: UNLOCK,
  step_up_failed: UNLOCK,
  step_up_required: UNLOCK,
  obligation_unsupported: FAULT,
};

/** The look of a decision: its primary reason's, or for a permit what goes with it. */
export function lookOf({ reason, obligations, advice }: Decision): Look {
  if (reason !== null) return LOOKS[reason];
  if (advice.some(({ type }) => type === 'warn')) return { tone: 'permit', pattern: 'stripes' };
  if (obligations.some(({ type }) => type === 'readOnly')) return { tone: 'permit', pattern: 'columns' };
  return { tone: 'permit', pattern: obligations.length === 0 ? 'solid' : 'dots' };
}

const CALM: Look = { tone: 'calm', pattern: 'solid' };
const ABSENT: Look = { tone: 'absent', pattern: 'hollow' };

const LANE_LOOKS: Readonly<Record<string, Look>> = {
  offline: NETWORK,
  limited: { tone: 'challenge', pattern: 'stripes' },
  none: ABSENT,
  OFFLINE_STALE: { tone: 'challenge', pattern: 'stripes' },
  REAUTH_REQUIRED: SESSION,
  LOCKED: ACCOUNT,
  SIGNED_OUT: ACCOUNT,
  expiring: { tone: 'challenge', pattern: 'stripes' },
  expired: { tone: 'deny-policy', pattern: 'dots' },
  unsent: SESSION,
  unproven_forward: { tone: 'challenge', pattern: 'stripes' },
  unproven_reboot: { tone: 'challenge', pattern: 'stripes' },
  rolled_back: SCHEDULE,
  untrusted: SCHEDULE,
};

/** The look of a lane's value; only what limits a person stands out. */
export function laneLook(lane: LaneName, value: string): Look {
  return lane === 'policy' ? CALM : (LANE_LOOKS[value] ?? CALM);
}
