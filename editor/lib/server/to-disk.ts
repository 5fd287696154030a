import { closeSync, fsyncSync, openSync } from 'node:fs';
import path from 'node:path';

/** Returns when a file's bytes, or a folder's names, have reached the disk. */
export function toDisk(file: string): void {
  const descriptor = openSync(file, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** As `toDisk`, for a file that was just made or renamed. */
export function nameToDisk(file: string): void {
  toDisk(file);
  toDisk(path.dirname(path.resolve(file)));
}
