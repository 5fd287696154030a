/** UTF-8 without the platform: the engine runs where no TextDecoder may be assumed, and wants to know where bytes go wrong. */

/** Number of bytes that the text takes in UTF-8; a lone surrogate counts as three. */
export function utf8Length(text: string): number {
  let length = text.length;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) continue;
    length += unit < 0x800 ? 1 : 2;
    if (isPairAt(text, i)) {
      i++;
      length--;
    }
  }
  return length;
}

/** Offset of the first half of a surrogate pair that stands alone, or -1. Such text has no UTF-8 form. */
export function loneSurrogateIn(text: string): number {
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0xd800 || unit > 0xdfff) continue;
    if (!isPairAt(text, i)) return i;
    i++;
  }
  return -1;
}

function isPairAt(text: string, i: number): boolean {
  const high = text.charCodeAt(i);
  const low = text.charCodeAt(i + 1);
  return high >= 0xd800 && high <= 0xdbff && low >= 0xdc00 && low <= 0xdfff;
}

/** Text up to the first byte that is not UTF-8; `valid` says whether that was all of it. */
export function decodeUtf8(bytes: Uint8Array): { readonly text: string; readonly valid: boolean } {
  let text = '';
  let units: number[] = [];
  for (let i = 0; i < bytes.length;) {
    const length = sequenceLength(bytes, i);
    if (length === 0) return { text: text + String.fromCharCode(...units), valid: false };
    const point = codePoint(bytes, i, length);
    if (point > 0xffff) units.push(0xd800 + ((point - 0x10000) >> 10), 0xdc00 + ((point - 0x10000) & 0x3ff));
    else units.push(point);
    i += length;
    if (units.length >= 4096) {
      text += String.fromCharCode(...units);
      units = [];
    }
  }
  return { text: text + String.fromCharCode(...units), valid: true };
}

/** The second byte decides whether a form is overlong, a surrogate or beyond U+10FFFF. */
function secondByteFits(first: number, second: number): boolean {
  if (first === 0xe0) return second >= 0xa0;
  if (first === 0xed) return second < 0xa0;
  if (first === 0xf0) return second >= 0x90;
  return first !== 0xf4 || second < 0x90;
}

function sequenceLength(bytes: Uint8Array, i: number): 0 | 1 | 2 | 3 | 4 {
  const first = bytes[i] ?? 0xff;
  if (first < 0x80) return 1;
  if (first < 0xc2 || first > 0xf4) return 0;
  const length = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  for (let k = 1; k < length; k++) if (((bytes[i + k] ?? 0) & 0xc0) !== 0x80) return 0;
  return secondByteFits(first, bytes[i + 1] ?? 0) ? length : 0;
}

function codePoint(bytes: Uint8Array, i: number, length: 1 | 2 | 3 | 4): number {
  const first = bytes[i] ?? 0;
  let point = length === 1 ? first : first & (0xff >> (length + 1));
  for (let k = 1; k < length; k++) point = (point << 6) | ((bytes[i + k] ?? 0) & 0x3f);
  return point;
}
