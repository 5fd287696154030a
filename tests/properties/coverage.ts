/** Counts which kinds were seen satisfied, violated and unknown, and which codes were given. */
import { REASON_CODES, type ReasonCode } from 'latchkey';
import { expect } from 'vitest';

type Truth = 'satisfied' | 'violated' | 'unknown';

/** Codes that the runtime around `decide` gives, and the one that only a fault of the engine does. */
const NEVER_GIVEN: readonly ReasonCode[] = [
  'engine_error',
  'account_mismatch',
  'policy_missing',
  'policy_invalid',
  'policy_rollback',
  'policy_equivocation',
  'step_up_failed',
  'obligation_unsupported',
];

export class Coverage {
  readonly #kinds = new Map<string, Record<Truth, number>>();
  readonly #codes = new Map<string, number>();
  #total = 0;

  witness = (kind: string, is: Truth): void => {
    const counts = this.#kinds.get(kind) ?? { satisfied: 0, violated: 0, unknown: 0 };
    counts[is] += 1;
    this.#kinds.set(kind, counts);
  };

  add(reasons: readonly { readonly code: string }[]): void {
    this.#total += 1;
    for (const { code } of reasons) this.#codes.set(code, (this.#codes.get(code) ?? 0) + 1);
  }

  /** Fails unless every code that `decide` can give came up once in a thousand pairs. */
  demandCodes(): void {
    const possible = REASON_CODES.filter((code) => !NEVER_GIVEN.includes(code));
    const rare = possible.filter((code) => (this.#codes.get(code) ?? 0) < Math.floor(this.#total / 1000));
    expect(rare, 'codes that hardly ever occurred').toEqual([]);
  }

  /** Prints the counts; fails unless every kind was seen in all three truths. */
  demandKinds(kinds: readonly string[]): void {
    for (const kind of kinds) {
      const { satisfied, violated, unknown } = this.#kinds.get(kind) ?? { satisfied: 0, violated: 0, unknown: 0 };
      console.log(`  ${kind}: ${satisfied} satisfied, ${violated} violated, ${unknown} unknown`);
      expect(Math.min(satisfied, violated, unknown), `${kind} was not seen in every truth`).toBeGreaterThan(0);
    }
  }
}
