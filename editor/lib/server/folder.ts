import path from 'node:path';
import { env } from '$env/dynamic/private';

/** Where the policies are: LATCHKEY_POLICIES, or `policies` in the working directory. */
export function policiesFolder(): string {
  return path.resolve(env['LATCHKEY_POLICIES'] ?? 'policies');
}
