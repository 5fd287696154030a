import type { Choice } from './history-page.ts';
import type { ChangedPart } from './text-change.ts';

/** What became of one text. */
export interface ComparedText {
  /** What the text is called. */
  readonly name: string;
  readonly kind: 'added' | 'removed' | 'changed' | 'same';
  readonly parts: readonly ChangedPart[];
  /** Lines that are not shown because there are too many. */
  readonly left: number;
  /** There is too much to compare line by line, and there are no parts. */
  readonly tooLong: boolean;
}

/** One of the two revisions. */
export interface ComparedRevision {
  readonly number: number;
  readonly version: number;
  readonly at: number;
  readonly author: string;
  readonly message: string;
  readonly approvedBy: readonly string[];
}

/** Two revisions of a policy side by side. */
export interface ComparePage {
  readonly policy: Choice;
  /** Newest first; `id` is the number. */
  readonly revisions: readonly Choice[];
  /** Null when there are not two revisions to compare. */
  readonly compared: {
    readonly before: ComparedRevision;
    readonly after: ComparedRevision;
    readonly document: ComparedText;
    /** By name, without those that are the same. */
    readonly timelines: readonly ComparedText[];
    /** Timelines that are the same. */
    readonly same: number;
  } | null;
}
