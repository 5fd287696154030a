import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** The shortest secret taken from the environment, in characters. */
const SHORTEST = 32;

/**
 * What signs cookies and encrypts second factors: LATCHKEY_SECRET, which several nodes must share, or a file in the data
 * folder, made on first use and readable by its owner alone. Throws RangeError when it is too short to be one.
 */
export function openSecret(folder: string, env: Readonly<Record<string, string | undefined>>): string {
  const given = env['LATCHKEY_SECRET'];
  if (given !== undefined && given !== '') return checked(given, 'LATCHKEY_SECRET');
  const file = path.join(folder, 'session-secret');
  return checked(readOrMake(file), file);
}

function checked(secret: string, source: string): string {
  if (secret.length >= SHORTEST) return secret;
  throw new RangeError(
    `${source} must hold at least ${SHORTEST} characters, such as \`openssl rand -base64 32\` prints.`,
  );
}

function readOrMake(file: string): string {
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  const made = randomBytes(32).toString('base64url');
  try {
    writeFileSync(file, made, { mode: 0o600, flag: 'wx', flush: true });
    return made;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return readFileSync(file, 'utf8').trim();
    throw error;
  }
}
