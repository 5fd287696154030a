import { once } from 'node:events';
import { Readable } from 'node:stream';

/**
 * An answer that a browser saves as a file, written piece by piece as it is made; what breaks off is no whole file there.
 * Rejects with what breaks before the first piece, when there is still time to say so.
 */
export async function download(
  pieces: AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array>,
  { name, type }: { readonly name: string; readonly type: string },
): Promise<Response> {
  const bytes = Readable.from(bytesOf(pieces), { objectMode: false });
  await once(bytes, 'readable');
  return new Response(Readable.toWeb(bytes) as ReadableStream, {
    headers: {
      'content-type': type,
      'content-disposition': `attachment; filename="${name}"`,
      'cache-control': 'no-store',
    },
  });
}

async function* bytesOf(pieces: Parameters<typeof download>[0]): AsyncGenerator<Uint8Array> {
  for await (const piece of pieces) yield typeof piece === 'string' ? Buffer.from(piece) : piece;
}
