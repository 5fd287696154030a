/** Counts what a property run saw, so that a run whose generators went stale fails instead of passing. */
import type { Decision, Outcome } from 'latchkey';
import { expect } from 'vitest';

export class Distribution {
  readonly #outcomes: Record<Outcome, number> = { permit: 0, challenge: 0, deny: 0 };
  readonly #reasons = new Map<string, number>();
  #total = 0;

  add(decision: Decision): void {
    this.#total += 1;
    this.#outcomes[decision.outcome] += 1;
    for (const { code } of decision.reasons) this.#reasons.set(code, (this.#reasons.get(code) ?? 0) + 1);
  }

  /** Prints the shares and fails unless at least 20 % permit and 10 % challenge. */
  demand(what: string): void {
    const share = (outcome: Outcome) => this.#outcomes[outcome] / this.#total;
    const percent = (outcome: Outcome) => `${(100 * share(outcome)).toFixed(1)} % ${outcome}`;
    const codes = [...this.#reasons].sort((a, b) => b[1] - a[1]).map(([code, count]) => `${code} ${count}`);
    console.log(`${what}: ${this.#total} decisions, ${percent('permit')}, ${percent('challenge')}, ${percent('deny')}`);
    console.log(`  ${codes.join(', ')}`);
    expect(share('permit'), 'too few permits to prove anything').toBeGreaterThanOrEqual(0.2);
    expect(share('challenge'), 'too few challenges to prove anything').toBeGreaterThanOrEqual(0.1);
  }
}
