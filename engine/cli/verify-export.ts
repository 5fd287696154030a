/** Checks an evidence export against itself, and against what its reader kept elsewhere. */
import { createHash, createPublicKey, verify } from 'node:crypto';
import {
  digestHolds,
  exportFiles,
  parseNote,
  parseVerifierKey,
  readEntryLine,
  readRowLine,
  textFileOf,
  verifyEvidence,
  type EvidenceProblem,
  type ExportManifest,
  type KeptCheckpoint,
  type KeptEntry,
  type KeptRow,
  type Primitives,
  type Verification,
} from '../evidence/index.ts';
import type { Archive } from './verify-limits.ts';
import { linesOf, textOf } from './verify-lines.ts';
import { checkFiles, checkTotals, readManifest } from './verify-manifest.ts';

/** What the reader did not get from the export: signed checkpoints and keys, each with the file it is in. */
export interface KeptElsewhere {
  readonly checkpoints: readonly KeptCheckpoint[];
  readonly keys: readonly string[];
}

export interface ExportVerification extends Verification {
  readonly manifest: ExportManifest;
  /** Sizes of the good and bad checkpoints that were looked at. */
  readonly checkpoints: number;
}

export const primitives: Primitives = {
  sha256: (input) => createHash('sha256').update(input).digest(),
  verifyEd25519: (publicKey, message, signature) => {
    const x = Buffer.from(publicKey).toString('base64url');
    const key = createPublicKey({ format: 'jwk', key: { kty: 'OKP', crv: 'Ed25519', x } });
    return verify(null, Buffer.from(message, 'utf8'), key, signature);
  },
};

type Report = (place: string, message: string) => void;

/**
 * Checks everything in an export. Problems name the row, the entry or the file. Throws Refused when the archive is no
 * export, or not one that should be read on.
 */
export async function verifyExport(archive: Archive, kept: KeptElsewhere): Promise<ExportVerification> {
  const manifest = await readManifest(archive);
  const problems: EvidenceProblem[] = [];
  const report: Report = (place, message) => problems.push({ place, message });
  await checkFiles(archive, manifest, report);

  const inside = await checkpointsIn(archive, report);
  const own = await keysIn(archive);
  const texts = kept.keys.length > 0 ? kept.keys : [...own.values()];
  const keys = texts.map((text) => parseVerifierKey(text, primitives.sha256)).filter((key) => key !== null);
  const counts = new Map<string, number>();
  const checkpoints = [...inside, ...kept.checkpoints];
  const found = await verifyEvidence(
    {
      log: manifest.log,
      entries: entriesIn(archive, report),
      rows: counted(rowsIn(archive, manifest, report, own), counts),
      checkpoints,
    },
    keys,
    primitives,
  );
  checkTotals(manifest, found, counts, report);
  if (kept.keys.length > 0 && found.signedSize === 0) {
    report('checkpoints', 'No checkpoint that holds is signed by a key you gave: somebody may have signed anew.');
  }
  return { ...found, manifest, checkpoints: checkpoints.length, problems: [...found.problems, ...problems] };
}

async function* entriesIn(archive: Archive, report: Report): AsyncGenerator<KeptEntry> {
  if (!archive.files.has(exportFiles.entries)) return;
  for await (const { number, text, whole } of linesOf(archive, exportFiles.entries)) {
    const entry = whole ? readEntryLine(text) : null;
    if (entry === null)
      report(`${exportFiles.entries}, line ${number}`, 'This line is no whole entry as one is written.');
    else yield entry;
  }
}

async function* rowsIn(
  archive: Archive,
  { tables }: ExportManifest,
  report: Report,
  keys: ReadonlyMap<string, string>,
): AsyncGenerator<KeptRow> {
  const texts = new Set<string>();
  const unheard = new Set(keys.values());
  for (const [table, { key }] of Object.entries(tables)) {
    const file = exportFiles.rows(table);
    if (!archive.files.has(file)) continue;
    for await (const { number, text, whole } of linesOf(archive, file)) {
      const row = whole ? readRowLine(text, key) : null;
      if (row?.table !== table) {
        report(`${file}, line ${number}`, 'This line is no whole row as one is written.');
        continue;
      }
      if (!digestHolds(row, primitives.sha256)) report(`${table}/${row.key}`, 'Its digest is not that of its text.');
      await checkTextFile(archive, row, texts, report);
      if (table === 'signing_key') unheard.delete(String(row.row['verifier_key']));
      yield row;
    }
  }
  for (const name of archive.files.keys()) {
    if (/^(revisions|timelines)\//.test(name) && !texts.has(name)) report(name, 'No row has this text.');
  }
  for (const [name, text] of keys) if (unheard.has(text)) report(name, 'No row of the log introduces this key.');
}

/** Revisions and timelines stand in the export as files too, for reading: they must say what the row says. */
async function checkTextFile(archive: Archive, row: KeptRow, seen: Set<string>, report: Report): Promise<void> {
  const expected = textFileOf(row);
  if (expected === null) return;
  seen.add(expected.file);
  if ((await textOf(archive, expected.file)) !== expected.text) {
    report(`${row.table}/${row.key}`, `The file \`${expected.file}\` does not say what the row says.`);
  }
}

async function* counted(rows: AsyncIterable<KeptRow>, counts: Map<string, number>): AsyncGenerator<KeptRow> {
  for await (const row of rows) {
    counts.set(row.table, (counts.get(row.table) ?? 0) + 1);
    yield row;
  }
}

async function checkpointsIn(archive: Archive, report: Report): Promise<readonly KeptCheckpoint[]> {
  const found: KeptCheckpoint[] = [];
  for (const name of archive.files.keys()) {
    if (!name.startsWith('checkpoints/')) continue;
    const note = (await textOf(archive, name)) ?? '';
    const size = parseNote(note)?.body.size;
    if (size !== undefined && name !== exportFiles.checkpoint(size)) {
      report(name, `It was signed over ${size} entries, which is not what its name says.`);
    }
    found.push({ place: name, note });
  }
  return found;
}

/** The keys that came with the export, by file. */
async function keysIn(archive: Archive): Promise<ReadonlyMap<string, string>> {
  const keys = new Map<string, string>();
  for (const name of archive.files.keys()) {
    if (name.startsWith('keys/')) keys.set(name, ((await textOf(archive, name)) ?? '').replace(/\n$/, ''));
  }
  return keys;
}
