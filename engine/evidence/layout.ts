/** How an evidence export is laid out: which file holds what, and how a line of it reads. */
import { canonicalText, toHex, type Sha256 } from './entry.ts';
import type { KeptEntry, KeptRow } from './verify.ts';

/** The names of an export's files, `/` between folders. */
export const exportFiles = {
  manifest: 'manifest.json',
  entries: 'events.ndjson',
  rows: (table: string): string => `rows/${asName(table)}.ndjson`,
  revision: (policy: string, number: number): string => `revisions/${asName(policy)}/${number}.json`,
  timeline: (digest: string): string => `timelines/${asName(digest)}.json`,
  checkpoint: (size: number): string => `checkpoints/${size}.txt`,
  key: (name: string): string => `keys/${asName(name)}.txt`,
} as const;

/** What `manifest.json` says. Not signed: it tells what belongs to the export, and the entries tell whether it is true. */
export interface ExportManifest {
  readonly format: typeof EXPORT_FORMAT;
  readonly log: string;
  readonly entries: {
    readonly count: number;
    readonly first: { readonly seq: number; readonly hash: string } | null;
    readonly last: { readonly seq: number; readonly hash: string } | null;
  };
  /** Every table of evidence, with the column that is its key and the number of its rows. */
  readonly tables: Readonly<Record<string, { readonly key: string; readonly rows: number }>>;
  /** Sizes of the checkpoints. */
  readonly checkpoints: readonly number[];
  /** Names of the keys. */
  readonly keys: readonly string[];
  /** Every file but this one, by name: its length in bytes and the SHA-256 of it, lower-case hex. */
  readonly files: Readonly<Record<string, { readonly size: number; readonly sha256: string }>>;
}

export const EXPORT_FORMAT = 'latchkey-evidence-1';

/** The manifest as the file holds it: two manifests that say the same are the same bytes. */
export function manifestText(manifest: ExportManifest): string {
  return `${JSON.stringify(JSON.parse(canonicalText(manifest)), null, 2)}\n`;
}

/**
 * A line of `events.ndjson`, without its end: after `{"entry":` and before `,"hash":"…"}` stands the very text whose hash
 * (after a zero byte) this is. Data that is no JSON makes a line that is none either.
 */
export function entryLine({ log, seq, at, type, actor, subject, data, prev, hash }: KeptEntry): string {
  const [a, l, p, s, t] = [actor, log, prev, subject, type].map((text) => JSON.stringify(text));
  return `{"entry":{"actor":${a},"at":${at},"data":${data},"log":${l},"prev":${p},"seq":${seq},"subject":${s},"type":${t}},"hash":${JSON.stringify(hash)}}`;
}

/** The entry in a line; null when the line is not exactly as `entryLine` writes one. */
export function readEntryLine(line: string): KeptEntry | null {
  const { entry, hash } = objectIn(line);
  if (typeof entry !== 'object' || entry === null || typeof hash !== 'string') return null;
  const { log, seq, at, type, actor, subject, prev, data } = entry as Readonly<Record<string, unknown>>;
  if (!Number.isSafeInteger(seq) || !Number.isSafeInteger(at) || typeof prev !== 'string') return null;
  if (![log, type, actor, subject].every((text) => typeof text === 'string')) return null;
  const text = canonicalOrNull(data);
  if (text === null) return null;
  const kept = { ...(entry as KeptEntry), data: text, hash };
  return entryLine(kept) === line ? kept : null;
}

/** A line of `rows/<table>.ndjson`, without its end: the very text whose hash an entry holds. */
export function rowLine(table: string, row: KeptRow['row']): string {
  return canonicalOrNull([table, row]) ?? JSON.stringify([table, row]);
}

/** The row in a line; null when the line is not exactly as `rowLine` writes one, or has no key. */
export function readRowLine(line: string, key: string): KeptRow | null {
  const value = jsonIn(line);
  if (!Array.isArray(value) || value.length !== 2 || canonicalOrNull(value) !== line) return null;
  const [table, row] = value as [unknown, unknown];
  if (typeof table !== 'string' || typeof row !== 'object' || row === null) return null;
  const columns = row as KeptRow['row'];
  const id = columns[key];
  return typeof id === 'string' ? { table, key: id, row: columns } : null;
}

/** What a row with a text of its own must be found as, besides its line: a file of exactly that text. */
export function textFileOf({ table, row }: KeptRow): { readonly file: string; readonly text: string } | null {
  const { text, policy_id: policy, number, digest } = row;
  if (typeof text !== 'string') return null;
  if (table === 'stored_text' && typeof digest === 'string') return { file: exportFiles.timeline(digest), text };
  if (table === 'revision' && typeof policy === 'string' && typeof number === 'number') {
    return { file: exportFiles.revision(policy, number), text };
  }
  return null;
}

/** Whether a row's `digest`, where it has one, is that of its text. */
export function digestHolds({ row }: KeptRow, sha256: Sha256): boolean {
  const { text, digest } = row;
  return typeof text !== 'string' || typeof digest !== 'string' || toHex(sha256(text)) === digest;
}

/** A text as one part of a path: whatever could lead elsewhere is written as `%` and its bytes. */
function asName(text: string): string {
  const safe = encodeURIComponent(text.replaceAll(/\p{Surrogate}/gu, '\ufffd')).replaceAll(/[*'()!~]/g, (character) => {
    return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
  });
  return safe.replace(/^\./, '%2E') || '%';
}

function objectIn(line: string): Readonly<Record<string, unknown>> {
  const value = jsonIn(line);
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function jsonIn(line: string): unknown {
  try {
    return JSON.parse(line) as unknown;
  } catch {
    return null;
  }
}

function canonicalOrNull(value: unknown): string | null {
  try {
    return canonicalText(value);
  } catch {
    return null;
  }
}
