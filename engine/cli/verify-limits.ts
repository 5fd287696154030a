/** What is read of an export at most, and why one is not read at all. */

/** An export as files by name, whether it is a folder or still a zip. */
export interface Archive {
  /** By name, `/` between folders; each with its length in bytes. */
  readonly files: ReadonlyMap<string, number>;
  /** The file's bytes. Throws Refused when there are more than were announced, or they cannot be unpacked. */
  readonly read: (name: string) => AsyncIterable<Uint8Array>;
  readonly close: () => Promise<void>;
}

/** A sentence for people. */
export class Refused extends Error {
  override readonly name = 'Refused';
}

const MEBIBYTE = 2 ** 20;

/** An honest export of a million entries stays below. */
export const limits = {
  files: 65_535,
  bytesOfFile: 2 ** 31,
  bytesOfAll: 2 ** 32,
  /** Times that a file longer than `small` may be as long as what it is unpacked from. */
  ratio: 200,
  small: 64 * MEBIBYTE,
  line: 64 * MEBIBYTE,
} as const;

/** Throws Refused when the files together, or one of them, are more than is ever read. */
export function refuseHuge(files: ReadonlyMap<string, number>): void {
  if (files.size > limits.files) throw tooMany();
  let sum = 0;
  for (const [name, size] of files) {
    sum += size;
    if (size > limits.bytesOfFile || sum > limits.bytesOfAll) {
      throw new Refused(`unpacked, \`${name}\` goes beyond what is read, 2 GiB a file and 4 GiB in all`);
    }
  }
}

export function tooMany(): Refused {
  return new Refused(`it holds more than ${limits.files} files`);
}
