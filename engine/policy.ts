/**
 * A policy: the document with defaults filled in, durations as milliseconds, and every constraint
 * carrying the JSON Pointer it was written at. `normalize` makes one; `compile` takes one.
 */
import type { AgeOf, Mode, Obligation, Presentation } from './decision.ts';
import type { AuthState, Milliseconds, RiskLevel, SensitivityLevel, StorageLevel } from './request.ts';

export type Weekday = 'mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun';

export type FactType = 'boolean' | 'number' | 'string' | 'string[]';

/** A custom fact that conditions may read. */
export interface FactDeclaration {
  readonly type: FactType;
  readonly title?: string;
}

export type ConditionOperator =
  | 'equal'
  | 'notEqual'
  | 'in'
  | 'notIn'
  | 'contains'
  | 'doesNotContain'
  | 'lessThan'
  | 'lessThanInclusive'
  | 'greaterThan'
  | 'greaterThanInclusive';

/** A fact compared with a literal or with another fact. `path` is `$[n]`, an element of a list. */
export interface ConditionLeaf {
  readonly fact: string;
  readonly operator: ConditionOperator;
  readonly value: ConditionValue;
  readonly path?: string;
  readonly name?: string;
}

export type ConditionValue =
  | boolean
  | number
  | string
  | readonly (boolean | number | string)[]
  | { readonly fact: string; readonly path?: string };

/** json-rules-engine's dialect: groups, leaves and references to named conditions. */
export type Condition =
  | { readonly all: readonly Condition[]; readonly name?: string }
  | { readonly any: readonly Condition[]; readonly name?: string }
  | { readonly not: Condition; readonly name?: string }
  | { readonly condition: string; readonly name?: string }
  | ConditionLeaf;

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
/** Wall-clock times `HH:MM`; a window whose end is not after its start crosses midnight. Days name the day it starts. */
export interface ScheduleWindow {
  readonly days: readonly Weekday[];
  readonly start: string;
  readonly end: string;
}
/** Local dates `YYYY-MM-DD`, both inclusive, on which no window starts. */
export type ScheduleException = string | { readonly from: string; readonly to: string };
export interface Schedule extends Placed<'schedule'> {
  /** An IANA zone, or `device`. */
  readonly timeZone: string;
  readonly windows: readonly ScheduleWindow[];
  readonly except: readonly ScheduleException[];
}
export interface When extends Placed<'when'> {
  readonly conditions: Condition;
}
export interface AllOf extends Placed<'allOf'> {
  readonly of: readonly Constraint[];
}
export interface AnyOf extends Placed<'anyOf'> {
  readonly of: readonly Constraint[];
}

export type Constraint =
  | MaxAge
  | Online
  | Token
  | StepUp
  | Assurance
  | Grant
  | Device
  | Quota
  | Clock
  | Risk
  | Schedule
  | When
  | AllOf
  | AnyOf;

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
  /** Declared custom facts, by name. */
  readonly facts: Readonly<Record<string, FactDeclaration>>;
  /** Conditions by the name that references use. */
  readonly conditions: Readonly<Record<string, Condition>>;
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
