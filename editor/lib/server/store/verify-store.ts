import {
  parseVerifierKey,
  verifyEvidence,
  type KeptCheckpoint,
  type KeptEntry,
  type Verification,
} from 'latchkey/evidence';
import { readEvidence, type EvidenceReader } from './evidence-reader.ts';
import { primitives } from './hashes.ts';
import type { Store } from './store.ts';
import type { CheckpointRow } from './tables.ts';

/** What an auditor kept outside: checkpoints and keys that the store cannot have changed. */
export interface KeptOutside {
  readonly checkpoints?: readonly string[];
  /** Verifier keys; without any, the keys in the store are taken at their word. */
  readonly keys?: readonly string[];
}

/** How far a check is; entries come first, then the rows they vouch for. */
export interface CheckProgress {
  readonly phase: 'entries' | 'rows';
  readonly checked: number;
  /** How many there are; null when nobody has counted. */
  readonly of: number | null;
}

/** Told after so many. */
const TOLD_EVERY = 1_000;

/** Checks the live store as of its last entry: the chain, every row of evidence, every checkpoint. Others may go on writing. */
export async function verifyStore(
  store: Pick<Store, 'db' | 'log'>,
  kept: KeptOutside = {},
  progress: (how: CheckProgress) => void = () => undefined,
): Promise<Verification> {
  const { db, log } = store;
  const reader = await readEvidence(store);
  const keyTexts =
    kept.keys ?? (await db.selectFrom('signing_key').select('verifier_key').execute()).map((row) => row.verifier_key);
  const keys = keyTexts.map((text) => parseVerifierKey(text, primitives.sha256)).filter((key) => key !== null);
  return verifyEvidence(
    {
      log,
      entries: counted(entries(reader), (checked) => progress({ phase: 'entries', checked, of: reader.last })),
      rows: counted(reader.rows(), (checked) => progress({ phase: 'rows', checked, of: null })),
      checkpoints: [
        ...reader.checkpoints.map(asKept),
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

async function* counted<T>(all: AsyncIterable<T>, tell: (count: number) => void): AsyncGenerator<T> {
  let count = 0;
  for await (const each of all) {
    yield each;
    if ((count += 1) % TOLD_EVERY === 0) tell(count);
  }
  tell(count);
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

async function* entries(reader: EvidenceReader): AsyncGenerator<KeptEntry> {
  for await (const { prev_hash, entry_hash, ...entry } of reader.entries()) {
    yield { ...entry, prev: prev_hash, hash: entry_hash };
  }
}
