import {
  parseVerifierKey,
  verifyEvidence,
  type KeptCheckpoint,
  type KeptEntry,
  type KeptRow,
  type Verification,
} from 'latchkey/evidence';
import { evidenceTables, type EvidenceTable } from './evidence-tables.ts';
import { primitives } from './hashes.ts';
import type { Store } from './store.ts';
import type { CheckpointRow } from './tables.ts';

/** Rows read at a time: memory stays flat however long the history is. */
const PAGE = 1_000;

/** What an auditor kept outside: checkpoints and keys that the store cannot have changed. */
export interface KeptOutside {
  readonly checkpoints?: readonly string[];
  /** Verifier keys; without any, the keys in the store are taken at their word. */
  readonly keys?: readonly string[];
}

/** Checks the live store: the chain, every row of evidence, every checkpoint. */
export async function verifyStore(store: Store, kept: KeptOutside = {}): Promise<Verification> {
  const { db, log } = store;
  const inside = await db.selectFrom('checkpoint').selectAll().execute();
  const keyTexts =
    kept.keys ?? (await db.selectFrom('signing_key').select('verifier_key').execute()).map((row) => row.verifier_key);
  const keys = keyTexts.map((text) => parseVerifierKey(text, primitives.sha256)).filter((key) => key !== null);
  return verifyEvidence(
    {
      log,
      entries: entries(store),
      rows: evidenceRows(store),
      checkpoints: [
        ...inside.map(asKept),
        ...(kept.checkpoints ?? []).map((note, index) => ({
          place: `checkpoint kept outside, number ${index + 1}`,
          note,
        })),
      ],
    },
    keys,
    primitives,
  );
}

function asKept({ log, size, root, note, key_id: key, frontier }: CheckpointRow): KeptCheckpoint {
  return { place: `checkpoint/${size}`, note, beside: { log, size, root, key, frontier: hashesIn(frontier) } };
}

function hashesIn(text: string): readonly string[] {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) && JSON.stringify(value) === text ? value.map(String) : [];
  } catch {
    return [];
  }
}

/** The log’s entries, oldest first. */
async function* entries({ db, log }: Pick<Store, 'db' | 'log'>): AsyncGenerator<KeptEntry> {
  for (let last = 0; ;) {
    const page = await db
      .selectFrom('audit_event')
      .selectAll()
      .where('log', '=', log)
      .where('seq', '>', last)
      .orderBy('seq')
      .limit(PAGE)
      .execute();
    for (const { prev_hash, entry_hash, ...entry } of page) yield { ...entry, prev: prev_hash, hash: entry_hash };
    const end = page.at(-1);
    if (end === undefined) return;
    last = end.seq;
  }
}

/** Every row that an entry must vouch for. */
async function* evidenceRows({ db }: Pick<Store, 'db'>): AsyncGenerator<KeptRow> {
  for (const table of Object.keys(evidenceTables) as EvidenceTable[]) {
    const column = evidenceTables[table];
    for (let last = ''; ;) {
      const page: readonly Readonly<Record<string, unknown>>[] = await db
        .selectFrom(table)
        .selectAll()
        .where(column as never, '>', last as never)
        .orderBy(column as never)
        .limit(PAGE)
        .execute();
      for (const row of page) yield { table, key: String(row[column]), row };
      const end = page.at(-1);
      if (end === undefined) break;
      last = String(end[column]);
    }
  }
}
