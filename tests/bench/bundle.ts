/** Code as an app would ship it: bundled and minified, ours from its sources. Paths are below the folder of the project. */
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build, type BuildOptions } from 'esbuild';
import { entries } from '../../latchkey-entries.js';

const alias = Object.fromEntries(Object.entries(entries).map(([name, file]) => [name, resolve(file)]));

function bundle(contents: string, options: BuildOptions) {
  return build({
    stdin: { contents, resolveDir: process.cwd(), loader: 'ts' },
    alias,
    bundle: true,
    minify: true,
    write: false,
    logLevel: 'error',
    ...options,
  });
}

/** Bytes to download: minified and compressed, WebAssembly included. */
export async function weigh(imports: string): Promise<number> {
  const { outputFiles = [] } = await bundle(imports, {
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    loader: { '.wasm': 'file' },
    // Only reached where there are files.
    external: ['fs'],
    outdir: resolve('build'),
    logOverride: { 'import-is-undefined': 'silent' },
  });
  return outputFiles.reduce((sum, { contents }) => sum + gzipSync(contents, { level: 9 }).length, 0);
}

/** Writes a file that Node can `require`. A library that reads its WebAssembly from beside itself stays where it is. */
export async function bundleInto(folder: string, name: string, contents: string): Promise<string> {
  const outfile = join(folder, `${name}.cjs`);
  await bundle(contents, {
    outfile,
    format: 'cjs',
    platform: 'node',
    mainFields: ['module', 'main'],
    target: 'node20',
    external: ['@cedar-policy/cedar-wasm/nodejs'],
    write: true,
  });
  return outfile;
}
