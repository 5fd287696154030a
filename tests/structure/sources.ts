import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's folder. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

const SKIPPED = new Set(['node_modules', 'dist', 'build', 'generated', 'coverage', '.git', '.svelte-kit', 'data']);

/** Every file people wrote, as paths from the root with forward slashes. */
export function writtenFiles(folder = root): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (SKIPPED.has(entry.name)) return [];
    const path = join(folder, entry.name);
    return entry.isDirectory() ? writtenFiles(path) : [relative(root, path).replaceAll('\\', '/')];
  });
}

/** Those of them that are code. */
export const sources: readonly string[] = writtenFiles().filter((path) => /\.(ts|js|mjs|svelte|css)$/.test(path));
