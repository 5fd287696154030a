// Holds what people download to a budget, in kB of gzip: the runtime an app embeds, and the editor’s first paint.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const client = join(root, '.svelte-kit/output/client');

const rows = [
  ['latchkey { compile, decide, permits }', 9, await bundled("export { compile, decide, permits } from 'latchkey';")],
  ['latchkey/load', 28, await bundled("export { load } from 'latchkey/load';")],
  ['editor, first paint, largest page', 250, firstPaint()],
];

for (const [what, budget, bytes] of rows) {
  const over = bytes > budget * 1000;
  console.log(`${over ? '✗' : '✓'} ${what}: ${(bytes / 1000).toFixed(1)} kB of ${budget} kB gzip`);
  if (over) process.exitCode = 1;
}

/** Size of code as an app's bundler would ship it, made from the built package. */
async function bundled(contents) {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: root },
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    logLevel: 'warning',
  });
  return outputFiles.reduce((sum, { contents: code }) => sum + gzipSync(code, { level: 9 }).length, 0);
}

/** The most JavaScript any page needs before it shows something: what is imported statically, as the build wrote it. */
function firstPaint() {
  const path = join(client, '.vite/manifest.json');
  if (!existsSync(path)) throw new Error('build the editor first: npm run build');
  const manifest = JSON.parse(readFileSync(path, 'utf8'));
  const always = Object.keys(manifest).filter((key) => /(client\/entry\.js|client-optimized\/app\.js)$/.test(key));
  const pages = Object.keys(manifest).filter((key) => /client-optimized\/nodes\/\d+\.js$/.test(key));
  const layout = pages.filter((key) => key.endsWith('/0.js'));
  if (always.length !== 2 || layout.length !== 1) throw new Error(`the build’s manifest has another shape: ${path}`);

  const sizes = pages.map((page) => {
    const files = new Set();
    for (const key of [...always, ...layout, page]) collect(manifest, key, files);
    const code = [...files].filter((file) => file.endsWith('.js'));
    return code.reduce((sum, file) => sum + gzipSync(readFileSync(join(client, file)), { level: 9 }).length, 0);
  });
  return Math.max(...sizes);
}

function collect(manifest, key, files) {
  const { file, imports = [] } = manifest[key];
  if (files.has(file)) return;
  files.add(file);
  for (const each of imports) collect(manifest, each, files);
}
