import { spawnSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const SOURCES = [
  'editor',
  'engine',
  'schemas',
  'latchkey-entries.js',
  'package-lock.json',
  'svelte.config.js',
  'vite.config.ts',
];
/** Written by tools, so never newer in substance than what they were written from. */
const WRITTEN_BY_TOOLS = new Set(['node_modules', 'dist', 'generated']);

/** What `npm start` serves. */
export const entry = path.join(root, 'build', 'index.js');

/** Builds the product when a source is newer than the last build; ends the process when that fails. */
export function buildWhenStale() {
  const built = statSync(entry, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if (SOURCES.every((source) => newest(path.join(root, source)) <= built)) {
    console.log('The editor is built and up to date.');
    return;
  }
  console.log('Building the editor; this takes half a minute to a minute and happens only after a change.\n');
  const started = performance.now();
  const vite = path.join(path.dirname(createRequire(import.meta.url).resolve('vite/package.json')), 'bin', 'vite.js');
  const script = (name) => path.join(root, 'scripts', name);
  if (!run(script('build-engine.mjs')) || !run(vite, 'build') || !run(script('build-server.mjs'))) {
    console.error('\nThe editor could not be built; the reason is above.');
    process.exit(1);
  }
  console.log(`\nBuilt in ${Math.round((performance.now() - started) / 1000)} s.`);
}

function newest(file) {
  const stat = statSync(file, { throwIfNoEntry: false });
  if (stat === undefined) return 0;
  if (!stat.isDirectory()) return stat.mtimeMs;
  const names = readdirSync(file).filter((name) => !WRITTEN_BY_TOOLS.has(name));
  return Math.max(0, ...names.map((name) => newest(path.join(file, name))));
}

function run(script, ...args) {
  // A test runner's NODE_ENV would build Svelte's development code: larger, slower, and not what is served.
  const env = { ...process.env, NODE_ENV: 'production' };
  const command = [script, ...args];
  const { status, output } = spawnSync(process.execPath, command, {
    cwd: root,
    env,
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  });
  // Hundreds of lines about chunks would hide the address that follows; whoever builds to read them runs `npm run build`.
  if (status !== 0) process.stderr.write((output ?? []).join(''));
  return status === 0;
}
