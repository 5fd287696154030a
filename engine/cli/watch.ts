/** Doing something again whenever files change. */
import type { Io } from './io.ts';

/** Milliseconds in which changes that belong together are gathered: editors write a file in several steps. */
const QUIET = 80;

/** Calls `again` after every change under a folder (or of a file), until the person stops it. */
export async function watching(named: string, io: Io, again: () => void): Promise<void> {
  if (io.watch === undefined) return;
  let waiting: NodeJS.Timeout | undefined;
  const stop = io.watch(named, () => {
    clearTimeout(waiting);
    waiting = setTimeout(again, QUIET);
  });
  await new Promise<void>((resolve) => {
    if (io.interrupted?.aborted !== false) resolve();
    else io.interrupted.addEventListener('abort', () => resolve(), { once: true });
  });
  clearTimeout(waiting);
  stop();
}
