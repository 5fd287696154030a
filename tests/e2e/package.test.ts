import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import ts from 'typescript';
import { build as viteBuild } from 'vite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { entries } from '../../latchkey-entries.js';
import { rowsIn } from '../engine/guide-tables.ts';
import { runPage, typeErrorsAt } from '../engine/page.ts';
import { installApp, type Project } from './app-site.ts';

/** The pages that somebody begins with who has the package and nothing else. */
const PAGES = ['engine/README.md', 'docs/app-developer.md'];
const guide = readFileSync('docs/app-developer.md', 'utf8');

let project: Project;

beforeAll(() => {
  project = installApp();
});

afterAll(() => project?.remove());

describe.each([
  ['bundler', ts.ModuleKind.ESNext, ts.ModuleResolutionKind.Bundler],
  ['node16', ts.ModuleKind.Node16, ts.ModuleResolutionKind.Node16],
  ['nodenext', ts.ModuleKind.NodeNext, ts.ModuleResolutionKind.NodeNext],
])('an outside developer under %s', (_, module, moduleResolution) => {
  test.each([true, false])('type-checks what the pages show, exactOptionalPropertyTypes %s', (exact) => {
    const options: ts.CompilerOptions = {
      module,
      moduleResolution,
      target: ts.ScriptTarget.ES2023,
      strict: true,
      exactOptionalPropertyTypes: exact,
      noEmit: true,
      types: ['node'],
      typeRoots: ['node_modules/@types'],
    };
    const pages = PAGES.map((path) => readFileSync(path, 'utf8'));
    expect(typeErrorsAt(project.folder, pages, options)).toEqual([]);
  });
});

test.each(PAGES)('%s is true of the package as it is packed', async (path) => {
  for (const { actual, expected } of await runPage(readFileSync(path, 'utf8'), project.folder))
    expect(actual).toEqual(expected);
});

test('the guide installs the file that is packed', () => {
  const [packed] = readdirSync(project.folder).filter((name) => name.endsWith('.tgz'));
  expect(guide).toContain(`npm install ../latchkey/${packed}\n`);
});

test('`require` loads every entry', () => {
  const program = `console.log(${JSON.stringify(Object.keys(entries))}.filter((name) => !Object.keys(require(name)).length))`;
  const node = [process.execPath, ['--input-type=commonjs', '--eval', program]] as const;
  expect(execFileSync(...node, { cwd: project.folder, encoding: 'utf8' })).toBe('[]\n');
});

/** In kB, as a bundler ships it: minified, and compressed as well. */
async function weigh(input: { readonly contents: string } | string): Promise<readonly number[]> {
  const { outputFiles } = await build({
    absWorkingDir: project.folder,
    ...(typeof input === 'string'
      ? { entryPoints: [input] }
      : { stdin: { ...input, resolveDir: project.folder, loader: 'ts' } }),
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
  });
  const code = outputFiles.map(({ contents }) => contents);
  return [code, code.map((bytes) => gzipSync(bytes, { level: 9 }))].map(
    (parts) => parts.reduce((sum, { length }) => sum + length, 0) / 1000,
  );
}

test('vite bundles it as it comes, and nothing in the bundle asks for eval', async () => {
  const built = await viteBuild({
    root: project.folder,
    configFile: false,
    logLevel: 'silent',
    build: { write: false, rollupOptions: { input: join(project.folder, 'src/app.ts') } },
  });
  const { output } = (Array.isArray(built) ? built[0] : built) as { readonly output: readonly { code?: string }[] };
  const code = output.map((part) => part.code ?? '').join('');
  expect(code).toContain('unknown_capability');
  expect(code).not.toMatch(/\beval\s*\(|\bFunction\s*\(|\brequire\s*\(/);
});

/** Twentieths come and go with every change; more is another figure. */
function near(told: readonly string[], weighed: readonly number[]): boolean {
  return told.every((text, index) => Math.abs(parseFloat(text) / (weighed[index] ?? 0) - 1) < 0.05);
}

describe('what the guide says that it weighs', () => {
  const rows = rowsIn(guide).flatMap(({ import: entry, minified, gzip }) =>
    entry !== undefined && minified !== undefined && gzip !== undefined ? [{ entry, told: [minified, gzip] }] : [],
  );

  test.each(rows)('$entry', async ({ entry, told }) => {
    const weighed = await weigh({ contents: `export * from '${entry}';` });
    expect(near(told, weighed), `weighed ${weighed.join(' and ')} kB`).toBe(true);
  });

  test('the page of an app', async () => {
    const [, ...told] = /is (\d+) kB in all, (\d+) kB\s+with gzip/.exec(guide) ?? [];
    const weighed = await weigh('src/app.ts');
    expect(near(told, weighed), `weighed ${weighed.join(' and ')} kB`).toBe(true);
    expect([rows.length, told.length]).toEqual([6, 2]);
  });
});
