/** What a device remembers between events: one device, any number of kept accounts, one of them selected. */
import type { ClockRecord } from '../clock/index.ts';
import type {
  AccessTokenFacts,
  AuthState,
  Connectivity,
  DeviceFacts,
  Instant,
  PermissionFacts,
  PolicyFacts,
  RefreshTokenFacts,
  RiskLevel,
  SessionCause,
  StepUpProof,
  Subject,
} from '../request.ts';

/** Facts of the device itself, shared by every account on it. */
export interface DeviceState {
  readonly connectivity: Connectivity;
  readonly facts: DeviceFacts;
  readonly risk: RiskLevel;
  readonly policy?: PolicyFacts;
  /** Declared custom facts. */
  readonly custom: Readonly<Record<string, unknown>>;
  /** Identifiers of server events already applied. */
  readonly seenJti: readonly string[];
}

/** A proof as kept: one that is not `persisted` goes when the app restarts. */
export interface KeptProof extends StepUpProof {
  readonly persisted: boolean;
}

/** One kept account. `clock` is null only when its record was lost or damaged. */
export interface Account extends Subject {
  readonly authState: AuthState;
  readonly cause?: SessionCause;
  readonly establishedAt: Instant;
  readonly lastConfirmedAt: Instant;
  readonly authTime: Instant;
  readonly lastActivityAt: Instant;
  readonly acr?: string;
  readonly amr: readonly string[];
  readonly accessToken?: AccessTokenFacts;
  readonly refreshToken?: RefreshTokenFacts;
  /** True once the provider refused the refresh token: it is kept on record and never sent again. */
  readonly refreshUnsent: boolean;
  readonly permissions?: PermissionFacts;
  readonly stepUps: readonly KeptProof[];
  readonly usage: Readonly<Record<string, number>>;
  /** Failed step-ups in a row. */
  readonly failedStepUps: number;
  /** `account-enabled` was seen: the next sign-in may leave LOCKED. */
  readonly enabled: boolean;
  /** The scope of the wipe raised since the last sign-in, if one was. */
  readonly wipeRaised: false | 'tier' | 'account';
  /** No confirmation since the last narrowing of permissions: a snapshot may not widen them. */
  readonly narrowed: boolean;
  readonly clock: ClockRecord | null;
}

/** `selected` is an index into `accounts`; -1 when nobody is selected. */
export interface Session {
  readonly device: DeviceState;
  readonly accounts: readonly Account[];
  readonly selected: number;
}

/** What the app must carry out or may report; `subject` is the account it is about. */
export type Effect =
  | {
      readonly type: 'wipe';
      readonly subject: Subject;
      readonly scope: 'account' | 'tier';
      readonly tier?: string;
      readonly method: 'cryptoShred' | 'delete';
      /** The event that raised it, or `failedStepUps`, `provenAge`, `failedReauthentication`. */
      readonly because: string;
    }
  /** The account became LOCKED. */
  | { readonly type: 'lock'; readonly subject: Subject }
  | { readonly type: 'security-event'; readonly subject: Subject; readonly code: string }
  /** The event, or all of it that matters, came to nothing. */
  | { readonly type: 'ignored'; readonly why: Ignored }
  /** The session changed: store it, before anything that relies on it is used. */
  | { readonly type: 'persist' };

/** Why an event came to nothing. */
export type Ignored =
  | 'malformed'
  | 'no_session'
  | 'unknown_account'
  | 'subject_mismatch'
  | 'seen_before'
  | 'older_than_sign_in'
  | 'locked'
  | 'signed_out'
  | 'discarded'
  | 'configuration'
  | 'clock_unreadable'
  | 'not_milliseconds'
  | 'needs_sign_in';
