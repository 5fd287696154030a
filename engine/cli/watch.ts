/** Doing something again whenever files change. */
import { relative } from 'node:path';
import { pathOf, type Io } from './io.ts';

/** Milliseconds in which changes that belong together are gathered: editors write a file in several steps. */
const QUIET = 80;

/**
 * Calls `again` after every change of what is named, files and folders, until the person stops it; what it returns is
 * named from then on. Ends at once where there is nothing to watch.
 */
export async function watching(named: readonly string[], io: Io, again: () => readonly string[]): Promise<void> {
  const stops = new Map<string, () => void>();
  let waiting: NodeJS.Timeout | undefined;
  const look = (all: readonly string[]): void => {
    const named = outermost(all, io);
    for (const [each, stop] of stops)
      if (!named.includes(each)) {
        stop();
        stops.delete(each);
      }
    for (const each of named) {
      const stop = stops.has(each) ? undefined : watched(each, io, changed);
      if (stop !== undefined) stops.set(each, stop);
    }
  };
  const changed = (): void => {
    clearTimeout(waiting);
    waiting = setTimeout(() => look(again()), QUIET);
  };
  look(named);
  if (stops.size === 0) return;
  await new Promise<void>((resolve) => {
    if (io.interrupted?.aborted !== false) resolve();
    else io.interrupted.addEventListener('abort', () => resolve(), { once: true });
  });
  clearTimeout(waiting);
  for (const stop of stops.values()) stop();
}

/** Undefined where there is nothing, or nothing that can be watched. */
function watched(named: string, io: Io, changed: () => void): (() => void) | undefined {
  try {
    return io.watch?.(named, changed);
  } catch {
    return undefined;
  }
}

/** Each once, without what lies under another: a folder is watched with all that is in it. */
function outermost(named: readonly string[], io: Io): readonly string[] {
  const inside = (each: string, folder: string): boolean =>
    !/^\.\.|^$/.test(relative(pathOf(io, folder), pathOf(io, each)));
  return [...new Set(named)].filter((each) => !named.some((other) => inside(each, other)));
}
