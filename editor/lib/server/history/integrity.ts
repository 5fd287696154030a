import type { Verification } from 'latchkey/evidence';
import { verifyStore, type CheckProgress, type Store } from '../store/index.ts';

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

type Listener = (progress: CheckProgress) => void;

const lastChecks = new WeakMap<Store['db'], Integrity>();
const running = new WeakMap<Store['db'], { readonly done: Promise<Integrity>; readonly listeners: Set<Listener> }>();

/**
 * Whether the live store holds, at `at` (Unix milliseconds). The answer is kept for ten minutes, or until something is
 * written (with a long log for some seconds more: `seq` tells how far it goes). Whoever asks while a check runs gets
 * that one.
 */
export async function integrity(store: Store, at: number): Promise<Integrity> {
  const last = lastChecks.get(store.db);
  if (last !== undefined) {
    const kept = last.seq === (await lastSeq(store)) ? STALE_AFTER : Math.min(last.seq * KEPT_PER_ENTRY, STALE_AFTER);
    if (at - last.checkedAt < kept) return last;
  }
  return checkIntegrity(store, at);
}

/** Checks the live store anew, or listens to the check that runs already: one at a time is enough for everybody. */
export async function checkIntegrity(
  store: Store,
  at: number,
  listener: Listener = () => undefined,
): Promise<Integrity> {
  const { db } = store;
  const check = running.get(db) ?? begin(store, at);
  check.listeners.add(listener);
  try {
    return await check.done;
  } finally {
    check.listeners.delete(listener);
  }
}

function begin(store: Store, at: number) {
  const { db } = store;
  const listeners = new Set<Listener>();
  const tell = (progress: CheckProgress): void => listeners.forEach((listener) => listener(progress));
  const check = { done: verified(store, at, tell).finally(() => running.delete(db)), listeners };
  running.set(db, check);
  return check;
}

async function verified(store: Store, at: number, tell: Listener): Promise<Integrity> {
  const seq = await lastSeq(store);
  const found = { verification: await verifyStore(store, {}, tell), seq, checkedAt: at };
  lastChecks.set(store.db, found);
  return found;
}

/** The number of the last entry; 0 in an empty log. */
export async function lastSeq({ db, log }: Pick<Store, 'db' | 'log'>): Promise<number> {
  const last = await db
    .selectFrom('audit_event')
    .select('seq')
    .where('log', '=', log)
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  return last?.seq ?? 0;
}
