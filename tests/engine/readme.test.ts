import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { alias } from '../../latchkey-entries.js';

interface Claim {
  readonly line: string;
  readonly actual: unknown;
  readonly expected: unknown;
}

const readme = readFileSync('engine/README.md', 'utf8');
const blocks = [...readme.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code = '']) => code);
const CLAIM = /^(.+?);\s*\/\/ → (.+)$/gm;
const lines = blocks.flatMap((block) => [...block.matchAll(CLAIM)].map(([line]) => line));

const folder = mkdtempSync(join(tmpdir(), 'latchkey-readme-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The page as one module: what stands before an arrow is kept beside what stands after it. */
async function run(): Promise<readonly Claim[]> {
  const code = blocks.join('\n').replace(CLAIM, (line, actual: string, expected: string) => {
    return `claims.push({ line: ${JSON.stringify(line)}, actual: ${actual}, expected: ${expected} });`;
  });
  const { outputFiles } = await build({
    stdin: { contents: `export const claims = [];\n${code}`, loader: 'ts', resolveDir: process.cwd() },
    bundle: true,
    format: 'esm',
    mainFields: ['module', 'main'],
    write: false,
    alias,
  });
  const file = join(folder, 'readme.mjs');
  writeFileSync(file, outputFiles[0]?.contents ?? '');
  const { claims } = (await import(/* @vite-ignore */ pathToFileURL(file).href)) as { claims: readonly Claim[] };
  return claims;
}

let claims: readonly Claim[] = [];
beforeAll(async () => {
  claims = await run();
});

test('the page makes claims', () => {
  expect(lines.length).toBeGreaterThan(10);
  expect(claims).toHaveLength(lines.length);
});

test.each(lines.map((line, index) => ({ line, index })))('$line', ({ index }) => {
  expect(claims[index]?.actual).toEqual(claims[index]?.expected);
});
