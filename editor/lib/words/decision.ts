/** Decisions in words: outcomes, reasons, duties, advice and help. */
import type { Advice, AgeOf, Decision, Obligation, Outcome, Presentation, ReasonCode, Remedy } from 'latchkey';
import { lengthText } from './moments.ts';

export const OUTCOMES: Readonly<Record<Outcome, string>> = {
  permit: 'Allowed',
  challenge: 'Unlock first',
  deny: 'Denied',
};

/** Two or three words for a reason, as they stand inside a segment. */
export const REASON_LABELS: Readonly<Record<ReasonCode, string>> = {
  engine_error: 'Engine fault',
  locked: 'Locked',
  wipe_pending: 'Wipe pending',
  signed_out: 'Signed out',
  never_authenticated: 'Not signed in yet',
  account_mismatch: 'Other account',
  policy_missing: 'No policy',
  policy_invalid: 'Policy invalid',
  policy_rollback: 'Older policy',
  policy_equivocation: 'Conflicting policy',
  policy_expired: 'Policy expired',
  unknown_capability: 'Not in this policy',
  fact_missing: 'Fact missing',
  fact_invalid: 'Fact invalid',
  permission_missing: 'No permission',
  device_not_compliant: 'Device not compliant',
  storage_insufficient: 'Storage too weak',
  risk_too_high: 'Risk too high',
  clock_untrusted: 'Clock not trusted',
  reauth_required: 'Sign in again',
  permission_snapshot_missing: 'Permissions unknown',
  permission_snapshot_stale: 'Permissions too old',
  condition_not_met: 'Condition not met',
  read_only: 'Read only',
  token_expired: 'Token expired',
  token_invalid: 'Token invalid',
  token_unverifiable: 'Token unverified',
  online_required: 'Needs connection',
  token_not_fresh: 'Needs fresh token',
  outside_schedule: 'Outside hours',
  schedule_unresolvable: 'Hours unknown',
  quota_exhausted: 'Quota used up',
  assurance_insufficient: 'Stronger sign-in',
  interaction_required: 'Needs a person',
  step_up_failed: 'Unlock failed',
  step_up_required: 'Unlock first',
  obligation_unsupported: 'App too old',
};

/** What a person can do, as an instruction. */
const REMEDIES: Readonly<Record<Remedy, string>> = {
  connect: 'Connect to the network',
  refresh: 'Refresh the session while online',
  reauthenticate: 'Sign in again',
  step_up: 'Unlock with a fingerprint, a face or a PIN',
  wait_until: 'Wait until the schedule opens',
  contact_admin: 'Ask an administrator',
  update_policy: 'Fetch the current policy',
  update_app: 'Update the app',
  none: 'Nothing a person can do',
};

function has(decision: Decision, type: string): boolean {
  return decision.obligations.some((obligation) => obligation.type === type);
}

/** A decision in two or three words: `Allowed, queued`, `Needs connection`. */
export function decisionLabel(decision: Decision): string {
  if (decision.reason !== null) return REASON_LABELS[decision.reason];
  const extras = [
    ...(has(decision, 'enqueue') ? ['queued'] : []),
    ...(has(decision, 'readOnly') ? ['read only'] : []),
    ...(decision.advice.some(({ type }) => type === 'warn') ? ['warning'] : []),
  ];
  return [OUTCOMES.permit, ...extras].join(', ');
}

/** A decision with its outcome in front: `Denied: sign in again`. */
export function decisionTitle(decision: Decision): string {
  const label = decisionLabel(decision);
  if (decision.outcome === 'permit' || label === OUTCOMES[decision.outcome]) return label;
  return `${OUTCOMES[decision.outcome]}: ${label.charAt(0).toLowerCase()}${label.slice(1)}`;
}

const OBLIGATIONS: Readonly<Record<string, string>> = {
  enqueue: 'keep it in the queue and send it once online',
  readOnly: 'show the data without letting anybody change it',
  audit: 'write it to the audit trail',
  clearTokens: 'forget the tokens',
  lock: 'lock itself',
  wipe: 'erase the data',
  revokeOnReconnect: 'revoke the tokens once online',
  refreshOnReconnect: 'refresh the session once online',
};

/** An obligation as what the app must do; an unknown one by its name. */
export function obligationText({ type }: Obligation): string {
  return OBLIGATIONS[type] ?? `carry out “${type}”`;
}

const AGES: Readonly<Record<AgeOf, string>> = {
  serverConfirmation: 'connect soon: the server last confirmed the session long ago',
  authTime: 'sign in again soon',
  permissionSnapshot: 'refresh soon: the permissions are getting old',
  policyIssue: 'update soon: the policy is getting old',
  activity: 'stay active: the session is about to lapse',
};

const SHOWN: Readonly<Record<Presentation, string>> = {
  banner: 'a banner',
  blocking: 'a screen that blocks',
  toast: 'a short notice',
};

/** An advice as what the app may show, with the time that is left where it is known. */
export function adviceText(advice: Advice): string {
  if (advice.type === 'present') return SHOWN[advice.as];
  const left = advice.remaining === null ? '' : ` (${lengthText(advice.remaining)} left)`;
  return `a warning: ${AGES[advice.of]}${left}`;
}

/** What a person can do about a decision, most useful first; a step-up names the methods that the policy accepts. */
export function helpTexts(decision: Decision, methods: string | undefined): readonly string[] {
  return decision.remedies.map((remedy) =>
    remedy === 'step_up' && methods !== undefined ? `Unlock with ${methods}` : REMEDIES[remedy],
  );
}
