/** What the pages of change control show: plain data, made on the server. */
import type { ChangeEffect } from './change-effect.ts';
import type { TextChange } from './text-change.ts';

/** Somebody, as a page names them. */
export interface Named {
  readonly id: string;
  /** Null when their name was erased. */
  readonly name: string | null;
}

/** Where a revision stands; `stale`: a later one was submitted before it was published. */
export type RevisionState = 'submitted' | 'changes_requested' | 'approved' | 'stale' | 'published';

/** A revision as the list tells it. */
export interface RevisionLine {
  readonly number: number;
  /** The document's own version. */
  readonly version: number;
  readonly message: string;
  readonly origin: string;
  readonly author: Named;
  readonly at: number;
  readonly state: RevisionState;
  readonly approvedBy: readonly Named[];
  readonly comments: number;
  /** Whether its timelines held when they were last run; null when they never were. */
  readonly green: boolean | null;
  /** Titles of the environments that it is live in. */
  readonly liveIn: readonly string[];
}

/** The list of a policy's revisions. */
export interface RevisionsPage {
  readonly id: string;
  readonly title: string;
  /** Newest first. */
  readonly revisions: readonly RevisionLine[];
}

/** Why something cannot be done now, in words. */
export interface Obstacle {
  readonly code: string;
  readonly text: string;
}

/** An error in a document. */
export interface DocumentProblem {
  /** A timeline's name; null for the policy itself. */
  readonly timeline: string | null;
  readonly line: number;
  readonly message: string;
}

/** What the shared draft changes. */
export interface ChangesPage {
  readonly id: string;
  readonly title: string;
  /** The server's time. */
  readonly now: number;
  /** The draft as it is shown: what is submitted is this and no other. */
  readonly lockVersion: number;
  readonly contributors: readonly Named[];
  readonly updatedBy: Named | null;
  readonly updatedAt: number | null;
  /** What the draft was made from; null before the first revision. */
  readonly base: { readonly number: number; readonly version: number } | null;
  readonly changes: readonly TextChange[];
  /** Why it cannot be submitted by whoever asks; null when it can. */
  readonly obstacle: Obstacle | null;
  readonly problems: readonly DocumentProblem[];
  readonly effect: Promise<ChangeEffect>;
}
