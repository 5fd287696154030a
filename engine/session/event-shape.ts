/** Tells events from everything else that may arrive: events come from storage, the network and people's files. */
import { flag, isObject, member, text, texts } from '../own.ts';
import { isInstant } from '../request.ts';
import type { AccountEvent, AccountNotice, DeviceEvent, DeviceNotice, ServerEvent, SessionEvent } from './event.ts';

type Test = (value: unknown) => boolean;
type Shape = Readonly<Record<string, Test>>;
type Shapes<E extends SessionEvent> = Readonly<Record<E['type'], Shape>>;

const isText: Test = (value) => typeof value === 'string';
const isTexts: Test = (value) => Array.isArray(texts(value));
const isFlag: Test = (value) => typeof value === 'boolean';
const isLength: Test = (value) => Number.isInteger(value) && (value as number) >= 0;
const maybeText: Test = (value) => text(value) !== null;
const maybeTexts: Test = (value) => texts(value) !== null;
const maybeFlag: Test = (value) => flag(value) !== null;
const oneOf =
  (...words: readonly string[]): Test =>
  (value) =>
    words.includes(value as string);
const maybe =
  (test: Test): Test =>
  (value) =>
    value === undefined || test(value);
const hasShape =
  (shape: Shape): Test =>
  (value) =>
    isObject(value) && Object.entries(shape).every(([key, test]) => test(member(value, key)));

const ANY: Shape = {};
const SUBJECT: Shape = { iss: maybeText, tenant: maybeText, sub: isText };
const LISTS: Shape = { roles: maybeTexts, scopes: maybeTexts };
const maybeTokens = maybe(
  hasShape({ accessLifetime: isLength, refreshIdle: maybe(isLength), refreshAbsolute: maybe(isLength) }),
);

const DEVICE_NOTICES: Shapes<DeviceNotice> = {
  'risk-level-change': { level: oneOf('LOW', 'MEDIUM', 'HIGH') },
  'device-compliance-change': { compliant: isFlag },
};

const DEVICE_EVENTS: Shapes<DeviceEvent> = {
  ...DEVICE_NOTICES,
  'connectivity-change': { to: oneOf('online', 'offline', 'limited') },
  'clock-change': ANY,
  'time-zone-change': { to: isText },
  'policy-activated': { issuedAt: maybe(isInstant), expiresAt: maybe(isInstant) },
  'facts-change': { set: maybe(isObject), unset: maybeTexts },
  sleep: ANY,
  wake: ANY,
  reboot: ANY,
  'app-restart': ANY,
  'app-foreground': ANY,
  'app-background': ANY,
  'biometric-change': ANY,
  'storage-lost': ANY,
};

const ACCOUNT_NOTICES: Shapes<AccountNotice> = {
  'account-disabled': ANY,
  'account-purged': ANY,
  'account-enabled': ANY,
  'session-revoked': ANY,
  'credential-change': ANY,
  'credential-compromise': ANY,
  'token-claims-change': LISTS,
  'assurance-level-change': { acr: maybeText, change: oneOf('increase', 'decrease') },
};

const ACCOUNT_EVENTS: Shapes<AccountEvent> = {
  ...ACCOUNT_NOTICES,
  // A result that is not known is a transient one, so any word will do.
  'token-refresh': { result: isText, tokens: maybeTokens },
  'step-up': { result: oneOf('ok', 'failed', 'cancelled'), amr: isTexts, persisted: maybeFlag },
  'user-activity': ANY,
  'permission-snapshot': { ...LISTS, integrity: oneOf('signed', 'unsigned') },
  // The rest of what is asked is for the decision to judge.
  attempt: { capability: isText },
  'sign-out': { mode: oneOf('soft', 'hard'), cause: oneOf('user', 'refreshRejected', 'revoked', 'policy') },
  'session-presented': ANY,
  'other-sign-in': ANY,
  'command-enqueue': ANY,
  'command-execute': ANY,
  'command-result': ANY,
};

const EVENTS: Shapes<SessionEvent> = {
  ...DEVICE_EVENTS,
  ...ACCOUNT_EVENTS,
  'session-established': { ...SUBJECT, ...LISTS, amr: isTexts, acr: maybeText, tokens: maybeTokens },
  'account-switch': { to: hasShape(SUBJECT) },
};

/** True for a known event with every member that `apply` relies on. Never throws. */
export function isSessionEvent(value: unknown): value is SessionEvent {
  const type = isObject(value) ? member(value, 'type') : undefined;
  return isText(type) && Object.hasOwn(EVENTS, type as string) && hasShape(EVENTS[type as SessionEvent['type']])(value);
}

export function isDeviceEvent(event: SessionEvent): event is DeviceEvent {
  return Object.hasOwn(DEVICE_EVENTS, event.type);
}

export function isAccountNotice(event: SessionEvent): event is AccountNotice {
  return Object.hasOwn(ACCOUNT_NOTICES, event.type);
}

/** True for what the server sends of its own accord, which may name a subject and arrive late or twice. */
export function isServerEvent(event: SessionEvent): event is ServerEvent {
  return isAccountNotice(event) || Object.hasOwn(DEVICE_NOTICES, event.type);
}
