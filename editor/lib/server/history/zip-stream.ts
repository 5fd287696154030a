import { createHash } from 'node:crypto';
import { Zip, ZipDeflate } from 'fflate';

/** A file to be: its name within the zip, and its text in pieces. */
export interface FileToZip {
  readonly name: string;
  readonly text: Iterable<string> | AsyncIterable<string>;
}

/** What a file became: its length in bytes and the SHA-256 of them, lower-case hex. */
export interface Zipped {
  readonly size: number;
  readonly sha256: string;
}

/** The first moment a zip can name: what is the same shall be the same bytes whenever it is made. */
const FIRST_MOMENT = new Date(1980, 0, 1);
/** Pieces are gathered to this length: small ones pack badly and slowly. */
const PIECE = 64 * 1024;
/** The format of the library has room for no more, and what reads it back reads no more. */
const MOST_FILES = 65_000;
const MOST_BYTES = 2 ** 31;

/**
 * The zip of these files, in pieces; nothing is held but the piece that is made. `done` hears of every file before the
 * next one is asked for, so that the last one can list those before it.
 */
export async function* zipOf(
  files: AsyncIterable<FileToZip>,
  done: (name: string, zipped: Zipped) => void,
): AsyncGenerator<Uint8Array> {
  const made: Uint8Array[] = [];
  const zip = new Zip((error, chunk) => {
    if (error !== null) throw error;
    made.push(chunk);
  });
  let count = 0;
  for await (const { name, text } of files) {
    if ((count += 1) > MOST_FILES) throw new RangeError('There is more evidence than one zip file can hold.');
    const file = new ZipDeflate(name, { level: 6 });
    file.mtime = FIRST_MOMENT;
    zip.add(file);
    const hash = createHash('sha256');
    let size = 0;
    for await (const bytes of gathered(text)) {
      hash.update(bytes);
      size += bytes.length;
      if (size > MOST_BYTES) throw new RangeError('There is more evidence than one zip file can hold.');
      file.push(bytes);
      yield* made.splice(0);
    }
    file.push(new Uint8Array(), true);
    done(name, { size, sha256: hash.digest('hex') });
    yield* made.splice(0);
  }
  zip.end();
  yield* made.splice(0);
}

async function* gathered(text: FileToZip['text']): AsyncGenerator<Uint8Array> {
  let waiting = '';
  for await (const piece of text) {
    waiting += piece;
    if (waiting.length < PIECE) continue;
    yield Buffer.from(waiting);
    waiting = '';
  }
  if (waiting !== '') yield Buffer.from(waiting);
}
