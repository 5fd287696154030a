import { encodeQR } from 'qr';

/** Light modules around the picture that scanners need. */
const QUIET = 4;

/** A text as a QR code: an SVG path of its dark modules, one unit each, and the length of a side with its quiet zone. */
export interface QrCode {
  readonly path: string;
  readonly side: number;
}

/** Throws RangeError when the text is longer than a code can hold. */
export function qrCode(text: string): QrCode {
  const modules = encodeQR(text, 'raw', { ecc: 'medium', border: QUIET });
  const path = modules.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : '')));
  return { path: path.join(''), side: modules.length };
}
