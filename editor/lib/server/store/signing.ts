import { createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { checkpointText, signedNote, verifierKeyText, type CheckpointBody, type VerifierKey } from 'latchkey/evidence';
import { primitives } from './hashes.ts';

/** Signs checkpoints. The private half never leaves this object and its file. */
export interface Signer {
  /** The public half as text to hand out: what an auditor keeps. */
  readonly verifierKey: string;
  readonly name: string;
  /** The whole signed note. */
  sign(body: CheckpointBody): string;
}

/** The key in this file, made on first use and readable by its owner alone. Throws what the file system says. */
export function openSigner(file: string): Signer {
  return signerOf(createPrivateKey(readOrMake(file)));
}

/** The public half of the key in this data folder; null when there is none. Makes nothing. */
export async function readVerifierKey(folder: string): Promise<string | null> {
  try {
    return signerOf(createPrivateKey(await readFile(keyFile(folder), 'utf8'))).verifierKey;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

/** Where a data folder keeps the key. */
export function keyFile(folder: string): string {
  return path.join(folder, 'checkpoint-key.pem');
}

function signerOf(privateKey: ReturnType<typeof createPrivateKey>): Signer {
  const { x } = createPublicKey(privateKey).export({ format: 'jwk' });
  if (privateKey.asymmetricKeyType !== 'ed25519' || x === undefined) {
    throw new TypeError('The checkpoint key is no Ed25519 key.');
  }
  const publicKey = new Uint8Array(Buffer.from(x, 'base64url'));
  const key: VerifierKey = { name: `latchkey-${Buffer.from(publicKey.slice(0, 4)).toString('hex')}`, publicKey };
  return {
    name: key.name,
    verifierKey: verifierKeyText(key, primitives.sha256),
    sign(body) {
      const text = checkpointText(body);
      return signedNote(text, key, sign(null, Buffer.from(text, 'utf8'), privateKey), primitives.sha256);
    },
  };
}

function readOrMake(file: string): string {
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  const made = generateKeyPairSync('ed25519', {
    privateKeyEncoding: { format: 'pem', type: 'pkcs8' },
    publicKeyEncoding: { format: 'pem', type: 'spki' },
  }).privateKey;
  try {
    writeFileSync(file, made, { mode: 0o600, flag: 'wx', flush: true });
    return made;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return readFileSync(file, 'utf8');
    throw error;
  }
}
