import { createHmac } from 'node:crypto';
import type { Store } from '../store/index.ts';

/** How long attempts are remembered, in milliseconds. */
const WINDOW = 15 * 60_000;

/**
 * Attempts that may fail within the window: at one account, and from one address, which an office may share. A code is
 * good for one sign-in, so that who looks over a shoulder cannot use it again.
 */
const LIMITS = { account: 10, address: 60, code: 1 } as const;

/** What an attempt counts against. */
export interface Target {
  readonly kind: keyof typeof LIMITS;
  /** A person’s id, an address as typed, a network address, or a person’s code: kept only as a keyed hash. */
  readonly name: string;
}

/** Whether an attempt may go on. */
export type Attempt =
  | { readonly allowed: true }
  /** `first`: nothing was refused before it in this window. `spent`: all that is wrong is that the code was used. */
  | { readonly allowed: false; readonly first: boolean; readonly spent: boolean; readonly retryAt: number };

/** Counts attempts that fail, in the database, so that several nodes count together and a restart forgets nothing. */
export class Attempts {
  readonly #store: Store;
  readonly #secret: string;

  constructor(store: Store, secret: string) {
    this.#store = store;
    this.#secret = secret;
  }

  /** Counts an attempt before it is made, so that many at once are not all let through; `forgive` takes it back. */
  async begin(targets: readonly Target[], at: number): Promise<Attempt> {
    await this.#store.db
      .deleteFrom('rate_limit')
      .where('since', '<=', at - WINDOW)
      .execute();
    const refused: { kind: Target['kind']; first: boolean; retryAt: number }[] = [];
    for (const target of targets) {
      const { count, since } = await this.#store.db
        .insertInto('rate_limit')
        .values({ key: this.#key(target), count: 1, since: at })
        .onConflict((conflict) =>
          conflict.column('key').doUpdateSet((row) => ({ count: row('rate_limit.count', '+', 1) })),
        )
        .returning(['count', 'since'])
        .executeTakeFirstOrThrow();
      const over = count - LIMITS[target.kind];
      if (over > 0) refused.push({ kind: target.kind, first: over === 1, retryAt: since + WINDOW });
    }
    const [worst] = refused.toSorted((a, b) => b.retryAt - a.retryAt);
    if (worst === undefined) return { allowed: true };
    const first = refused.some((each) => each.first);
    return { allowed: false, first, spent: refused.every(({ kind }) => kind === 'code'), retryAt: worst.retryAt };
  }

  /** An attempt succeeded: the account’s count starts anew, the address gets this one back. */
  async forgive(targets: readonly Target[]): Promise<void> {
    for (const target of targets) {
      const key = this.#key(target);
      if (target.kind === 'account') await this.#store.db.deleteFrom('rate_limit').where('key', '=', key).execute();
      else if (target.kind === 'address') {
        await this.#store.db
          .updateTable('rate_limit')
          .set((row) => ({ count: row('count', '-', 1) }))
          .where('key', '=', key)
          .where('count', '>', 0)
          .execute();
      }
    }
  }

  #key({ kind, name }: Target): string {
    return createHmac('sha256', this.#secret).update(`${kind}/${name}`).digest('hex');
  }
}
