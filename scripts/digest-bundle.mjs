import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { alias } from '../latchkey-entries.js';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Bundles tests/nodes/digest.ts with all it needs into a new temporary folder, which is the caller's to remove. */
export async function bundleDigest() {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-digest-'));
  const bundle = join(folder, 'digest.mjs');
  await build({
    entryPoints: [join(root, 'tests/nodes/digest.ts')],
    outfile: bundle,
    bundle: true,
    platform: 'node',
    mainFields: ['module', 'main'],
    format: 'esm',
    target: 'node20',
    alias,
    logLevel: 'warning',
  });
  return { folder, bundle, policies: join(root, 'policies') };
}
