/** Files of an export as lines, as text and as digests, never more than a line in memory. */
import { createHash } from 'node:crypto';
import { limits, Refused, type Archive } from './verify-limits.ts';

/** The file's lines without their ends. A last line without an end is handed out too, with `whole` false. */
export async function* linesOf(
  archive: Archive,
  name: string,
): AsyncGenerator<{ readonly number: number; readonly text: string; readonly whole: boolean }> {
  let number = 0;
  let rest = '';
  // A byte that is no UTF-8 becomes another character: what was hashed then is not what is read.
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  for await (const chunk of archive.read(name)) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > limits.line) throw new Refused(`\`${name}\` has a line of more than 64 MiB`);
    for (const text of lines) yield { number: (number += 1), text, whole: true };
  }
  rest += decoder.decode();
  if (rest !== '') yield { number: number + 1, text: rest, whole: false };
}

/** The whole of a short file; null for one that is not there. Throws Refused when it is long. */
export async function textOf(archive: Archive, name: string): Promise<string | null> {
  const size = archive.files.get(name);
  if (size === undefined) return null;
  if (size > limits.line) throw new Refused(`\`${name}\` is longer than 64 MiB`);
  const chunks: Uint8Array[] = [];
  for await (const chunk of archive.read(name)) chunks.push(chunk);
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(Buffer.concat(chunks));
}

/** SHA-256 of the file's bytes, lower-case hex. */
export async function digestOfFile(archive: Archive, name: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of archive.read(name)) hash.update(chunk);
  return hash.digest('hex');
}
