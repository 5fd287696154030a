import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { checkpointText, signedNote, verifierKeyText, type CheckpointBody, type VerifierKey } from 'latchkey/evidence';
import { startup } from '$lib/words/startup.ts';
import { secretFile } from '../secret-file.ts';
import { primitives } from './hashes.ts';

/** Signs checkpoints. The private half never leaves this object and its file. */
export interface Signer {
  /** The public half as text to hand out: what an auditor keeps. */
  readonly verifierKey: string;
  readonly name: string;
  /** The whole signed note. */
  sign(body: CheckpointBody): string;
}

/**
 * The key in this file, made on first use and readable by its owner alone. Throws what the file system says, and a
 * sentence when there is a file but no key in it.
 */
export function openSigner(file: string): Signer {
  return signerOf(keyIn(secretFile(file, newKey), file));
}

/** The public half of the key in this data folder; null when there is none. Makes nothing. */
export async function readVerifierKey(folder: string): Promise<string | null> {
  const file = keyFile(folder);
  try {
    return signerOf(keyIn(await readFile(file, 'utf8'), file)).verifierKey;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

/** Where a data folder keeps the key. */
export function keyFile(folder: string): string {
  return path.join(folder, 'checkpoint-key.pem');
}

function signerOf(privateKey: KeyObject): Signer {
  const { x = '' } = createPublicKey(privateKey).export({ format: 'jwk' });
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

function newKey(): string {
  const { privateKey } = generateKeyPairSync('ed25519', {
    privateKeyEncoding: { format: 'pem', type: 'pkcs8' },
    publicKeyEncoding: { format: 'pem', type: 'spki' },
  });
  return privateKey;
}

/** The key in a text that this file holds. Throws a sentence when it holds none. */
function keyIn(text: string, file: string): KeyObject {
  try {
    const key = createPrivateKey(text);
    if (key.asymmetricKeyType === 'ed25519') return key;
  } catch {
    // What the library says of a broken text helps nobody.
  }
  throw new Error(startup.keyDamaged(file));
}
