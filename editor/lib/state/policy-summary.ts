/** What the policies page says of a policy. */
export interface PolicySummary {
  readonly id: string;
  /** The id when the policy has no title, or cannot be read. */
  readonly title: string;
  /** The newest version. */
  readonly version: number;
  readonly tiers: readonly { readonly id: string; readonly title: string | null }[];
  readonly capabilities: number;
  readonly reviewBy: string | null;
  readonly timelines: number;
  /** Titles of the timelines with an unmet expectation or a problem of their own. */
  readonly failing: readonly string[];
  /** Errors in the newest version; 0 for one that loads. */
  readonly errors: number;
}
