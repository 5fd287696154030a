import {
  canonicalText,
  entryHash,
  fromHex,
  NO_ENTRY,
  rowHash,
  toHex,
  type AuditEntry,
  type RowReference,
  type Sha256,
} from './entry.ts';
import { parseNote, signedBy, type SignedNote, type VerifierKey, type VerifyEd25519 } from './note.ts';
import { addLeaf, treeRoot, type Frontier } from './tree.ts';

/** An entry as it is kept: its canonical data text, and the hash it claims. */
export interface KeptEntry extends Omit<AuditEntry, 'data'> {
  readonly data: string;
  readonly hash: string;
}

/** A row of evidence as it is kept. */
export interface KeptRow {
  readonly table: string;
  readonly key: string;
  readonly row: Readonly<Record<string, unknown>>;
}

/** Everything there is to check; entries by `seq`, all else in any order. */
export interface Evidence {
  readonly log: string;
  readonly entries: AsyncIterable<KeptEntry> | Iterable<KeptEntry>;
  readonly rows: AsyncIterable<KeptRow> | Iterable<KeptRow>;
  /** Signed notes: those kept with the log, and any that was kept elsewhere. */
  readonly checkpoints: readonly KeptCheckpoint[];
}

/** A signed note, and what is kept beside it for going on from there. */
export interface KeptCheckpoint {
  readonly place: string;
  readonly note: string;
  readonly beside?: {
    readonly log: string;
    readonly size: number;
    readonly root: string;
    /** The name of the key that signed. */
    readonly key: string;
    /** Roots of the complete subtrees. */
    readonly frontier: readonly string[];
  };
}

/** What does not hold, and where: `audit_event/main/17`, `revision/…`, `checkpoint/100`. */
export interface EvidenceProblem {
  readonly place: string;
  readonly message: string;
}

/** The result: no problem means that nothing that is checked here was altered since it was written. */
export interface Verification {
  readonly problems: readonly EvidenceProblem[];
  /** Entries read. */
  readonly size: number;
  readonly firstHash: string | null;
  readonly lastHash: string | null;
  readonly root: string;
  /** Rows that an entry vouches for and that are as it says. */
  readonly rows: number;
  /** The largest size that a good checkpoint vouches for. */
  readonly signedSize: number;
}

/** The arithmetic that differs from one runtime to the next. */
export interface Primitives {
  readonly sha256: Sha256;
  readonly verifyEd25519: VerifyEd25519;
}

/** A log that was rewritten wholesale has thousands of problems; the first ones tell where to look. */
const ENOUGH = 1_000;

/**
 * Checks the chain of entries, every row an entry vouches for, and every checkpoint against `keys`. A checkpoint larger
 * than the log is a problem (the tail was cut), as is a row that no entry vouches for. Never throws for bad evidence.
 */
export async function verifyEvidence(
  evidence: Evidence,
  keys: readonly VerifierKey[],
  { sha256, verifyEd25519 }: Primitives,
): Promise<Verification> {
  const problems: EvidenceProblem[] = [];
  const report = (place: string, message: string) => {
    if (problems.length < ENOUGH) problems.push({ place, message });
  };

  const notes = evidence.checkpoints.flatMap((kept) => {
    const parsed = parseNote(kept.note);
    const wrong = noteProblem(parsed, kept, evidence.log, keys, { sha256, verifyEd25519 });
    if (wrong !== null) report(kept.place, wrong);
    return parsed === null || wrong !== null ? [] : [{ ...kept, ...parsed.body }];
  });
  const waiting = groupBySize(notes);

  const vouched = new Map<string, RowReference & { readonly by: string }>();
  let frontier: Frontier = [];
  let size = 0;
  let signedSize = 0;
  let previous = NO_ENTRY;
  let firstHash: string | null = null;
  for await (const kept of evidence.entries) {
    const place = `audit_event/${kept.log}/${kept.seq}`;
    if (kept.seq !== size + 1) report(place, `Entry ${size + 1} is missing or out of its place.`);
    if (kept.log !== evidence.log) report(place, `This entry is of the log ‘${kept.log}’.`);
    if (kept.prev !== previous) report(place, 'It does not follow from the entry before.');
    const computed = hashOf(kept, sha256);
    if (computed === null) report(place, 'Its data is no canonical JSON.');
    else if (computed.hash !== kept.hash) report(place, 'It does not say what its hash was made of.');
    for (const row of computed?.rows ?? []) vouched.set(`${row.table}/${row.key}`, { ...row, by: place });
    previous = kept.hash;
    firstHash ??= kept.hash;
    frontier = addLeaf(frontier, size, fromHex(kept.hash) ?? new Uint8Array(32), sha256);
    size += 1;
    for (const { place: where, root, beside } of waiting.get(size) ?? []) {
      const same = toHex(root) === toHex(treeRoot(frontier, sha256));
      if (same) signedSize = size;
      if (same && beside !== undefined && String(beside.frontier) !== String(frontier.map(toHex))) {
        report(where, 'What is kept beside it for going on is not what the entries give.');
      }
      if (!same) report(where, `The first ${size} entries are not the ones it was signed over.`);
    }
  }
  for (const note of notes) {
    if (note.size > size)
      report(note.place, `It was signed over ${note.size} entries; there are ${size}: the end is missing.`);
  }

  let rows = 0;
  for await (const { table, key, row } of evidence.rows) {
    const place = `${table}/${key}`;
    const reference = vouched.get(place);
    vouched.delete(place);
    if (reference === undefined) report(place, 'No entry of the log vouches for this row.');
    else if (safeRowHash(table, row, sha256) !== reference.hash)
      report(place, `It is not what ${reference.by} vouches for.`);
    else rows += 1;
  }
  for (const [place, { by }] of vouched) report(place, `It is missing; ${by} vouches for it.`);

  return {
    problems,
    size,
    firstHash,
    lastHash: size === 0 ? null : previous,
    root: toHex(treeRoot(frontier, sha256)),
    rows,
    signedSize,
  };
}

function noteProblem(
  note: SignedNote | null,
  { beside }: KeptCheckpoint,
  log: string,
  keys: readonly VerifierKey[],
  { sha256, verifyEd25519 }: Primitives,
): string | null {
  if (note === null) return 'This is no signed checkpoint.';
  const { origin, size, root } = note.body;
  if (origin !== log) return `This checkpoint is of the log ‘${origin}’.`;
  if (!keys.some((key) => signedBy(note, key, sha256, verifyEd25519))) return 'No known key signed this checkpoint.';
  if (beside === undefined) return null;
  const agrees =
    beside.log === origin &&
    beside.size === size &&
    beside.root === toHex(root) &&
    note.signatures.some(({ name }) => name === beside.key);
  return agrees ? null : 'What is kept beside it is not what was signed.';
}

function hashOf(
  kept: KeptEntry,
  sha256: Sha256,
): { readonly hash: string; readonly rows: readonly RowReference[] } | null {
  try {
    const data = JSON.parse(kept.data) as AuditEntry['data'];
    if (canonicalText(data) !== kept.data) return null;
    const { log, seq, at, type, actor, subject, prev } = kept;
    const hash = entryHash({ log, seq, at, type, actor, subject, data, prev }, sha256);
    return { hash, rows: Array.isArray(data?.rows) ? data.rows.filter(isReference) : [] };
  } catch {
    return null;
  }
}

function isReference(value: unknown): value is RowReference {
  if (typeof value !== 'object' || value === null) return false;
  const { table, key, hash } = value as Record<string, unknown>;
  return typeof table === 'string' && typeof key === 'string' && typeof hash === 'string';
}

function safeRowHash(table: string, row: KeptRow['row'], sha256: Sha256): string | null {
  try {
    return rowHash(table, row, sha256);
  } catch {
    return null;
  }
}

function groupBySize<T extends { readonly size: number }>(notes: readonly T[]): Map<number, T[]> {
  const groups = new Map<number, T[]>();
  for (const note of notes) groups.set(note.size, [...(groups.get(note.size) ?? []), note]);
  return groups;
}
