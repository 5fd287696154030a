import type { HistoryKind } from './history-kinds.ts';

/** How much an entry asks to be looked at. */
export type HistoryTone = 'plain' | 'access' | 'attention' | 'emergency';

/** A row of evidence that came of an entry, and the revision it belongs to where it belongs to one. */
export interface EvidenceRow {
  readonly table: string;
  readonly key: string;
  /** SHA-256, lower-case hex. */
  readonly hash: string;
  readonly revision: { readonly policy: string; readonly number: number } | null;
}

/** An entry of the log in words. */
export interface HistoryEntry {
  readonly seq: number;
  /** Unix milliseconds. */
  readonly at: number;
  readonly type: string;
  readonly kind: HistoryKind;
  readonly tone: HistoryTone;
  /** One whole sentence. */
  readonly sentence: string;
  /** What somebody wrote: a message, a reason or a comment. */
  readonly quote: string | null;
  /** The reason they gave beside it. */
  readonly why: string | null;
  readonly ticket: string | null;
  /** The policy it is about. */
  readonly policy: { readonly id: string; readonly title: string } | null;
  readonly rows: readonly EvidenceRow[];
  /** SHA-256 of the entry, lower-case hex. */
  readonly hash: string;
}

/** What of the log is asked for, as its address says it. What is absent does not narrow. */
export interface HistoryFilter {
  readonly policy?: string | undefined;
  readonly person?: string | undefined;
  readonly kind?: HistoryKind | undefined;
  readonly environment?: string | undefined;
  /** Unix milliseconds, included. */
  readonly from?: number | undefined;
  /** Unix milliseconds, not included. */
  readonly to?: number | undefined;
}

/** Something to choose in a filter. */
export interface Choice {
  readonly id: string;
  readonly title: string;
}

export interface HistoryChoices {
  readonly policies: readonly Choice[];
  readonly people: readonly Choice[];
  readonly environments: readonly Choice[];
}

/** A page of the log. */
export interface HistoryPage {
  /** Newest first. */
  readonly entries: readonly HistoryEntry[];
  /** `before` of the page with older entries; null at the beginning of the log. */
  readonly next: number | null;
  /** Whether this page begins at the newest entry. */
  readonly newest: boolean;
  readonly filter: HistoryFilter;
  readonly choices: HistoryChoices;
  /** Whether its reader may read the history of everything. */
  readonly audits: boolean;
  /** The one policy it is of; null for the whole log. */
  readonly policy: Choice | null;
}

/** The filter as an address writes it. */
export function filterQuery({ policy, person, kind, environment, from, to }: HistoryFilter): URLSearchParams {
  const iso = (at: number | undefined) => (at === undefined ? undefined : new Date(at).toISOString());
  const members = { policy, person, kind, environment, from: iso(from), to: iso(to) };
  return new URLSearchParams(
    Object.entries(members).filter((member): member is [string, string] => (member[1] ?? '') !== ''),
  );
}
