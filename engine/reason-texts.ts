/** What a person is told about each reason code, and what whoever looks after the app should know about it. */
import type { ReasonCode } from './decision.ts';

export interface ReasonText {
  /** For the person in front of the app. */
  readonly message: string;
  /** For authors, developers and support. */
  readonly help: string;
}

export const REASON_TEXTS: Readonly<Record<ReasonCode, ReasonText>> = {
  engine_error: {
    message: 'Something went wrong in the app',
    help: 'The engine met a fault of its own and denied to be safe. Report it together with the policy and the request.',
  },
  locked: {
    message: 'Account locked',
    help: 'The server disabled the account. Nothing opens before it is enabled again and the person signs in.',
  },
  wipe_pending: {
    message: 'Connect to keep your data',
    help: 'The server has not confirmed the session for as long as `wipe` allows. Connecting and signing in ends the wait; a proven age or a refused sign-in wipes.',
  },
  signed_out: {
    message: 'Sign in to continue',
    help: 'The person signed out. Data that was kept opens again when the same person signs in.',
  },
  never_authenticated: {
    message: 'Sign in to get started',
    help: 'There is no session, or the server has never confirmed one on this device. The first sign-in needs a connection.',
  },
  account_mismatch: {
    message: 'This belongs to another account',
    help: 'What is asked for was made under another account than the one selected. Switch to that account.',
  },
  policy_missing: {
    message: 'The app is not set up yet',
    help: 'No policy is on the device, so everything is denied. Fetch one, or build one into the app.',
  },
  policy_invalid: {
    message: 'The app needs an update of its rules',
    help: 'The policy that was offered cannot be read or is not signed as it should be. The last good one stays in force if there is one.',
  },
  policy_rollback: {
    message: 'The app was offered outdated rules',
    help: 'A policy with a lower version than the one in force was offered and refused. To go back, publish the old content as a new version.',
  },
  policy_equivocation: {
    message: 'The app was offered conflicting rules',
    help: 'Two different policies carry the same id and version. One of them is not what was published.',
  },
  policy_expired: {
    message: 'Connect to update the app’s rules',
    help: 'The policy is past its expiry, or older than a `maxAge` of `policyIssue` allows. Connect, so that a newer one can be fetched.',
  },
  unknown_capability: {
    message: 'Not available',
    help: 'The policy in force does not list this capability, so it is denied. Check the spelling of its id, or add it to `capabilities`.',
  },
  fact_missing: {
    message: 'The app lacks information to allow this',
    help: 'A fact that the rule needs is absent from the request. The path names the rule; the runtime must supply the fact.',
  },
  fact_invalid: {
    message: 'The app has wrong information to allow this',
    help: 'A fact is of the wrong type, not finite, or dated in the future. Compare the request with what the rule at the path reads.',
  },
  permission_missing: {
    message: 'You do not have permission',
    help: 'The permission snapshot is known and lacks the role or scope that the `grant` asks for. An administrator can give it.',
  },
  device_not_compliant: {
    message: 'This device does not meet the rules',
    help: 'Device management does not report the device as compliant.',
  },
  storage_insufficient: {
    message: 'This device cannot protect the data well enough',
    help: 'The storage on the device protects data less well than `storageAtLeast` asks.',
  },
  risk_too_high: {
    message: 'Not available while the risk is high',
    help: 'The reported risk level is above `atMost`.',
  },
  clock_untrusted: {
    message: 'Connect to check the time',
    help: 'The device’s clock was turned back, or its record is damaged, or the rule asks for proven time. The next confirmation by the server puts it right.',
  },
  reauth_required: {
    message: 'Sign in again',
    help: 'The session is too old for the rule, or the server no longer accepts it. The detail says which age or cause.',
  },
  permission_snapshot_missing: {
    message: 'Connect to load your permissions',
    help: 'No permission snapshot is on the device, or it lacks the list, the date or the signature that the rule asks for.',
  },
  permission_snapshot_stale: {
    message: 'Connect to update your permissions',
    help: 'The permission snapshot is older than the rule allows. A refresh fetches a new one.',
  },
  condition_not_met: {
    message: 'Not available right now',
    help: 'The condition of a `when` is false. The path names it.',
  },
  read_only: {
    message: 'You can look but not change',
    help: 'Reading goes on and writing waits: until a new sign-in, a valid access token or a permission snapshot, depending on the rule at the path.',
  },
  token_expired: {
    message: 'Your session needs to be renewed',
    help: 'The access token is past its expiry. A refresh brings a new one.',
  },
  token_invalid: {
    message: 'Your session could not be verified',
    help: 'The access token failed verification. Do not use it; sign in again.',
  },
  token_unverifiable: {
    message: 'Your session cannot be verified right now',
    help: 'Nobody could tell whether the access token is genuine, for instance because its key is not known offline.',
  },
  online_required: {
    message: 'Requires connection',
    help: 'The rule asks for a connection to the server, and the device is offline or on a limited network.',
  },
  token_not_fresh: {
    message: 'Your session is being renewed',
    help: 'There is no access token, or it is about to expire and the rule asks for a fresh one. A refresh brings one.',
  },
  outside_schedule: {
    message: 'Not available at this time',
    help: 'The present time is outside the windows of the schedule at the path.',
  },
  schedule_unresolvable: {
    message: 'Update the app to check the schedule',
    help: 'The machine does not know the time zone of the schedule, so it cannot tell whether it is open.',
  },
  quota_exhausted: {
    message: 'Connect to continue: the offline limit is reached',
    help: 'The capability has been used as often as the quota allows since the last confirmation by the server.',
  },
  assurance_insufficient: {
    message: 'Confirm who you are in a stronger way',
    help: 'The proof or the sign-in was made with another method than the rule asks for.',
  },
  interaction_required: {
    message: 'Open the app to continue',
    help: 'The rule asks for a proof by the person, and nobody can be asked in the background.',
  },
  step_up_failed: {
    message: 'Could not confirm that it is you',
    help: 'The person was asked and did not pass. After a pause another method may be offered.',
  },
  step_up_required: {
    message: 'Unlock to continue',
    help: 'The rule asks for a recent proof that the person is there: a fingerprint, a face, a PIN.',
  },
  obligation_unsupported: {
    message: 'Update the app to continue',
    help: 'The decision carries an obligation that this version of the app does not know, so it must deny.',
  },
};
