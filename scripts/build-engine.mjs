// Builds engine/dist, which the package's exports and the `latchkey` command point at. What is there stays
// usable while it runs: files are replaced one by one, and those without a source go last.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const engine = join(root, 'engine');
const dist = join(engine, 'dist');
const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');

run(join(root, 'scripts/generate-validators.mjs'));
run(tsc, '--build', join(engine, 'cli'));
cpSync(join(engine, 'generated'), join(dist, 'generated'), { recursive: true });
cpSync(join(root, 'schemas'), join(dist, 'schemas'), { recursive: true });
for (const file of filesIn(dist)) if (!hasSource(relative(dist, file))) rmSync(file);

function run(script, ...args) {
  const { status } = spawnSync(process.execPath, [script, ...args], { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}

function filesIn(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

function hasSource(file) {
  if (file.endsWith('.tsbuildinfo')) return true;
  if (file.startsWith('schemas')) return existsSync(join(root, file));
  return existsSync(join(engine, file.startsWith('generated') ? file : file.replace(/(\.d\.ts|\.js)$/, '.ts')));
}
