/** What lint gives: warnings about documents that are valid and may not be what people meant. */
import type { PolicyDocument } from '../document.ts';
import type { Diagnostic, LintCode } from '../diagnostic.ts';
import type { Policy } from '../policy.ts';
import type { Problem } from '../problem.ts';
import type { Conjunction } from './scope.ts';

/** `length` UTF-16 units from `offset` on give way to `text`. */
export interface TextEdit {
  readonly offset: number;
  readonly length: number;
  readonly text: string;
}

/** A change of the document that settles a finding. It never opens anything that was closed. */
export interface Fix {
  /** What it does, as a short imperative. */
  readonly title: string;
  /** True when some request could be refused that is let through today; else every outcome stays as it is. */
  readonly narrows: boolean;
  readonly edit: TextEdit;
}

/** A warning of lint. `severity` is always `warning`. */
export interface Finding extends Diagnostic {
  readonly code: LintCode;
  readonly fix?: Fix;
}

/** A change of a document, by pointer. A list takes a new value at an index that may be its length. */
export type Change =
  | { readonly remove: string }
  | { readonly replace: string; readonly value: unknown }
  | { readonly insertInto: string; readonly index: number; readonly value: unknown }
  | { readonly addTo: string; readonly key: string; readonly value: unknown };

/** A finding before it has a line. */
export interface Suspicion extends Omit<Problem, 'code' | 'severity'> {
  readonly code: LintCode;
  readonly repair?: { readonly title: string; readonly narrows: boolean; readonly change: Change };
}

/** What rules look at. `today` is a date `YYYY-MM-DD`. */
export interface Subject {
  readonly document: PolicyDocument;
  readonly policy: Policy;
  /** All of the policy's. */
  readonly conjunctions: readonly Conjunction[];
  readonly today: string;
}

/** One thing that lint looks for. Gives its suspicions in any order; never throws. */
export type Rule = (subject: Subject) => readonly Suspicion[];
