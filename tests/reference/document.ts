/** A valid policy document as a person wrote it, and what deciding about it yields. Types only. */

export type Level = 'public' | 'internal' | 'confidential' | 'restricted';
export type AgeOf = 'serverConfirmation' | 'authTime' | 'permissionSnapshot' | 'policyIssue' | 'activity';

export interface MaxAge {
  readonly kind: 'maxAge';
  readonly of: AgeOf;
  readonly limit: string;
}
export interface Online {
  readonly kind: 'online';
  readonly token?: 'fresh' | 'unexpired';
}
export interface Token {
  readonly kind: 'token';
  readonly is: 'unexpired' | 'refreshable';
}
export interface StepUp {
  readonly kind: 'stepUp';
  readonly amrAny?: readonly string[];
  readonly amrAll?: readonly string[];
  readonly maxAge?: string;
  readonly maxIdle?: string;
  readonly everyUse?: true;
  readonly acceptDeviceUnlock?: string;
  readonly surviveReboot?: boolean;
}
export interface Assurance {
  readonly kind: 'assurance';
  readonly acrAny: readonly string[];
  readonly amrAll?: readonly string[];
}
export interface Grant {
  readonly kind: 'grant';
  readonly rolesAny?: readonly string[];
  readonly rolesAll?: readonly string[];
  readonly scopesAll?: readonly string[];
  readonly maxAge?: string;
  readonly integrity?: 'signed';
  readonly onMissing?: 'deny' | 'readOnly';
}
export interface Window {
  readonly days: readonly string[];
  readonly start: string;
  readonly end: string;
}
export interface Schedule {
  readonly kind: 'schedule';
  readonly timeZone: string;
  readonly windows: readonly Window[];
  readonly except?: readonly (string | { readonly from: string; readonly to: string })[];
}
export interface Device {
  readonly kind: 'device';
  readonly compliant?: true;
  readonly storageAtLeast?: 'plain' | 'encrypted' | 'os' | 'hardware';
  readonly binding?: 'unchanged';
}
export interface Quota {
  readonly kind: 'quota';
  readonly limit: number;
  readonly per: 'offlinePeriod';
}
export interface Clock {
  readonly kind: 'clock';
  readonly is: 'trusted' | 'proven';
}
export interface Risk {
  readonly kind: 'risk';
  readonly atMost: 'LOW' | 'MEDIUM';
}

export interface Operand {
  readonly fact: string;
  readonly path?: string;
}
export interface ConditionLeaf extends Operand {
  readonly operator: string;
  readonly value: boolean | number | string | readonly (boolean | number | string)[] | Operand;
}
export type Condition =
  | ConditionLeaf
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition }
  | { readonly condition: string };
export interface When {
  readonly kind: 'when';
  readonly conditions: Condition;
}

export interface AllOf {
  readonly kind: 'allOf';
  readonly of: readonly Constraint[];
}
export interface AnyOf {
  readonly kind: 'anyOf';
  readonly of: readonly Constraint[];
}
export type Leaf =
  MaxAge | Online | Token | StepUp | Assurance | Grant | Schedule | Device | Quota | Clock | Risk | When;
export type Constraint = Leaf | AllOf | AnyOf;

export interface Tier {
  readonly id: string;
  readonly sensitivity?: Level;
  readonly require: readonly Constraint[];
}
export interface Capability {
  readonly id: string;
  readonly tier: string;
  readonly access: 'read' | 'write';
  readonly serverBound?: boolean;
  readonly offline?: 'enqueue' | 'forbid';
  readonly require?: readonly Constraint[];
}
export interface Obligation {
  readonly type: string;
  readonly [parameter: string]: unknown;
}
export interface StateRule {
  readonly present?: string;
  readonly obligations?: readonly (string | Obligation)[];
  readonly tiers?: Readonly<Record<string, 'full' | 'readOnly' | 'locked'>>;
}
export interface WipeTrigger {
  readonly event?: string;
  readonly failedStepUps?: number;
  readonly maxAge?: string;
}
export interface Document {
  readonly id: string;
  readonly version: number;
  readonly mode?: 'enforce' | 'report_only';
  readonly clock?: { readonly tolerance?: string; readonly expiryMargin?: string };
  readonly facts?: Readonly<Record<string, { readonly type: 'boolean' | 'number' | 'string' | 'string[]' }>>;
  readonly conditions?: Readonly<Record<string, Condition>>;
  readonly guards?: readonly Constraint[];
  readonly sensitivity?: Readonly<Partial<Record<Level, readonly Constraint[]>>>;
  readonly tiers: readonly Tier[];
  readonly capabilities: readonly Capability[];
  readonly onState?: Readonly<Record<string, StateRule>>;
  readonly warn?: readonly { readonly of: AgeOf; readonly after: string; readonly tiers?: readonly string[] }[];
  readonly wipe?: {
    readonly scope: string;
    readonly tier?: string;
    readonly method: string;
    readonly when: readonly WipeTrigger[];
  };
}

/** Figures (`actual`, `limit`, `margin`) are left to the engine: they explain, they decide nothing. */
export interface Reason {
  readonly code: string;
  readonly path: string;
  readonly detail?: string;
}
export interface Alternative {
  readonly group: string;
  readonly path: string;
  readonly reasons: readonly Reason[];
}
export type Advice =
  | { readonly type: 'warn'; readonly of: AgeOf; readonly remaining: number | null }
  | { readonly type: 'present'; readonly as: string };

/** Everything in a decision but `validUntil`, which is a promise about the future and not an answer. */
export interface Decision {
  readonly outcome: 'permit' | 'challenge' | 'deny';
  readonly capability: string;
  readonly reason: string | null;
  readonly reasons: readonly Reason[];
  readonly alternatives?: readonly Alternative[];
  readonly remedies: readonly string[];
  readonly obligations: readonly Obligation[];
  readonly recorded?: readonly Obligation[];
  readonly advice: readonly Advice[];
  readonly evaluatedAt: number | null;
  readonly clockState: string | null;
  readonly confirmed: boolean;
  readonly mode: 'enforce' | 'report_only';
  readonly policy: { readonly id: string; readonly version: number; readonly digest: null };
}
