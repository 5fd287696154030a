// Packs the engine as npm would publish it and checks the tarball: publint, types, and promises of our own.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const bin = (name) => join(root, 'node_modules/.bin', name);

/** What no file of the engine may contain: content policies and other runtimes refuse it, or it is an input. */
const FORBIDDEN = [
  [/\beval\s*\(/, 'eval'],
  [/\bnew\s+Function\b/, 'new Function'],
  [/\bFunction\s*\(/, 'Function()'],
  [/\bimport\s*\(/, 'import()'],
  [/\bDate\.now\b/, 'Date.now'],
  [/\bMath\.random\b/, 'Math.random'],
];
/** What the command may not contain either. */
const ANYWHERE = new Set(['eval', 'new Function', 'Function()']);

const folder = mkdtempSync(join(tmpdir(), 'latchkey-package-'));
try {
  const [{ filename }] = JSON.parse(
    execFileSync('npm', ['pack', '--workspace', 'latchkey', '--json', '--pack-destination', folder], { cwd: root }),
  );
  const tarball = join(folder, filename);
  execFileSync('tar', ['-xzf', tarball, '-C', folder]);
  const problems = [
    ...judged('publint', ['--strict', tarball]),
    // What attw passes over under this profile is CommonJS.
    ...judged('attw', [tarball, '--profile', 'esm-only', '--format', 'ascii']),
    ...(await coreDependencies()),
    ...contents(join(folder, 'package')),
  ];
  for (const problem of problems) console.error(`✗ ${problem}`);
  if (problems.length > 0) process.exitCode = 1;
  else console.log('✓ entries resolve, the core entry stands alone, imports are declared, nothing forbidden is inside');
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** What a judge of packages says when it objects; nothing when it does not. */
function judged(name, args) {
  const { status, stdout, stderr } = spawnSync(bin(name), args, { cwd: root, encoding: 'utf8' });
  return status === 0 ? [] : [`${name} objects:\n${stdout}${stderr}`];
}

/** Everything that importing `latchkey` brings along must be ours. */
async function coreDependencies() {
  const entry = join(folder, 'package/dist/index.js');
  const { metafile } = await build({ entryPoints: [entry], bundle: true, write: false, metafile: true, format: 'esm' });
  const strangers = Object.keys(metafile.inputs).filter((path) => path.includes('node_modules'));
  return strangers.map((path) => `\`latchkey\` brings ${path}`);
}

function contents(unpacked) {
  const { dependencies } = JSON.parse(readFileSync(join(unpacked, 'package.json'), 'utf8'));
  const files = readdirSync(unpacked, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.js'))
    .map((entry) => relative(unpacked, join(entry.parentPath, entry.name)).replaceAll('\\', '/'));
  return files.flatMap((file) => {
    const code = readFileSync(join(unpacked, file), 'utf8');
    const command = /^(bin|dist\/cli)\//.test(file);
    return [...forbidden(file, code, command), ...undeclared(file, code, command, dependencies)];
  });
}

function forbidden(file, code, command) {
  return FORBIDDEN.filter(([pattern, name]) => (!command || ANYWHERE.has(name)) && pattern.test(code)).map(
    ([, name]) => `${file} contains ${name}`,
  );
}

function undeclared(file, code, command, dependencies) {
  const imported = [...code.matchAll(/^(?:import|export)\b[^;'"]*?\bfrom\s*['"]([^'"]+)['"]/gm)].map(
    ([, name]) => name,
  );
  return imported
    .filter((name) => !name.startsWith('.'))
    .filter((name) => (name.startsWith('node:') ? !command : !(name in dependencies)))
    .map((name) => `${file} imports ${name}, which the package does not declare or may not use`);
}
