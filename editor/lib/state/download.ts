/**
 * Fetches a file whole, so that one that breaks off is never taken for a whole one; `progressed` is told the bytes so
 * far. The browser may keep it on disk. Rejects when it breaks off, is refused, or `signal` says so.
 */
export async function fetchFile(
  address: string,
  progressed: (bytes: number) => void,
  signal: AbortSignal,
  ask: typeof fetch = fetch,
): Promise<Blob> {
  const response = await ask(address, { signal });
  if (!response.ok || response.body === null) throw new Error(`${response.status}`);
  let bytes = 0;
  const counting = new TransformStream<Uint8Array, Uint8Array>({
    transform(piece, controller) {
      bytes += piece.byteLength;
      progressed(bytes);
      controller.enqueue(piece);
    },
  });
  return new Response(response.body.pipeThrough(counting), { headers: response.headers }).blob();
}
