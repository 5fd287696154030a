// Builds engine/dist, which the package's exports and the `latchkey` command point at.
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const dist = join(root, 'engine/dist');
const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');

rmSync(dist, { recursive: true, force: true });
run(join(root, 'scripts/generate-validators.mjs'));
run(tsc, '--build', join(root, 'engine/cli'), '--force');
copy('engine/generated', 'engine/dist/generated', ['.js', '.d.ts']);
copy('schemas', 'engine/dist/schemas', ['.json']);

function run(script, ...args) {
  execFileSync(process.execPath, [script, ...args], { cwd: root, stdio: 'inherit' });
}

function copy(from, to, endings) {
  if (!existsSync(join(root, from))) return;
  mkdirSync(join(root, to), { recursive: true });
  for (const file of readdirSync(join(root, from))) {
    if (endings.some((ending) => file.endsWith(ending))) cpSync(join(root, from, file), join(root, to, file));
  }
}
