/** The table of contents of an export: what it announces, and whether that is what is there. */
import { EXPORT_FORMAT, exportFiles, manifestText, type ExportManifest, type Verification } from '../evidence/index.ts';
import { Refused, type Archive } from './verify-limits.ts';
import { digestOfFile, textOf } from './verify-lines.ts';

type Report = (place: string, message: string) => void;

/** Throws Refused when there is no manifest that can be read. */
export async function readManifest(archive: Archive): Promise<ExportManifest> {
  const text = await textOf(archive, exportFiles.manifest);
  if (text === null) {
    throw new Refused(
      'it holds no `manifest.json`; name the zip or the folder that an evidence export was unpacked to',
    );
  }
  const manifest = parsed(text);
  if (manifest === null) {
    throw new Refused('its `manifest.json` is damaged, or was written by another version; get the export again');
  }
  return manifest;
}

/** Every file that is announced is there as announced, and no other. */
export async function checkFiles(archive: Archive, { files }: ExportManifest, report: Report): Promise<void> {
  for (const [name, { size, sha256 }] of Object.entries(files)) {
    const found = archive.files.get(name);
    if (found === undefined) report(name, 'It is missing; the manifest names it.');
    else if (found !== size || (await digestOfFile(archive, name)) !== sha256) {
      report(name, 'It is not the file that the manifest names.');
    }
  }
  for (const name of archive.files.keys()) {
    if (name !== exportFiles.manifest && !Object.hasOwn(files, name))
      report(name, 'The manifest does not name this file.');
  }
}

/** What the manifest counts is what was found. */
export function checkTotals(
  { entries, tables, checkpoints, keys, files }: ExportManifest,
  found: Verification,
  counts: ReadonlyMap<string, number>,
  report: Report,
): void {
  const wrong = (what: string) => report(exportFiles.manifest, `It announces other ${what} than there are.`);
  const ends = [
    entries.first?.seq ?? null,
    entries.first?.hash ?? null,
    entries.last?.seq ?? null,
    entries.last?.hash ?? null,
  ];
  const real = [found.size > 0 ? 1 : null, found.firstHash, found.size > 0 ? found.size : null, found.lastHash];
  if (entries.count !== found.size || ends.join() !== real.join()) wrong('entries');
  for (const [table, { rows }] of Object.entries(tables)) {
    if (rows !== (counts.get(table) ?? 0)) wrong(`rows of \`${table}\``);
  }
  const named = Object.keys(files);
  const among = (folder: string) => named.filter((name) => name.startsWith(folder)).toSorted();
  if (!same(checkpoints.map(exportFiles.checkpoint), among('checkpoints/'))) wrong('checkpoints');
  if (!same(keys.map(exportFiles.key), among('keys/'))) wrong('keys');
  if (!same(Object.keys(tables).map(exportFiles.rows), among('rows/'))) wrong('tables');
}

function same(names: readonly string[], found: readonly string[]): boolean {
  return names.toSorted().join('\n') === found.join('\n');
}

function parsed(text: string): ExportManifest | null {
  try {
    const value = JSON.parse(text) as ExportManifest;
    const shaped =
      value.format === EXPORT_FORMAT &&
      typeof value.log === 'string' &&
      Number.isSafeInteger(value.entries.count) &&
      Object.values(value.tables).every(({ key, rows }) => typeof key === 'string' && Number.isSafeInteger(rows)) &&
      Object.values(value.files).every(
        ({ size, sha256 }) => Number.isSafeInteger(size) && typeof sha256 === 'string',
      ) &&
      [value.checkpoints, value.keys].every(Array.isArray);
    return shaped && manifestText(value) === text ? value : null;
  } catch {
    return null;
  }
}
