import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import ts from 'typescript';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { alias } from '../../latchkey-entries.js';

interface Claim {
  readonly actual: unknown;
  readonly expected: unknown;
}

const page = readFileSync('docs/app-developer.md', 'utf8');
const code = blocksOf('ts').join('\n');
/** A line that says what it comes to. */
const CLAIM = /^(.+?); \/\/ → (.+)$/gm;
const lines = [...code.matchAll(CLAIM)].map(([line]) => line);
const folder = mkdtempSync(join(tmpdir(), 'latchkey-guide-'));
const home = process.cwd();
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function blocksOf(language: string): string[] {
  const fences = page.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, 'gms'));
  return [...fences].map(([, block = '']) => block);
}

/** Runs the page as one program, in a folder with the policy that it tells people to save there. */
async function run(): Promise<readonly Claim[]> {
  const contents = code.replace(CLAIM, 'claims.push({ actual: $1, expected: $2 });');
  const program = join(folder, 'guide.mjs');
  await build({
    stdin: {
      contents: `const claims = [];\n${contents}\nconsole.log(JSON.stringify(claims));`,
      loader: 'ts',
      resolveDir: home,
    },
    outfile: program,
    bundle: true,
    format: 'esm',
    platform: 'node',
    // The module build of jsonc-parser: its other one loads its parts by names that no bundler can follow.
    mainFields: ['module', 'main'],
    alias,
  });
  writeFileSync(join(folder, 'policy.json'), blocksOf('json')[0] ?? '');
  const printed = execFileSync(process.execPath, [program], { cwd: folder, encoding: 'utf8' });
  return JSON.parse(printed) as readonly Claim[];
}

/** What the compiler says of the page as one module, under the options that tests have. */
function typeErrors(): readonly string[] {
  const file = join(folder, 'guide.ts');
  writeFileSync(file, code);
  const { config } = ts.readConfigFile('tests/tsconfig.json', (path) => ts.sys.readFile(path)) as { config: object };
  const { options } = ts.parseJsonConfigFileContent(
    config,
    ts.sys,
    join(home, 'tests'),
    {},
    join(home, 'tests/tsconfig.json'),
  );
  const program = ts.createProgram([file], { ...options, types: ['node'], noUnusedLocals: false });
  const inPage = ts.getPreEmitDiagnostics(program).filter((each) => each.file?.fileName.endsWith('guide.ts') ?? true);
  return inPage.map(({ messageText, start = 0 }) => {
    const line = code.slice(0, start).split('\n').length;
    return `${code.split('\n')[line - 1]}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`;
  });
}

let claims: readonly Claim[] = [];
beforeAll(async () => {
  claims = await run();
});

test('the guide for app developers type-checks from its first block to its last', () => {
  expect(typeErrors()).toEqual([]);
});

test('the guide for app developers makes claims', () => {
  expect(lines.length).toBeGreaterThan(10);
  expect(claims).toHaveLength(lines.length);
});

test.each(lines.map((line, index) => ({ line, index })))('$line', ({ index }) => {
  expect(claims[index]?.actual).toEqual(claims[index]?.expected);
});
