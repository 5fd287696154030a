/** An app's key as it is listed: never the key itself. */
export interface ListedKey {
  readonly id: string;
  readonly name: string;
  /** Title of the environment it opens. */
  readonly environment: string;
  /** How the key begins, to recognise it by. */
  readonly prefix: string;
  /** Name of who made it; null when they are erased. */
  readonly by: string | null;
  /** Unix milliseconds, as every instant here. */
  readonly createdAt: number;
  readonly expiresAt: number;
  readonly revokedAt: number | null;
  readonly lastUsedAt: number | null;
}

/** Whether a key opens anything at `at`, and if not, why. */
export function keyState({ revokedAt, expiresAt }: ListedKey, at: number): 'works' | 'revoked' | 'expired' {
  if (revokedAt !== null) return 'revoked';
  return expiresAt <= at ? 'expired' : 'works';
}
