import canonicalize from 'canonicalize';

/** One entry of a log: who did what to what, when, and which rows of evidence came of it. */
export interface AuditEntry {
  /** The log's name. */
  readonly log: string;
  /** 1, 2, … without gaps. */
  readonly seq: number;
  /** Unix milliseconds. */
  readonly at: number;
  /** Such as `revision.submitted`. */
  readonly type: string;
  /** A user's id, or `system`. */
  readonly actor: string;
  /** What it is about, such as `policy/field-service`. */
  readonly subject: string;
  readonly data: EntryData;
  /** The hash of the entry before, 64 zeros for the first; lower-case hex. */
  readonly prev: string;
}

/** What an entry says besides; `rows` binds the rows written with it. */
export interface EntryData {
  readonly rows?: readonly RowReference[];
  readonly [name: string]: unknown;
}

/** A row of evidence by table and primary key, with the hash of what it says. */
export interface RowReference {
  readonly table: string;
  readonly key: string;
  readonly hash: string;
}

/** SHA-256; a text is hashed as its UTF-8 bytes. */
export type Sha256 = (input: Uint8Array | string) => Uint8Array;

/** `prev` of the first entry. */
export const NO_ENTRY = '0'.repeat(64);

/**
 * The hash of an entry: SHA-256 over a zero byte and the entry as RFC 8785 canonical JSON. It is also the leaf hash of
 * RFC 6962, so the same hashes make up the tree that checkpoints sign.
 * Throws TypeError when the entry holds what JSON cannot say.
 */
export function entryHash(entry: AuditEntry, sha256: Sha256): string {
  return toHex(sha256(`\0${canonicalText(entry)}`));
}

/** The hash of a row: SHA-256 over the canonical JSON of `[table, row]`, lower-case hex. */
export function rowHash(table: string, row: Readonly<Record<string, unknown>>, sha256: Sha256): string {
  return toHex(sha256(canonicalText([table, row])));
}

/** RFC 8785 canonical JSON. Throws TypeError for NaN, infinities, lone surrogates, and what is no JSON value. */
export function canonicalText(value: unknown): string {
  let text: string | undefined;
  try {
    text = canonicalize(value);
  } catch (error) {
    throw new TypeError('This value has no canonical JSON text.', { cause: error });
  }
  if (text === undefined) throw new TypeError('This value has no canonical JSON text.');
  return text;
}

/** Lower-case hex. */
export function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Bytes of lower-case hex; null for any other text. */
export function fromHex(text: string): Uint8Array | null {
  if (!/^([0-9a-f]{2})*$/.test(text)) return null;
  return Uint8Array.from({ length: text.length / 2 }, (_, index) =>
    Number.parseInt(text.slice(index * 2, index * 2 + 2), 16),
  );
}
