/** Where a policy stands between its draft and what is live: plain data, made on the server. */
import type { Named } from './change-facts.ts';
import type { PolicySummary } from './policy-summary.ts';
import type { OpenLookBack } from './publish-facts.ts';

/** A policy as the list tells it. */
export interface ListedPolicy extends PolicySummary {
  /** What is in force, an environment each. */
  readonly live: readonly { readonly environment: string; readonly version: number }[];
  /** The draft, where it says something else than the newest revision. */
  readonly draft: { readonly by: readonly Named[]; readonly at: number | null } | null;
  /** The newest revision, until it is published. */
  readonly review: {
    readonly number: number;
    readonly state: 'submitted' | 'changes_requested' | 'approved';
  } | null;
}

export interface PoliciesPage {
  readonly policies: readonly ListedPolicy[];
  /** The server's time. */
  readonly now: number;
  readonly lookBacks: readonly OpenLookBack[];
  /** Titles of the environments in which a single person may publish. */
  readonly approvalOff: readonly string[];
  readonly mayEdit: boolean;
}

export const FILTERS = ['all', 'changed', 'review', 'live'] as const;
export type Filter = (typeof FILTERS)[number];

/** The policies of which this is so. */
export function filtered<T extends Pick<ListedPolicy, 'live' | 'draft' | 'review'>>(
  policies: readonly T[],
  filter: Filter,
): readonly T[] {
  return policies.filter(({ live, draft, review }) => {
    if (filter === 'changed') return draft !== null;
    if (filter === 'review') return review !== null;
    return filter === 'all' || live.length > 0;
  });
}
