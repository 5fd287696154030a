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
/** Codes that only one kind gives. */
const ONLY_FROM: Readonly<Partial<Record<ReasonCode, string>>> = {
  outside_schedule: 'schedule',
  schedule_unresolvable: 'schedule',
  condition_not_met: 'when',
};

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

  /** Prints the counts; fails unless every kind was seen in all three truths and every code once a thousand pairs. */
  demand(kinds: readonly string[]): void {
    for (const kind of kinds) {
      const { satisfied, violated, unknown } = this.#kinds.get(kind) ?? { satisfied: 0, violated: 0, unknown: 0 };
      console.log(`  ${kind}: ${satisfied} satisfied, ${violated} violated, ${unknown} unknown`);
      expect(Math.min(satisfied, violated, unknown), `${kind} was not seen in every truth`).toBeGreaterThan(0);
    }
    const possible = REASON_CODES.filter((code) => {
      const only = ONLY_FROM[code];
      return !NEVER_GIVEN.includes(code) && (only === undefined || kinds.includes(only));
    });
    const rare = possible.filter((code) => (this.#codes.get(code) ?? 0) < Math.floor(this.#total / 1000));
    expect(rare, 'codes that hardly ever occurred').toEqual([]);
  }
}
