/** What the page of one revision shows: plain data, made on the server. */
import type { ChangeEffect, PlayedTimeline } from './change-effect.ts';
import type { Named, Obstacle, RevisionState } from './change-facts.ts';
import type { PlannedLine } from './publish-facts.ts';
import type { TextChange } from './text-change.ts';

/** A comment, or a reply to one. */
export interface CommentFacts {
  readonly id: string;
  /** JSON Pointer into the document; '' for the whole. */
  readonly pointer: string;
  /** Where that is in the document shown, from 1; null when it is not there any more. */
  readonly line: number | null;
  readonly replyTo: string | null;
  readonly author: Named;
  readonly text: string;
  readonly at: number;
  /** The revision that it was made on, and whether a later one took that one's place. */
  readonly number: number;
  readonly stale: boolean;
}

/** What a reviewer said. */
export interface VerdictFacts {
  readonly id: string;
  readonly reviewer: Named;
  readonly verdict: 'approve' | 'request_changes';
  readonly message: string;
  readonly at: number;
  readonly number: number;
  readonly stale: boolean;
}

/** A place in the document. */
export interface Place {
  readonly pointer: string;
  readonly line: number;
}

/** Something a publish asks for. */
export interface Check {
  readonly id: string;
  /** `open`: not yet; `unmet`: something is wrong; `warning`: nothing is in the way, and somebody should look. */
  readonly state: 'met' | 'unmet' | 'open' | 'warning';
  readonly text: string;
}

/** A publish of the revision. */
export interface ReleaseLine {
  readonly id: string;
  readonly environment: string;
  readonly seq: number;
  readonly kind: 'normal' | 'scheduled' | 'break_glass' | 'imported';
  readonly reason: string;
  readonly ticket: string | null;
  readonly by: Named;
  readonly at: number;
  /** Whether it is still what is in force there. */
  readonly live: boolean;
  /** What was said when looking back at an emergency. */
  readonly lookBacks: readonly {
    readonly id: string;
    readonly reviewer: Named;
    readonly verdict: 'accept' | 'object';
    readonly message: string;
    readonly at: number;
  }[];
  /** Why whoever asks may not look back at it; null when they may, or there is nothing to look back at. */
  readonly obstacle: Obstacle | null;
}

/** The facts of a revision that never change. */
export interface RevisionFacts {
  readonly number: number;
  readonly version: number;
  readonly message: string;
  readonly reason: string;
  readonly ticket: string | null;
  readonly origin: string;
  readonly author: Named;
  /** The author included. */
  readonly contributors: readonly Named[];
  readonly at: number;
  /** SHA-256 of the document's bytes, and of document and timelines together. */
  readonly digest: string;
  readonly contentHash: string;
}

export interface RevisionPage {
  readonly id: string;
  readonly title: string;
  readonly now: number;
  readonly revision: RevisionFacts;
  readonly state: RevisionState;
  readonly newest: number;
  readonly text: string;
  /** Every other revision, newest first. */
  readonly others: readonly { readonly number: number; readonly version: number; readonly message: string }[];
  /** What it is compared with; null for nothing. */
  readonly against: number | null;
  readonly changes: readonly TextChange[];
  readonly effect: Promise<ChangeEffect>;
  readonly comments: readonly CommentFacts[];
  /** Where a comment can be put; none for those who may not. */
  readonly places: readonly Place[];
  readonly verdicts: readonly VerdictFacts[];
  readonly checks: readonly Check[];
  /** What can be published of it now: something; only in an emergency; nothing, because it is live everywhere; nothing. */
  readonly outlook: 'ready' | 'emergency' | 'live' | 'none';
  readonly run: {
    readonly at: number;
    readonly by: Named;
    readonly passed: boolean;
    readonly timelines: readonly PlayedTimeline[];
  } | null;
  readonly releases: readonly ReleaseLine[];
  /** What waits to be published of it. */
  readonly planned: readonly PlannedLine[];
  /** Why whoever asks cannot; null when they can. */
  readonly obstacles: { readonly approve: Obstacle | null; readonly requestChanges: Obstacle | null };
  readonly may: {
    readonly comment: boolean;
    readonly run: boolean;
    readonly publish: boolean;
    readonly restore: boolean;
  };
}
