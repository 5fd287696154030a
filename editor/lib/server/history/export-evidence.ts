import {
  entryLine,
  EXPORT_FORMAT,
  exportFiles,
  manifestText,
  rowLine,
  textFileOf,
  type ExportManifest,
} from 'latchkey/evidence';
import { VERIFY_TEXT } from '$lib/words/evidence.ts';
import { evidenceTables, type EvidenceTable } from '../store/evidence-tables.ts';
import { readEvidence, type EvidenceReader, type Store } from '../store/index.ts';
import { csvLine } from './csv.ts';
import { Gathered } from './gathered.ts';
import { summaryPage } from './summary-page.ts';
import { utcText } from './utc-text.ts';
import { zipOf, type FileToZip, type Zipped } from './zip-stream.ts';

/**
 * All evidence as a zip, in pieces, as of the last entry when the first piece is asked for; others may go on writing. The
 * same store gives the same bytes. Throws RangeError when there is more than one zip can hold.
 */
export async function* exportEvidence(store: Pick<Store, 'db' | 'log'>): AsyncGenerator<Uint8Array> {
  const reader = await readEvidence(store);
  const files = new Map<string, Zipped>();
  yield* zipOf(filesOf(reader, files), (name, zipped) => files.set(name, zipped));
}

async function* filesOf(reader: EvidenceReader, done: ReadonlyMap<string, Zipped>): AsyncGenerator<FileToZip> {
  const gathered = new Gathered();
  yield { name: exportFiles.entries, text: entryLines(reader, gathered) };
  yield { name: 'events.csv', text: entryTable(reader) };
  const tables = Object.keys(evidenceTables) as EvidenceTable[];
  for (const table of tables) yield { name: exportFiles.rows(table), text: rowLines(reader, table, gathered) };
  const keys = gathered.keys();
  yield* textFiles(reader);
  for (const { size, note } of reader.checkpoints) yield { name: exportFiles.checkpoint(size), text: [note] };
  for (const { name, text } of keys) yield { name: exportFiles.key(name), text: [`${text}\n`] };

  const { log, checkpoints } = reader;
  const { entries, rows } = gathered;
  const signedSize = checkpoints.at(-1)?.size ?? 0;
  const names = keys.map(({ name }) => name);
  yield { name: 'reviews.csv', text: gathered.reviewTable() };
  yield { name: 'releases.csv', text: gathered.releaseTable() };
  yield { name: 'summary.html', text: [summaryPage({ log, signedSize, keys: names, ...gathered.summary() })] };
  yield { name: 'VERIFY.txt', text: [VERIFY_TEXT] };
  const manifest: ExportManifest = {
    ...{ format: EXPORT_FORMAT, log, entries },
    tables: Object.fromEntries(
      tables.map((table) => [table, { key: evidenceTables[table], rows: rows.get(table) ?? 0 }]),
    ),
    ...{ checkpoints: checkpoints.map(({ size }) => size), keys: names, files: Object.fromEntries(done) },
  };
  yield { name: exportFiles.manifest, text: [manifestText(manifest)] };
}

async function* entryLines(reader: EvidenceReader, gathered: Gathered): AsyncGenerator<string> {
  for await (const event of reader.entries()) {
    const { prev_hash: prev, entry_hash: hash, ...entry } = event;
    gathered.addEntry(event);
    yield `${entryLine({ ...entry, prev, hash })}\n`;
  }
}

async function* entryTable(reader: EvidenceReader): AsyncGenerator<string> {
  yield csvLine(['seq', 'at', 'type', 'actor', 'subject', 'data', 'hash']);
  for await (const { seq, at, type, actor, subject, data, entry_hash } of reader.entries()) {
    yield csvLine([seq, utcText(at), type, actor, subject, data, entry_hash]);
  }
}

async function* rowLines(reader: EvidenceReader, table: EvidenceTable, gathered: Gathered): AsyncGenerator<string> {
  for await (const { row } of reader.rows([table])) {
    gathered.addRow(table, row);
    yield `${rowLine(table, row)}\n`;
  }
}

async function* textFiles(reader: EvidenceReader): AsyncGenerator<FileToZip> {
  const seen = new Set<string>();
  for await (const row of reader.rows(['revision', 'stored_text'])) {
    const found = textFileOf(row);
    // Two rows of one name are the work of somebody who altered them; the rows themselves tell.
    if (found === null || seen.has(found.file)) continue;
    seen.add(found.file);
    yield { name: found.file, text: [found.text] };
  }
}
