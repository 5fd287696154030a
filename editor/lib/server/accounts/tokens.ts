import { createHash, randomBytes } from 'node:crypto';

/** 256 random bits as text that fits in a link. */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

/** What is kept of a token: SHA-256, lower-case hex. Tokens are random, so nothing slower is needed. */
export function tokenHash(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
