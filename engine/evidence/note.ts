import { base64url } from 'jose';
import { toHex, type Sha256 } from './entry.ts';

/** What a checkpoint says: a log had this many entries, and this root. */
export interface CheckpointBody {
  /** The log's name, unique among logs; printable ASCII. */
  readonly origin: string;
  readonly size: number;
  /** RFC 6962 root hash, 32 bytes. */
  readonly root: Uint8Array;
}

/** A key that checkpoints are verified with. */
export interface VerifierKey {
  /** Printable ASCII without spaces and `+`. */
  readonly name: string;
  /** The raw Ed25519 public key, 32 bytes. */
  readonly publicKey: Uint8Array;
}

/** Whether an Ed25519 signature by a raw public key is good. */
export type VerifyEd25519 = (publicKey: Uint8Array, message: string, signature: Uint8Array) => boolean;

/** A parsed checkpoint: the text that was signed, what it says, and the signatures under it. */
export interface SignedNote {
  readonly text: string;
  readonly body: CheckpointBody;
  readonly signatures: readonly { readonly name: string; readonly hint: string; readonly signature: Uint8Array }[];
}

const ED25519 = 1;
const DASH = '\u2014';

/** The text that is signed (C2SP tlog-checkpoint): origin, size and root, a line each. */
export function checkpointText({ origin, size, root }: CheckpointBody): string {
  return `${origin}\n${size}\n${toBase64(root)}\n`;
}

/** The whole signed note (C2SP signed-note). */
export function signedNote(text: string, key: VerifierKey, signature: Uint8Array, sha256: Sha256): string {
  const bytes = new Uint8Array(4 + signature.length);
  bytes.set(keyHint(key, sha256));
  bytes.set(signature, 4);
  return `${text}\n${DASH} ${key.name} ${toBase64(bytes)}\n`;
}

/** The key as text to hand out: `<name>+<hint>+<base64>`. */
export function verifierKeyText(key: VerifierKey, sha256: Sha256): string {
  return `${key.name}+${toHex(keyHint(key, sha256))}+${toBase64(typed(key))}`;
}

/** Reads a key's text; null when it is none, or its hint is not its own. */
export function parseVerifierKey(text: string, sha256: Sha256): VerifierKey | null {
  const [, name, bytes] = /^([!-*,-~]+)\+[0-9a-f]{8}\+([A-Za-z0-9+/]+=*)$/.exec(text) ?? [];
  if (name === undefined || bytes === undefined) return null;
  const raw = fromBase64(bytes);
  if (raw?.length !== 33 || raw[0] !== ED25519) return null;
  const key = { name, publicKey: raw.slice(1) };
  return verifierKeyText(key, sha256) === text ? key : null;
}

/** Reads a signed note; null when it is not one. */
export function parseNote(note: string): SignedNote | null {
  const [, text, origin, size, root, lines] =
    /^(([ -~]+)\n(0|[1-9]\d{0,15})\n([A-Za-z0-9+/]+=*)\n)\n((?:\u2014 [!-~]+ [A-Za-z0-9+/]+=*\n)+)$/.exec(note) ?? [];
  if (text === undefined || origin === undefined || root === undefined || lines === undefined) return null;
  const rootBytes = fromBase64(root);
  if (rootBytes?.length !== 32) return null;
  const signatures = lines.trimEnd().split('\n').map(signatureOf);
  if (signatures.includes(null)) return null;
  return {
    text,
    body: { origin, size: Number(size), root: rootBytes },
    signatures: signatures.filter((signature) => signature !== null),
  };
}

/** Whether one of the note's signatures is by this key and good. */
export function signedBy(note: SignedNote, key: VerifierKey, sha256: Sha256, verify: VerifyEd25519): boolean {
  const hint = toBase64(keyHint(key, sha256));
  return note.signatures.some(
    (line) => line.name === key.name && line.hint === hint && verify(key.publicKey, note.text, line.signature),
  );
}

function signatureOf(line: string) {
  const [, name = '', encoded = ''] = line.split(' ');
  const bytes = fromBase64(encoded);
  if (bytes?.length !== 4 + 64) return null;
  return { name, hint: toBase64(bytes.slice(0, 4)), signature: bytes.slice(4) };
}

function keyHint(key: VerifierKey, sha256: Sha256): Uint8Array {
  const name = Array.from(`${key.name}\n`, (character) => character.charCodeAt(0));
  return sha256(Uint8Array.of(...name, ...typed(key))).slice(0, 4);
}

function typed(key: VerifierKey): Uint8Array {
  return Uint8Array.of(ED25519, ...key.publicKey);
}

/** Standard base64 with padding. */
function toBase64(bytes: Uint8Array): string {
  const text = base64url.encode(bytes).replaceAll('-', '+').replaceAll('_', '/');
  return text.padEnd(Math.ceil(text.length / 4) * 4, '=');
}

function fromBase64(text: string): Uint8Array | null {
  try {
    const bytes = base64url.decode(text.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, ''));
    return toBase64(bytes) === text ? bytes : null;
  } catch {
    return null;
  }
}
