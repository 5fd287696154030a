/** What can happen to a session. Names follow CAEP and RISC where they have one. */
import type {
  Connectivity,
  Instant,
  Integrity,
  Milliseconds,
  Request,
  Resource,
  RiskLevel,
  Subject,
} from '../request.ts';

export interface TokenLifetimes {
  readonly accessLifetime: Milliseconds;
  readonly refreshIdle?: Milliseconds;
  readonly refreshAbsolute?: Milliseconds;
}

/** What the refresh attempt came to, already classified. Anything unknown is `transient`. */
export type RefreshResult =
  'ok' | 'transient' | 'invalid' | 'reuse_detected' | 'account_disabled' | 'configuration' | 'discarded';

/** The server confirmed who is there: without `tokens` nothing is known of them and none counts as usable. */
export interface SessionEstablished extends Subject {
  readonly type: 'session-established';
  readonly amr: readonly string[];
  readonly acr?: string;
  readonly roles?: readonly string[];
  readonly scopes?: readonly string[];
  readonly tokens?: TokenLifetimes;
}

export interface TokenRefresh {
  readonly type: 'token-refresh';
  readonly result: RefreshResult;
  readonly tokens?: TokenLifetimes;
}

/** `persisted` absent means that the proof lives in memory only. */
export interface StepUpEvent {
  readonly type: 'step-up';
  readonly result: 'ok' | 'failed' | 'cancelled';
  readonly amr: readonly string[];
  readonly persisted?: boolean;
}

export interface PermissionSnapshot {
  readonly type: 'permission-snapshot';
  readonly roles?: readonly string[];
  readonly scopes?: readonly string[];
  readonly integrity: Integrity;
}

export interface Attempt {
  readonly type: 'attempt';
  readonly capability: string;
  readonly resource?: Resource;
  readonly interactive?: boolean;
}

export interface SignOutEvent {
  readonly type: 'sign-out';
  readonly mode: 'soft' | 'hard';
  readonly cause: 'user' | 'refreshRejected' | 'revoked' | 'policy';
}

/** What an event that the server sent may say of itself. */
interface ServerSent {
  /** An event is applied once, however often it arrives. */
  readonly jti?: string;
  readonly eventTimestamp?: Instant;
  readonly receivedAt?: Instant;
  readonly initiatingEntity?: string;
  /** Whom it is about; absent: the selected account. Members that a kept account lacks match none. */
  readonly subject?: Readonly<Record<string, unknown>>;
}

export interface TokenClaimsChange extends ServerSent {
  readonly type: 'token-claims-change';
  readonly roles?: readonly string[];
  readonly scopes?: readonly string[];
}

interface AssuranceLevelChange extends ServerSent {
  readonly type: 'assurance-level-change';
  readonly acr?: string;
  readonly change: 'increase' | 'decrease';
}

/** Events of the server about one account. */
export type AccountNotice =
  | (ServerSent & {
      readonly type:
        | 'account-disabled'
        | 'account-purged'
        | 'account-enabled'
        | 'session-revoked'
        | 'credential-change'
        | 'credential-compromise';
    })
  | TokenClaimsChange
  | AssuranceLevelChange;

/** Events of the server about the device and what is thought of it. */
export type DeviceNotice =
  | (ServerSent & { readonly type: 'risk-level-change'; readonly level: RiskLevel })
  | (ServerSent & { readonly type: 'device-compliance-change'; readonly compliant: boolean });

export type ServerEvent = AccountNotice | DeviceNotice;

/** Events that belong to the device, whoever is signed in. */
export type DeviceEvent =
  | DeviceNotice
  | { readonly type: 'connectivity-change'; readonly to: Connectivity }
  /** The wall clock is moved by `delta` ms (negative: back). Nothing in the session changes. */
  | { readonly type: 'clock-change'; readonly delta: Milliseconds }
  | { readonly type: 'time-zone-change'; readonly to: string }
  | {
      readonly type: 'policy-activated';
      readonly version: number;
      readonly issuedAt?: Instant;
      readonly expiresAt?: Instant;
    }
  | {
      readonly type: 'facts-change';
      readonly set?: NonNullable<Request['facts']>;
      readonly unset?: readonly string[];
    }
  | {
      readonly type:
        | 'sleep'
        | 'wake'
        | 'reboot'
        | 'app-restart'
        | 'app-foreground'
        | 'app-background'
        | 'biometric-change'
        | 'storage-lost';
    };

/** A command that was let into the queue is sent; the caller decides again. */
interface CommandExecute {
  readonly type: 'command-execute';
  readonly capability?: string;
}

/** Events that change nothing on the device; a timeline may list them. */
interface Remark {
  readonly type: 'session-presented' | 'other-sign-in' | 'command-enqueue' | 'command-result';
}

/** Events that happen to one account. */
export type AccountEvent =
  | AccountNotice
  | TokenRefresh
  | StepUpEvent
  | { readonly type: 'user-activity' }
  | PermissionSnapshot
  | Attempt
  | SignOutEvent
  | CommandExecute
  | Remark;

export type SessionEvent =
  SessionEstablished | { readonly type: 'account-switch'; readonly to: Subject } | DeviceEvent | AccountEvent;

export type SessionEventType = SessionEvent['type'];
