/** What an auditor keeps outside, and what an export is made of. */
export interface EvidencePage {
  /** The log's name, the origin of its checkpoints. */
  readonly log: string;
  /** The last entry. */
  readonly entries: number;
  /** Every key that signs or signed here. */
  readonly keys: readonly {
    readonly name: string;
    /** The C2SP verifier key. */
    readonly text: string;
    /** Whether it is the one that signs now, on the server that answered. */
    readonly current: boolean;
  }[];
  /** How many entries the newest checkpoint vouches for; null when none was signed. */
  readonly signed: number | null;
}
