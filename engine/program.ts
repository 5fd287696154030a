/** A compiled policy: everything a decision needs, looked up once. Opaque to apps; safe to share and never changed. */
import type { Check } from './constraints/index.ts';
import type { Decision } from './decision.ts';
import type { Asked, Facts } from './facts.ts';
import type { Policy, StateRule, TierOpening, Warn } from './policy.ts';
import type { AuthState, Milliseconds } from './request.ts';

export interface CompiledCapability extends Asked {
  /** All that applies, in evaluation order, by the level in force. Levels below the tier's hold the tier's. */
  readonly checks: readonly (readonly Check[])[];
  readonly enqueues: boolean;
  readonly warns: readonly Warn[];
  readonly reauth: { readonly opening: TierOpening; readonly path: string };
}

export interface WipeRule {
  readonly path: string;
  readonly maxAge: Milliseconds;
}

export interface Program {
  readonly policy: Policy;
  /** SHA-256 of the canonical document as the caller computed it; null when it did not. */
  readonly digest: string | null;
  /** What every decision says of the policy. */
  readonly identity: Decision['policy'];
  readonly capabilities: ReadonlyMap<string, CompiledCapability>;
  readonly states: ReadonlyMap<AuthState, StateRule>;
  readonly wipes: readonly WipeRule[];
}

/** A request read for a program. */
export type Case = Facts<Program>;
