/** What a leaf constraint comes to: satisfied, violated, or unknown because a fact it needs is not usable. */
import type { Capability, Document } from './document.ts';
import type { Fact } from './facts.ts';
import { firstOf } from './words.ts';

export interface Unmet {
  readonly is: 'violated' | 'unknown';
  readonly code: string;
  readonly detail?: string;
}
export type Verdict = { readonly is: 'satisfied' } | Unmet;

/** All that a constraint may look at. `now` is known to be an instant. */
export interface Asked {
  readonly document: Document;
  readonly request: unknown;
  readonly capability: Capability;
  readonly now: number;
  readonly tolerance: number;
  readonly expiryMargin: number;
}

export const SATISFIED: Verdict = { is: 'satisfied' };

export function violated(code: string, detail?: string): Unmet {
  return detail === undefined ? { is: 'violated', code } : { is: 'violated', code, detail };
}

export function unknown(code: string): Unmet {
  return { is: 'unknown', code };
}

/** What to say of a fact that is needed and cannot be used; `missing` is the code for an absent one. */
export function unusable(fact: Fact<unknown>, missing = 'fact_missing'): Unmet {
  return unknown(fact.is === 'missing' ? missing : 'fact_invalid');
}

/** One leaf gives one reason: of its unmet parts the one whose code stands first in the precedence list. */
export function together(parts: readonly Verdict[]): Verdict {
  const unmet = parts.filter((part) => part.is !== 'satisfied');
  const first = firstOf(unmet.map(({ code }) => code));
  return unmet.find(({ code }) => code === first) ?? SATISFIED;
}
