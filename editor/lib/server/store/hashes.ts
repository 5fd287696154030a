/** The store's arithmetic: Node's SHA-256 and Ed25519, as `latchkey/evidence` asks for them. */
import { createHash, createPublicKey, verify } from 'node:crypto';
import { canonicalText, type Primitives } from 'latchkey/evidence';

export const primitives: Primitives = {
  sha256: (input) => createHash('sha256').update(input).digest(),
  verifyEd25519: (publicKey, message, signature) => {
    const x = Buffer.from(publicKey).toString('base64url');
    const key = createPublicKey({ format: 'jwk', key: { kty: 'OKP', crv: 'Ed25519', x } });
    return verify(null, Buffer.from(message, 'utf8'), key, signature);
  },
};

/** SHA-256 of a text's UTF-8 bytes, lower-case hex. */
export function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** What a review approves: the policy's exact text together with the exact timelines that test it. */
export function contentHash(
  policy: string,
  digest: string,
  timelines: readonly { name: string; digest: string }[],
): string {
  const sorted = timelines.toSorted((a, b) => (a.name < b.name ? -1 : 1)).map(({ name, digest }) => ({ name, digest }));
  return digestOf(canonicalText({ policy, digest, timelines: sorted }));
}
