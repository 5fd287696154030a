/** What a decision is asked about, and the facts it may use. The engine reads nothing else. */

/** Epoch milliseconds: an integer of magnitude at most `MAX_INSTANT`. */
export type Instant = number;
/** A length of time in milliseconds. */
export type Milliseconds = number;

/** Largest magnitude of an instant: the range of ECMAScript time values. */
export const MAX_INSTANT = 8.64e15;

/** True for instants: whole numbers in range, not what could be made one. */
export function isInstant(value: unknown): value is Instant {
  return Number.isInteger(value) && Math.abs(value as number) <= MAX_INSTANT;
}

export type Connectivity = 'online' | 'offline' | 'limited';
export type AuthState = 'ACTIVE' | 'OFFLINE_STALE' | 'REAUTH_REQUIRED' | 'LOCKED' | 'SIGNED_OUT';
export type ClockState = 'ok' | 'unproven_forward' | 'unproven_reboot' | 'rolled_back' | 'untrusted';
export type SessionCause = 'sessionRevoked' | 'reuseDetected' | 'credentialChange' | 'refreshRejected';
export type SensitivityLevel = 'public' | 'internal' | 'confidential' | 'restricted';
export type StorageLevel = 'memory' | 'plain' | 'encrypted' | 'os' | 'hardware';
export type RiskLevel = 'LOW' | 'MEDIUM' | 'HIGH';
export type Integrity = 'signed' | 'unsigned';
export type Freshness = 'fresh' | 'stale' | 'expired';

export const CONNECTIVITY: readonly Connectivity[] = ['online', 'offline', 'limited'];
export const AUTH_STATES: readonly AuthState[] = ['ACTIVE', 'OFFLINE_STALE', 'REAUTH_REQUIRED', 'LOCKED', 'SIGNED_OUT'];
export const CLOCK_STATES: readonly ClockState[] = [
  'ok',
  'unproven_forward',
  'unproven_reboot',
  'rolled_back',
  'untrusted',
];
export const BINDING = ['unchanged', 'changed'] as const;
export const INTEGRITY: readonly Integrity[] = ['signed', 'unsigned'];
/** From weak to strong. */
export const STORAGE: readonly StorageLevel[] = ['memory', 'plain', 'encrypted', 'os', 'hardware'];
/** From low to high. */
export const RISK_LEVELS: readonly RiskLevel[] = ['LOW', 'MEDIUM', 'HIGH'];
/** From low to high: the rules of a level apply at every level above it too. */
export const SENSITIVITY: readonly SensitivityLevel[] = ['public', 'internal', 'confidential', 'restricted'];

/** Index into `SENSITIVITY`. */
export type Level = 0 | 1 | 2 | 3;
export const INTERNAL: Level = 1;
export const CONFIDENTIAL: Level = 2;
export const RESTRICTED: Level = 3;

/** Who a session or a proof belongs to. Compared member by member; absent equals absent. */
export interface Subject {
  readonly iss?: string;
  readonly tenant?: string;
  readonly sub: string;
}

export interface Resource {
  readonly type?: string;
  readonly id?: string;
  readonly sensitivity?: SensitivityLevel;
}

/** A local proof that the person is there (RFC 8176 method names in `amr`). */
export interface StepUpProof {
  readonly at: Instant;
  readonly amr: readonly string[];
  readonly subject: Subject;
  readonly sameBoot: boolean;
  readonly biometricEpoch: string;
  readonly longestIdle?: Milliseconds;
  readonly consumed?: boolean;
}

export interface SessionFacts {
  readonly authState: AuthState;
  readonly iss?: string;
  readonly sub?: string;
  readonly tenant?: string;
  readonly establishedAt?: Instant;
  readonly lastConfirmedAt?: Instant;
  readonly authTime?: Instant;
  readonly lastActivityAt?: Instant;
  readonly acr?: string;
  readonly amr?: readonly string[];
  readonly cause?: SessionCause;
}

export interface AccessTokenFacts {
  readonly issuedAt?: Instant;
  readonly expiresAt?: Instant;
  /** The runtime's word that the token came from the issuer. */
  readonly verified?: boolean;
}

export interface RefreshTokenFacts {
  readonly present: boolean;
  readonly idleExpiresAt?: Instant;
  readonly absoluteExpiresAt?: Instant;
}

export interface PermissionFacts {
  readonly roles?: readonly string[];
  readonly scopes?: readonly string[];
  readonly fetchedAt?: Instant;
  readonly integrity?: Integrity;
}

export interface DeviceFacts {
  readonly compliant?: boolean;
  readonly storage?: StorageLevel;
  readonly binding?: 'unchanged' | 'changed';
  readonly biometricEpoch?: string;
  readonly unlockedAt?: Instant;
  readonly timeZone?: string;
}

export interface PolicyFacts {
  readonly issuedAt?: Instant;
  readonly expiresAt?: Instant;
  readonly freshness?: Freshness;
}

export interface Request {
  readonly capability: string;
  readonly resource?: Resource;
  /** Can a person be asked now? Absent means yes. */
  readonly interactive?: boolean;
  /** Trusted time from the clock guard, never the raw device clock. */
  readonly now: Instant;
  readonly clock: { readonly state: ClockState; readonly provenNow?: Instant };
  readonly connectivity: Connectivity;
  readonly session?: SessionFacts;
  readonly accessToken?: AccessTokenFacts;
  readonly refreshToken?: RefreshTokenFacts;
  readonly permissions?: PermissionFacts;
  readonly stepUps?: readonly StepUpProof[];
  readonly device?: DeviceFacts;
  readonly risk?: { readonly level: RiskLevel };
  /** Uses made since the last confirmation, by capability. */
  readonly usage?: Readonly<Record<string, number>>;
  readonly policy?: PolicyFacts;
  readonly facts?: Readonly<Record<string, boolean | number | string | readonly string[]>>;
}
