// Bundles the `latchkey-server` command from its TypeScript sources; packages stay outside and are found as usual.
import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const bundle = path.join(root, 'build', 'command', 'latchkey-server.js');
const SOURCES = [
  'editor/command',
  'editor/lib/server',
  'editor/lib/words',
  'editor/package.json',
  'engine',
  'package-lock.json',
];
const NOT_SOURCES = new Set(['node_modules', 'dist']);

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildServer();

/**
 * Builds the command when a source is newer than the last build.
 *
 * @returns {Promise<string>} the address to import it from
 */
export async function buildServerWhenStale() {
  const built = statSync(bundle, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if (SOURCES.some((source) => newest(path.join(root, source)) > built)) await buildServer();
  return pathToFileURL(bundle).href;
}

async function buildServer() {
  const { build } = await import('esbuild');
  const { alias } = await import('../latchkey-entries.js');
  await build({
    entryPoints: [path.join(root, 'editor', 'command', 'latchkey-server.ts')],
    outfile: bundle,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    alias: { ...alias, $lib: path.join(root, 'editor', 'lib') },
    sourcemap: 'inline',
    logLevel: 'warning',
  });
}

function newest(file) {
  const stat = statSync(file, { throwIfNoEntry: false });
  if (stat === undefined) return 0;
  if (!stat.isDirectory()) return stat.mtimeMs;
  const names = readdirSync(file).filter((name) => !NOT_SOURCES.has(name));
  return Math.max(0, ...names.map((name) => newest(path.join(file, name))));
}
