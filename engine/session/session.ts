/** What a device remembers between events: one device, any number of kept accounts, one of them selected. */
import type { ClockRecord } from '../clock/record.ts';
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

/** One kept account. `clock` is null only when its record was lost or damaged. */
export interface Account {
  readonly authState: AuthState;
  readonly cause?: SessionCause;
  readonly iss?: string;
  readonly tenant?: string;
  readonly sub: string;
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
  readonly stepUps: readonly (StepUpProof & { readonly persisted: boolean })[];
  readonly usage: Readonly<Record<string, number>>;
  readonly failedStepUps: number;
  /** `account-enabled` was seen: the next sign-in may leave LOCKED. */
  readonly enabled: boolean;
  /** A wipe was raised since the last sign-in; it is raised once. */
  readonly wipeRaised: boolean;
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

export type Effect =
  | {
      readonly type: 'wipe';
      readonly scope: 'account' | 'tier';
      readonly tier?: string;
      readonly method: 'cryptoShred' | 'delete';
      readonly because: string;
    }
  | { readonly type: 'lock' }
  | { readonly type: 'security-event'; readonly code: string }
  | { readonly type: 'ignored'; readonly why: string }
  | { readonly type: 'persist' };
