import type { Verification } from 'latchkey/evidence';
import { verifyStore, type Store } from '../store/index.ts';

/** The last answer of `verifyStore`, for a badge. */
export interface Integrity {
  readonly verification: Verification;
  /** The last entry when it was checked. */
  readonly seq: number;
  /** Unix milliseconds. */
  readonly checkedAt: number;
}

/** After so long it is checked again even when nothing was written: somebody may have altered what there is. */
const STALE_AFTER = 10 * 60_000;
/** For so long, times the entries checked, one answer does although something was written: a long log takes seconds. */
const KEPT_PER_ENTRY = 1;

const lastChecks = new WeakMap<Store['db'], Integrity>();
const running = new WeakMap<Store['db'], Promise<Integrity>>();

/**
 * Whether the live store holds, at `at` (Unix milliseconds). The answer is kept for ten minutes, or until something is
 * written (with a long log for some seconds more: `seq` tells how far it goes). Whoever asks while a check runs gets
 * that one.
 */
export async function integrity(store: Store, at: number): Promise<Integrity> {
  const { db } = store;
  const seq = await lastSeq(store);
  const last = lastChecks.get(db);
  if (last !== undefined) {
    const kept = last.seq === seq ? STALE_AFTER : Math.min(last.seq * KEPT_PER_ENTRY, STALE_AFTER);
    if (at - last.checkedAt < kept) return last;
  }
  const check = running.get(db) ?? verified(store, seq, at).finally(() => running.delete(db));
  running.set(db, check);
  return check;
}

async function verified(store: Store, seq: number, at: number): Promise<Integrity> {
  const found = { verification: await verifyStore(store), seq, checkedAt: at };
  lastChecks.set(store.db, found);
  return found;
}

async function lastSeq({ db, log }: Store): Promise<number> {
  const last = await db
    .selectFrom('audit_event')
    .select('seq')
    .where('log', '=', log)
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  return last?.seq ?? 0;
}
