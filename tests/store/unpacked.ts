import { createHash } from 'node:crypto';
import { strFromU8, strToU8, unzipSync } from 'fflate';
import { entryHash, manifestText, type EntryData, type ExportManifest } from 'latchkey/evidence';
import { exportEvidence } from '$lib/server/history/index.ts';
import type { Store } from '$lib/server/store/index.ts';
import type { Archive } from '../../engine/cli/verify-limits.ts';

/** An unpacked export, in memory. */
export type Unpacked = Readonly<Record<string, Uint8Array>>;

export async function zipFrom(store: Store): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of exportEvidence(store)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

export async function unpacked(store: Store): Promise<Unpacked> {
  return unzipSync(await zipFrom(store));
}

/** As the command reads a folder. */
export function archiveOf(files: Unpacked): Archive {
  return {
    files: new Map(Object.entries(files).map(([name, bytes]) => [name, bytes.length])),
    read: async function* (name) {
      yield files[name] ?? new Uint8Array();
    },
    close: async () => undefined,
  };
}

export function linesIn(files: Unpacked, name: string): string[] {
  return strFromU8(files[name] ?? new Uint8Array())
    .split('\n')
    .slice(0, -1);
}

export function withLines(files: Unpacked, name: string, lines: readonly string[]): Unpacked {
  return { ...files, [name]: strToU8(lines.map((line) => `${line}\n`).join('')) };
}

export function without(files: Unpacked, name: string): Unpacked {
  return Object.fromEntries(Object.entries(files).filter(([each]) => each !== name));
}

/** The files with a manifest that announces them as they are: whoever alters a file would not forget it. */
export function announced(files: Unpacked): Unpacked {
  const before = JSON.parse(strFromU8(files['manifest.json'] ?? new Uint8Array())) as ExportManifest;
  const rest = without(files, 'manifest.json');
  const names = Object.keys(rest);
  const entries = linesIn(files, 'events.ndjson').map((line) => /"seq":(\d+),.*"hash":"([^"]*)"/.exec(line));
  const end = (found: RegExpExecArray | null | undefined) =>
    found ? { seq: Number(found[1]), hash: found[2] ?? '' } : null;
  const manifest: ExportManifest = {
    ...before,
    entries: { count: entries.length, first: end(entries[0]), last: end(entries.at(-1)) },
    tables: Object.fromEntries(
      Object.entries(before.tables).map(([table, { key }]) => [
        table,
        { key, rows: linesIn(files, `rows/${table}.ndjson`).length },
      ]),
    ),
    checkpoints: before.checkpoints.filter((size) => names.includes(`checkpoints/${size}.txt`)),
    files: Object.fromEntries(
      Object.entries(rest).map(([name, bytes]) => [
        name,
        { size: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') },
      ]),
    ),
  };
  return { ...rest, 'manifest.json': strToU8(manifestText(manifest)) };
}

interface Entry {
  readonly log: string;
  readonly seq: number;
  readonly at: number;
  readonly type: string;
  readonly actor: string;
  readonly subject: string;
  readonly data: EntryData;
  readonly prev: string;
}

/** Changes who did one thing, and makes all later hashes agree: a forgery the chain alone cannot see. */
export function rewritten(lines: readonly string[], seq: number): readonly string[] {
  let prev: string | undefined;
  return lines.map((line) => {
    const { entry } = JSON.parse(line) as { entry: Entry };
    if (entry.seq < seq) return line;
    const actor = entry.seq === seq ? 'u-somebody-else' : entry.actor;
    const other = { ...entry, actor, prev: prev ?? entry.prev };
    prev = entryHash(other, (input) => createHash('sha256').update(input).digest());
    const { data, log, subject, type } = other;
    const text = JSON.stringify({ actor, at: other.at, data, log, prev: other.prev, seq: other.seq, subject, type });
    return `{"entry":${text},"hash":"${prev}"}`;
  });
}
