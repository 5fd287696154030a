/**
 * A page of documentation as a program: its blocks of TypeScript, in order, with the lines that claim a result, and then
 * the rows of tables that say what something `written` `comes to`.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import ts from 'typescript';
import { alias } from '../../latchkey-entries.js';
import { rowsIn } from './guide-tables.ts';

export interface Claim {
  readonly actual: unknown;
  readonly expected: unknown;
}

/** `expression; // → what it comes to` */
const CLAIM = /^(.+?); \/\/ → (.+)$/gm;
/** The example that a page tells to save, under the name it tells. */
const FILE = /\b[Ss]ave (?:this|it) as `([\w.-]+\.json)`.*?^```json\n(.*?)^```$/gms;

/** The blocks of one language, in order. */
export function blocksOf(page: string, language: string): readonly string[] {
  const fences = page.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, 'gms'));
  return [...fences].map(([, block = '']) => block);
}

const triesIn = (page: string) => rowsIn(page).filter(({ written }) => written !== undefined);

/** The lines of a page that claim something. */
export function claimsIn(page: string): readonly string[] {
  const lines = [...blocksOf(page, 'ts').join('\n').matchAll(CLAIM)].map(([line]) => line);
  return [...lines, ...triesIn(page).map(({ written = '' }) => written)];
}

/** The page as a program that prints its claims. What a row throws is what it comes to. */
function programOf(page: string): string {
  const code = blocksOf(page, 'ts').join('\n').replace(CLAIM, 'claims.push({ actual: $1, expected: $2 });');
  const tries = triesIn(page).map(
    ({ written, ...row }) => `claims.push({ actual: come(() => (${written})), expected: named(${row['comes to']}) });`,
  );
  return `const claims = [];
${code}
const named = (value) => (typeof value === 'function' ? value.name : value);
const come = (act) => { try { return act(); } catch (error) { return error.name; } };
${tries.join('\n')}
console.log(JSON.stringify(claims));`;
}

/**
 * Runs a page in a folder of its own, beside the shipped policies and with the files that it tells to save, and returns what
 * each claim came to. What it imports is the engine's sources, or what is installed in a folder.
 */
export async function runPage(page: string, installedIn?: string): Promise<readonly Claim[]> {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-page-'));
  try {
    await build({
      stdin: {
        contents: programOf(page),
        loader: 'ts',
        resolveDir: installedIn ?? process.cwd(),
      },
      outfile: join(folder, 'page.mjs'),
      bundle: true,
      format: 'esm',
      platform: 'node',
      // For packages in CommonJS that a page shows.
      banner: { js: "import { createRequire } from 'node:module';const require = createRequire(import.meta.url);" },
      // The module build of jsonc-parser: its other one loads its parts by names that no bundler can follow.
      mainFields: ['module', 'main'],
      ...(installedIn === undefined ? { alias } : {}),
    });
    symlinkSync(join(process.cwd(), 'policies'), join(folder, 'policies'), 'dir');
    for (const [, name = '', body = ''] of page.matchAll(FILE)) writeFileSync(join(folder, name), body);
    const printed = execFileSync(process.execPath, ['page.mjs'], { cwd: folder, encoding: 'utf8' });
    return JSON.parse(printed) as readonly Claim[];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What the compiler says of pages, each as one module, under the options that tests have. */
export function typeErrorsIn(pages: readonly string[]): readonly string[] {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-pages-'));
  try {
    const options = optionsOfTests();
    // The pages stand outside the repository, and find its packages all the same.
    const paths = { ...options.paths, '*': [join(process.cwd(), 'node_modules/*')] };
    return typeErrorsAt(folder, pages, { ...options, paths, types: ['node'], noUnusedLocals: false });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The same for pages that stand in a folder, with what is installed there, under options of its own. */
export function typeErrorsAt(folder: string, pages: readonly string[], options: ts.CompilerOptions): readonly string[] {
  const files = pages.map((page, index) => {
    const file = join(folder, `page-${index}.ts`);
    writeFileSync(file, blocksOf(page, 'ts').join('\n'));
    return file;
  });
  const program = ts.createProgram(files, options);
  return files.flatMap((file) => ts.getPreEmitDiagnostics(program, program.getSourceFile(file))).map(inWords);
}

function inWords({ file, start = 0, messageText }: ts.Diagnostic): string {
  const text = file?.text ?? '';
  const line = text.slice(0, start).split('\n').length;
  return `${text.split('\n')[line - 1]}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`;
}

function optionsOfTests(): ts.CompilerOptions {
  const path = 'tests/tsconfig.json';
  const { config } = ts.readConfigFile(path, (file) => ts.sys.readFile(file)) as { config: object };
  return ts.parseJsonConfigFileContent(config, ts.sys, join(process.cwd(), 'tests'), {}, path).options;
}
