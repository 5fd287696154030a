/** Session events in words: a label for a chip, and a cause inside a sentence. */
import type { SessionEvent, SessionEventType } from 'latchkey/session';
import { lengthText } from './moments.ts';
import { capitalised, methodName } from './simulator.ts';

type Of<T extends SessionEventType> = Extract<SessionEvent, { type: T }>;

/** Events that carry something worth saying; the others are told by their type alone. */
type Telling =
  | 'token-refresh'
  | 'connectivity-change'
  | 'step-up'
  | 'permission-snapshot'
  | 'clock-change'
  | 'attempt'
  | 'command-execute'
  | 'risk-level-change'
  | 'policy-activated';

interface Told {
  readonly label: string;
  readonly cause: string;
}

const PLAIN: Readonly<Record<Exclude<SessionEventType, Telling>, Told>> = {
  'session-established': { label: 'Signed in', cause: 'the person signs in' },
  'account-switch': { label: 'Account switched', cause: 'another account is selected' },
  'device-compliance-change': { label: 'Compliance changed', cause: 'the device’s compliance changes' },
  'time-zone-change': { label: 'Time zone changed', cause: 'the device changes its time zone' },
  'facts-change': { label: 'Facts changed', cause: 'the app’s facts change' },
  sleep: { label: 'Device sleeps', cause: 'the device goes to sleep' },
  wake: { label: 'Device wakes', cause: 'the device wakes up' },
  reboot: { label: 'Reboot', cause: 'the device restarts' },
  'app-restart': { label: 'App restarted', cause: 'the app restarts' },
  'app-foreground': { label: 'App in front', cause: 'the app comes to the front' },
  'app-background': { label: 'App in background', cause: 'the app goes to the background' },
  'biometric-change': { label: 'Biometrics changed', cause: 'the device’s biometrics change' },
  'storage-lost': { label: 'Storage lost', cause: 'the device loses its storage' },
  'account-disabled': { label: 'Account disabled', cause: 'the account is disabled' },
  'account-purged': { label: 'Account purged', cause: 'the account is purged' },
  'account-enabled': { label: 'Account enabled', cause: 'the account is enabled again' },
  'session-revoked': { label: 'Session revoked', cause: 'the session is revoked' },
  'credential-change': { label: 'Credential changed', cause: 'a credential is changed' },
  'credential-compromise': { label: 'Credential leaked', cause: 'a credential is compromised' },
  'token-claims-change': { label: 'Permissions narrowed', cause: 'permissions are taken away' },
  'assurance-level-change': { label: 'Assurance changed', cause: 'the assurance of the sign-in changes' },
  'user-activity': { label: 'Activity', cause: 'the person is active' },
  'sign-out': { label: 'Signed out', cause: 'the person is signed out' },
  'session-presented': { label: 'Session presented', cause: 'the session is presented' },
  'other-sign-in': { label: 'Sign-in elsewhere', cause: 'the person signs in elsewhere' },
  'command-enqueue': { label: 'Command queued', cause: 'a command is queued' },
  'command-result': { label: 'Command answered', cause: 'a command is answered' },
};

const REFRESHES: Readonly<Record<Of<'token-refresh'>['result'], string>> = {
  ok: 'Token refreshed',
  transient: 'Refresh failed for now',
  invalid: 'Refresh refused',
  reuse_detected: 'Token reuse found',
  account_disabled: 'Refresh: account disabled',
  configuration: 'Refresh misconfigured',
  discarded: 'Refresh discarded',
};

function stepUp({ result, amr }: Of<'step-up'>): Told {
  const methods = amr.map(methodName);
  const label = capitalised(methods.join(' + '));
  return result === 'ok'
    ? { label, cause: `the person unlocks with ${methods.join(' and ')}` }
    : { label: `${label} ${result}`, cause: 'the unlock does not succeed' };
}

function permissions({ roles = [], scopes = [] }: Of<'permission-snapshot'>): Told {
  const names = [...roles, ...scopes].join(', ');
  return { label: `Permissions: ${names === '' ? 'none' : names}`, cause: 'new permissions arrive' };
}

function clockChange({ delta }: Of<'clock-change'>): Told {
  const way = delta < 0 ? 'back' : 'ahead';
  const by = lengthText(delta);
  return { label: `Clock ${way} ${by}`, cause: `the device clock is set ${way} by ${by}` };
}

function connectivity({ to }: Of<'connectivity-change'>): Told {
  return {
    label: `Goes ${to}`,
    cause: to === 'limited' ? 'the connection becomes limited' : `the device goes ${to}`,
  };
}

function tell(event: SessionEvent, titleOf: (capability: string) => string): Told {
  switch (event.type) {
    case 'token-refresh':
      return {
        label: REFRESHES[event.result],
        cause: event.result === 'ok' ? 'the session is refreshed' : 'refreshing the session fails',
      };
    case 'connectivity-change':
      return connectivity(event);
    case 'step-up':
      return stepUp(event);
    case 'permission-snapshot':
      return permissions(event);
    case 'clock-change':
      return clockChange(event);
    case 'attempt':
      return { label: `Tries ${titleOf(event.capability)}`, cause: 'the capability is used' };
    case 'command-execute':
      return event.capability === undefined
        ? { label: 'Command sent', cause: 'a command is sent' }
        : { label: `Sends ${titleOf(event.capability)}`, cause: 'a command is sent' };
    case 'risk-level-change': {
      const level = event.level.toLowerCase();
      return { label: `Risk ${level}`, cause: `the risk becomes ${level}` };
    }
    case 'policy-activated':
      return { label: `Policy version ${event.version}`, cause: `version ${event.version} of the policy takes effect` };
    default:
      return PLAIN[event.type];
  }
}

/** An event in a few words, as it stands on its chip. */
export function eventLabel(event: SessionEvent, titleOf: (capability: string) => string): string {
  return tell(event, titleOf).label;
}

/** An event as a cause: `the device goes offline`. */
export function eventCause(event: SessionEvent): string {
  return tell(event, (capability) => capability).cause;
}

/** Events that are told by more than their type, in the words of the menu that adds them. */
const BY_TYPE: Readonly<Record<Telling, string>> = {
  'token-refresh': 'Token refresh',
  'connectivity-change': 'Network changes',
  'step-up': 'Unlock by the person',
  'permission-snapshot': 'Permissions arrive',
  'clock-change': 'Clock is set',
  attempt: 'Tries a capability',
  'command-execute': 'Command sent',
  'risk-level-change': 'Risk changes',
  'policy-activated': 'Policy version takes effect',
};

/** A kind of event in a few words; a type nobody knows is shown as it is. */
export function eventTypeLabel(type: string): string {
  if (Object.hasOwn(BY_TYPE, type)) return BY_TYPE[type as Telling];
  return Object.hasOwn(PLAIN, type) ? PLAIN[type as keyof typeof PLAIN].label : type;
}
