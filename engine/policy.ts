/**
 * A policy: the document with defaults filled in, durations as milliseconds, and every constraint
 * carrying the JSON Pointer it was written at. `normalize` makes one; `compile` takes one.
 */
import type { AgeOf, Mode, Obligation, Presentation } from './decision.ts';
import type { AuthState, Milliseconds, RiskLevel, SensitivityLevel, StorageLevel } from './request.ts';

interface Placed<K extends string> {
  readonly kind: K;
  /** JSON Pointer of the constraint in the document. */
  readonly path: string;
}

export interface MaxAge extends Placed<'maxAge'> {
  readonly of: AgeOf;
  readonly limit: Milliseconds;
}
export interface Online extends Placed<'online'> {
  readonly token?: 'fresh' | 'unexpired';
}
export interface Token extends Placed<'token'> {
  readonly is: 'unexpired' | 'refreshable';
}
/** Exactly one of `maxAge`, `maxIdle` and `everyUse` is there. */
export interface StepUp extends Placed<'stepUp'> {
  readonly amrAny?: readonly string[];
  readonly amrAll?: readonly string[];
  readonly maxAge?: Milliseconds;
  readonly maxIdle?: Milliseconds;
  readonly everyUse?: true;
  readonly acceptDeviceUnlock?: Milliseconds;
  readonly surviveReboot: boolean;
}
export interface Assurance extends Placed<'assurance'> {
  readonly acrAny: readonly string[];
  readonly amrAll?: readonly string[];
}
/** Exactly one of the three lists is there. */
export interface Grant extends Placed<'grant'> {
  readonly rolesAny?: readonly string[];
  readonly rolesAll?: readonly string[];
  readonly scopesAll?: readonly string[];
  readonly maxAge?: Milliseconds;
  readonly integrity?: 'signed';
  readonly onMissing: 'deny' | 'readOnly';
}
export interface Device extends Placed<'device'> {
  readonly compliant?: true;
  readonly storageAtLeast?: Exclude<StorageLevel, 'memory'>;
  readonly binding?: 'unchanged';
}
export interface Quota extends Placed<'quota'> {
  readonly limit: number;
  readonly per: 'offlinePeriod';
}
export interface Clock extends Placed<'clock'> {
  readonly is: 'trusted' | 'proven';
}
export interface Risk extends Placed<'risk'> {
  readonly atMost: Exclude<RiskLevel, 'HIGH'>;
}
export interface AllOf extends Placed<'allOf'> {
  readonly of: readonly Constraint[];
}
export interface AnyOf extends Placed<'anyOf'> {
  readonly of: readonly Constraint[];
}

export type Constraint =
  MaxAge | Online | Token | StepUp | Assurance | Grant | Device | Quota | Clock | Risk | AllOf | AnyOf;

export type ConstraintKind = Constraint['kind'];

export interface Tier {
  readonly id: string;
  readonly title?: string;
  /** Level of the data behind the tier; a document that does not say counts as `restricted`. */
  readonly sensitivity: SensitivityLevel;
  readonly require: readonly Constraint[];
}

export type Access = 'read' | 'write';

export interface Capability {
  readonly id: string;
  readonly title?: string;
  readonly tier: string;
  readonly access: Access;
  readonly serverBound: boolean;
  /** What happens offline: absent means nothing special. */
  readonly offline?: 'enqueue' | 'forbid';
  /** Where `offline` was said: `/capabilities/i/offline`, or `/capabilities/i/serverBound` when that implied it. */
  readonly offlinePath?: string;
  readonly require: readonly Constraint[];
}

export type TierOpening = 'full' | 'readOnly' | 'locked';

export interface StateRule {
  readonly present?: Presentation;
  readonly obligations: readonly Obligation[];
  /** Only `REAUTH_REQUIRED` has it: what each tier leaves open. */
  readonly tiers?: Readonly<Record<string, TierOpening>>;
}

export interface Warn {
  readonly path: string;
  readonly of: AgeOf;
  readonly after: Milliseconds;
  /** Absent: every tier. */
  readonly tiers?: readonly string[];
}

export type WipeTrigger =
  | { readonly path: string; readonly event: string }
  | { readonly path: string; readonly failedStepUps: number }
  | { readonly path: string; readonly maxAge: Milliseconds; readonly evidence: 'provenOrFailedReauth' };

export interface Wipe {
  readonly scope: 'account' | 'tier';
  readonly tier?: string;
  readonly method: 'cryptoShred' | 'delete';
  readonly when: readonly WipeTrigger[];
}

export interface SignOut {
  readonly mode: 'soft' | 'hard';
  readonly pending: 'block' | 'keepSealed' | 'discard';
}

export interface Policy {
  readonly language: 1;
  readonly id: string;
  readonly version: number;
  readonly title?: string;
  readonly mode: Mode;
  readonly clock: { readonly tolerance: Milliseconds; readonly expiryMargin: Milliseconds };
  readonly guards: readonly Constraint[];
  readonly sensitivity: Readonly<Partial<Record<SensitivityLevel, readonly Constraint[]>>>;
  readonly tiers: readonly Tier[];
  readonly capabilities: readonly Capability[];
  readonly onState: Readonly<Partial<Record<AuthState, StateRule>>>;
  readonly warn: readonly Warn[];
  readonly wipe?: Wipe;
  readonly signOut?: SignOut;
  /** Date `YYYY-MM-DD` by which people should look again. */
  readonly reviewBy?: string;
}
