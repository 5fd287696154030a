// Runs one TypeScript file in plain Node: node scripts/run-typescript.mjs <file.ts> [arguments…]
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { alias } from '../latchkey-entries.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const [file, ...rest] = process.argv.slice(2);
if (file === undefined) throw new TypeError('name a TypeScript file to run');

// Under node_modules, so that packages left outside the bundle are found from there.
const folder = join(root, 'node_modules/.cache/latchkey');
const bundle = join(folder, `run-${process.pid}.mjs`);
try {
  await build({
    entryPoints: [file],
    outfile: bundle,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    alias: { ...alias, $lib: join(root, 'editor/lib') },
    sourcemap: 'inline',
    logLevel: 'warning',
  });
  const options = ['--expose-gc', '--enable-source-maps'];
  const { status } = spawnSync(process.execPath, [...options, bundle, ...rest], { cwd: root, stdio: 'inherit' });
  process.exitCode = status ?? 1;
} finally {
  rmSync(bundle, { force: true });
}
