import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { startup } from '$lib/words/startup.ts';
import { secretFile } from '../secret-file.ts';

/** The shortest secret taken from the environment, in characters. */
const SHORTEST = 32;

/**
 * What signs cookies and encrypts second factors: LATCHKEY_SECRET, which several nodes must share, or a file in the data
 * folder, made on first use and readable by its owner alone. Throws RangeError when it is too short to be one.
 */
export function openSecret(folder: string, env: Readonly<Record<string, string | undefined>>): string {
  const given = env['LATCHKEY_SECRET'];
  if (given !== undefined && given !== '') {
    if (given.length < SHORTEST) throw new RangeError(startup.secretShort(SHORTEST));
    return given;
  }
  const file = path.join(folder, 'session-secret');
  const kept = secretFile(file, () => randomBytes(32).toString('base64url')).trim();
  if (kept.length < SHORTEST) throw new RangeError(startup.secretDamaged(file));
  return kept;
}
