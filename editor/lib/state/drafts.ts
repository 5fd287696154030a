/** What the server does not have yet, kept on this device: one record a policy, in IndexedDB. */
import { openDB, type DBSchema, type IDBPDatabase } from 'idb';

export interface DraftRecord {
  readonly policy: string;
  readonly text: string;
  /** What the server had when this was begun: its lock version, and its text. */
  readonly base: { readonly lockVersion: number; readonly text: string };
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
  /** As `write`, but done when it returns, for a page that is going away; the next `read` takes it in. Throws. */
  spill(record: DraftRecord, over: string | null): void;
}

interface Schema extends DBSchema {
  drafts: { key: string; value: DraftRecord };
}

/** Drafts in IndexedDB, opened at the first use; what is spilled waits in the browser's local storage. */
export function deviceDrafts(): DraftStore {
  let opening: Promise<IDBPDatabase<Schema>> | null = null;
  const database = (): Promise<IDBPDatabase<Schema>> => {
    opening ??= openDB<Schema>('latchkey', 1, {
      upgrade: (created) => void created.createObjectStore('drafts', { keyPath: 'policy' }),
    });
    return opening;
  };

  /** Runs on the kept record in one transaction, so that no other tab comes between. */
  async function exchange(
    policy: string,
    decide: (kept: DraftRecord | null) => DraftRecord | null,
  ): Promise<{ readonly before: DraftRecord | null; readonly after: DraftRecord | null }> {
    const transaction = (await database()).transaction('drafts', 'readwrite', { durability: 'strict' });
    const before = (await transaction.store.get(policy)) ?? null;
    const after = decide(before);
    if (after === null) await transaction.store.delete(policy);
    else if (after !== before) await transaction.store.put(after);
    await transaction.done;
    return { before, after };
  }

  return {
    async read(policy) {
      const spilled = takeSpilled(policy);
      if (spilled === null) return (await (await database()).get('drafts', policy)) ?? null;
      const { record, over } = spilled;
      return (await exchange(policy, (kept) => ((kept?.stamp ?? null) === over ? record : kept))).after;
    },
    async write(record, over) {
      const { after } = await exchange(record.policy, (kept) => ((kept?.stamp ?? null) === over ? record : kept));
      if (after === record) takeSpilled(record.policy);
      return after === record;
    },
    async remove(policy, stamp) {
      takeSpilled(policy);
      return (await exchange(policy, (kept) => (kept?.stamp === stamp ? null : kept))).after === null;
    },
    list: async () => (await database()).getAll('drafts'),
    spill: (record, over) => localStorage.setItem(spillKey(record.policy), JSON.stringify({ record, over })),
  };
}

interface Spilled {
  readonly record: DraftRecord;
  readonly over: string | null;
}

const spillKey = (policy: string): string => `latchkey-draft:${policy}`;

function takeSpilled(policy: string): Spilled | null {
  const text = localStorage.getItem(spillKey(policy));
  localStorage.removeItem(spillKey(policy));
  return text === null ? null : (JSON.parse(text) as Spilled);
}
