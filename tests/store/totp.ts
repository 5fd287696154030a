import { createHmac } from 'node:crypto';

/** The code that an authenticator app shows at `at` (Unix milliseconds) for the address it scanned. */
export function totp(uri: string, at: number): string {
  return totpOf(new URL(uri).searchParams.get('secret') ?? '', at);
}

/** RFC 6238 with its defaults, written from the RFC: SHA-1, six digits, thirty seconds. */
export function totpOf(secret: string, at: number): string {
  const bits = [...secret]
    .map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'))
    .join('');
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(at / 30_000)));
  const digest = createHmac('sha1', key).update(counter).digest();
  const offset = (digest.at(-1) ?? 0) & 15;
  return String((digest.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}
