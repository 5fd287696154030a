/** Drafts on this device: one a policy, in IndexedDB. */
import { openDB, type DBSchema, type IDBPDatabase } from 'idb';

export interface DraftRecord {
  readonly policy: string;
  readonly text: string;
  /** The published version the draft was started from. */
  readonly base: { readonly version: number; readonly digest: string };
  /** Epoch milliseconds. */
  readonly savedAt: number;
  /** Changes with every write, so that a write by another tab is noticed. */
  readonly stamp: string;
}

/** Where drafts are kept. Every member rejects when the device refuses. */
export interface DraftStore {
  read(policy: string): Promise<DraftRecord | null>;
  /** Writes only over the record with the stamp `over` (null: over none); answers whether it did. */
  write(record: DraftRecord, over: string | null): Promise<boolean>;
  /** Removes only the record with the stamp `stamp`; answers whether no record is left. */
  remove(policy: string, stamp: string): Promise<boolean>;
  list(): Promise<readonly DraftRecord[]>;
}

interface Schema extends DBSchema {
  drafts: { key: string; value: DraftRecord };
}

/** Drafts in IndexedDB; opens the database at the first use. */
export function deviceDrafts(): DraftStore {
  let opening: Promise<IDBPDatabase<Schema>> | null = null;
  const database = (): Promise<IDBPDatabase<Schema>> => {
    opening ??= openDB<Schema>('latchkey', 1, {
      upgrade: (created) => void created.createObjectStore('drafts', { keyPath: 'policy' }),
    });
    return opening;
  };
  return {
    read: async (policy) => (await (await database()).get('drafts', policy)) ?? null,
    async write(record, over) {
      const transaction = (await database()).transaction('drafts', 'readwrite', { durability: 'strict' });
      const kept = await transaction.store.get(record.policy);
      const free = (kept?.stamp ?? null) === over;
      if (free) await transaction.store.put(record);
      await transaction.done;
      return free;
    },
    async remove(policy, stamp) {
      const transaction = (await database()).transaction('drafts', 'readwrite', { durability: 'strict' });
      const kept = await transaction.store.get(policy);
      const free = kept === undefined || kept.stamp === stamp;
      if (kept?.stamp === stamp) await transaction.store.delete(policy);
      await transaction.done;
      return free;
    },
    list: async () => (await database()).getAll('drafts'),
  };
}
