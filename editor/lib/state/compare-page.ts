import type { Choice } from './history-page.ts';

/** A line of a hunk, with its number on each side that has it, from 1. */
export interface DiffLine {
  readonly kind: 'same' | 'removed' | 'added';
  readonly before: number | null;
  readonly after: number | null;
  readonly text: string;
}

/** Lines that belong together: what changed, and three lines around it. */
export interface DiffHunk {
  readonly lines: readonly DiffLine[];
}

/** What became of one text. */
export interface TextChange {
  /** What the text is called. */
  readonly name: string;
  readonly kind: 'added' | 'removed' | 'changed' | 'same';
  readonly hunks: readonly DiffHunk[];
  /** Lines that are not shown because there are too many. */
  readonly left: number;
  /** There is too much to compare line by line, and there are no hunks. */
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
    readonly document: TextChange;
    /** By name, without those that are the same. */
    readonly timelines: readonly TextChange[];
    /** Timelines that are the same. */
    readonly same: number;
  } | null;
}
