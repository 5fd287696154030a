import type { Choice } from './history-page.ts';

/** A release in words: what was published, and on whose word. */
export interface ReleaseLine {
  readonly id: string;
  readonly policy: Choice;
  /** Title of the environment. */
  readonly environment: string;
  /** 1, 2, … within the environment. */
  readonly seq: number;
  /** The document's own version. */
  readonly version: number;
  /** Of the revision within its policy. */
  readonly number: number;
  /** SHA-256 of the text, lower-case hex. */
  readonly digest: string;
  readonly kind: 'normal' | 'scheduled' | 'break_glass' | 'imported';
  /** Names; none when nobody had to approve. */
  readonly approvedBy: readonly string[];
  readonly publishedBy: string;
  readonly reason: string;
  readonly ticket: string | null;
  /** Unix milliseconds. */
  readonly at: number;
}

/** What was in force at an instant. */
export interface InForcePage {
  /** Unix milliseconds. */
  readonly at: number;
  /** Whether the address names no instant: it is what is in force now. */
  readonly isNow: boolean;
  /** Every instant at which something went live, oldest first. */
  readonly stops: readonly number[];
  /** In their order, also those where nothing was in force. */
  readonly environments: readonly (Choice & { readonly lines: readonly ReleaseLine[] })[];
  /** The newest releases of the one policy; none for all policies. */
  readonly releases: readonly ReleaseLine[];
  /** The one policy it is of; null for all. */
  readonly policy: Choice | null;
}
