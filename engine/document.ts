/** A policy document as it is written: durations as text, defaults not filled in, no pointers. */
import type { WrittenConstraint } from './constraints/index.ts';
import type { AgeOf, Mode, Obligation, Presentation } from './decision.ts';
import type { Access, Condition, FactDeclaration, SignOut, TierOpening } from './policy.ts';
import type { AuthState, Milliseconds, SensitivityLevel } from './request.ts';

/** `7d`, `48h`, `1d12h`; a number is a length in ms, which documents cannot hold but `normalize` takes. */
export type WrittenDuration = string | Milliseconds;

export interface TierDocument {
  readonly id: string;
  readonly title?: string;
  readonly sensitivity?: SensitivityLevel;
  readonly require: readonly WrittenConstraint[];
}

export interface CapabilityDocument {
  readonly id: string;
  readonly title?: string;
  readonly tier: string;
  readonly access: Access;
  readonly serverBound?: boolean;
  readonly offline?: 'enqueue' | 'forbid';
  readonly require?: readonly WrittenConstraint[];
}

export interface StateRuleDocument {
  readonly present?: Presentation;
  readonly obligations?: readonly (string | Obligation)[];
  /** Only on `REAUTH_REQUIRED`. */
  readonly tiers?: Readonly<Record<string, TierOpening>>;
}

export interface WarnDocument {
  readonly of: AgeOf;
  readonly after: WrittenDuration;
  readonly tiers?: readonly string[];
}

export type WipeTriggerDocument =
  | { readonly event: string }
  | { readonly failedStepUps: number }
  | { readonly maxAge: WrittenDuration; readonly evidence: 'provenOrFailedReauth' };

export interface WipeDocument {
  readonly scope: 'account' | 'tier';
  readonly tier?: string;
  readonly method: 'cryptoShred' | 'delete';
  readonly when: readonly WipeTriggerDocument[];
}

/** Why a version exists, by language tag, and when to look at it again. */
export interface NotesDocument {
  readonly reasonAdmin?: Readonly<Record<string, string>>;
  readonly reasonUser?: Readonly<Record<string, string>>;
  /** `YYYY-MM-DD`. */
  readonly reviewBy?: string;
}

export interface PolicyDocument {
  readonly $schema?: string;
  readonly language: 1;
  readonly id: string;
  readonly version: number;
  readonly title?: string;
  readonly description?: string;
  readonly mode?: Mode;
  readonly clock?: { readonly tolerance?: WrittenDuration; readonly expiryMargin?: WrittenDuration };
  readonly facts?: Readonly<Record<string, FactDeclaration>>;
  readonly conditions?: Readonly<Record<string, Condition>>;
  readonly guards?: readonly WrittenConstraint[];
  readonly sensitivity?: Readonly<Partial<Record<SensitivityLevel, readonly WrittenConstraint[]>>>;
  readonly tiers: readonly TierDocument[];
  readonly capabilities: readonly CapabilityDocument[];
  readonly onState?: Readonly<Partial<Record<AuthState, StateRuleDocument>>>;
  readonly warn?: readonly WarnDocument[];
  readonly wipe?: WipeDocument;
  readonly signOut?: SignOut;
  readonly notes?: NotesDocument;
}
