/** What the page for publishing a revision shows: plain data, made on the server. */
import type { ChangeEffect } from './change-effect.ts';
import type { Named, Obstacle } from './change-facts.ts';
import type { TextChange } from './text-change.ts';

/** Where the revision may go. */
export interface EnvironmentChoice {
  readonly id: string;
  readonly title: string;
  /** False where a single person may publish. */
  readonly requiresApproval: boolean;
  /** What is in force there; null for nothing. */
  readonly live: {
    readonly number: number;
    readonly version: number;
    readonly seq: number;
    readonly by: Named;
    readonly at: number;
    /** Whether it could be published again without a new review. */
    readonly approved: boolean;
  } | null;
  /** Why it cannot be published there; null when it can. */
  readonly obstacle: Obstacle | null;
  /** … and why not even in an emergency. */
  readonly urgentObstacle: Obstacle | null;
}

/** A publish that waits for its hour, or waited. */
export interface PlannedLine {
  readonly id: string;
  readonly environment: string;
  /** The revision's number. */
  readonly number: number;
  readonly by: Named;
  readonly fireAt: number;
  readonly reason: string;
  readonly ticket: string | null;
  readonly state: 'waiting' | 'cancelled' | 'fired' | 'refused';
  /** Why it was refused. */
  readonly refusal: string | null;
}

/** An emergency that nobody has looked back at. */
export interface OpenLookBack {
  readonly release: string;
  readonly policy: string;
  /** The revision's number. */
  readonly number: number;
  readonly environment: string;
  readonly by: Named;
  readonly at: number;
}

export interface PublishPage {
  readonly id: string;
  readonly title: string;
  readonly number: number;
  readonly version: number;
  readonly message: string;
  /** What is published is this and nothing else. */
  readonly contentHash: string;
  readonly environments: readonly EnvironmentChoice[];
  /** The one that is looked at; null while there is none. */
  readonly chosen: EnvironmentChoice | null;
  /** Against what is live in the chosen one. */
  readonly changes: readonly TextChange[];
  readonly effect: Promise<ChangeEffect>;
  /** Of the whole policy, the latest hour first. */
  readonly planned: readonly PlannedLine[];
  readonly lookBacks: readonly OpenLookBack[];
  readonly mayPublish: boolean;
}
