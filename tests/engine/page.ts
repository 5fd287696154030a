/** A page of documentation as a program: its blocks of TypeScript, in order, with the lines that claim a result. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import ts from 'typescript';
import { alias } from '../../latchkey-entries.js';

export interface Claim {
  readonly actual: unknown;
  readonly expected: unknown;
}

/** `expression; // → what it comes to` */
const CLAIM = /^(.+?); \/\/ → (.+)$/gm;

/** The blocks of one language, in order. */
export function blocksOf(page: string, language: string): readonly string[] {
  const fences = page.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, 'gms'));
  return [...fences].map(([, block = '']) => block);
}

/** The lines of a page that claim something. */
export function claimsIn(page: string): readonly string[] {
  return [...blocksOf(page, 'ts').join('\n').matchAll(CLAIM)].map(([line]) => line);
}

/** Runs a page in a folder of its own, where its first block of JSON is `policy.json`, and returns what each claim came to. */
export async function runPage(page: string): Promise<readonly Claim[]> {
  const code = blocksOf(page, 'ts').join('\n').replace(CLAIM, 'claims.push({ actual: $1, expected: $2 });');
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-page-'));
  try {
    await build({
      stdin: {
        contents: `const claims = [];\n${code}\nconsole.log(JSON.stringify(claims));`,
        loader: 'ts',
        resolveDir: process.cwd(),
      },
      outfile: join(folder, 'page.mjs'),
      bundle: true,
      format: 'esm',
      platform: 'node',
      // For packages in CommonJS that a page shows.
      banner: { js: "import { createRequire } from 'node:module';const require = createRequire(import.meta.url);" },
      // The module build of jsonc-parser: its other one loads its parts by names that no bundler can follow.
      mainFields: ['module', 'main'],
      alias,
    });
    writeFileSync(join(folder, 'policy.json'), blocksOf(page, 'json')[0] ?? '');
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
    const files = pages.map((page, index) => {
      const file = join(folder, `page-${index}.ts`);
      writeFileSync(file, blocksOf(page, 'ts').join('\n'));
      return file;
    });
    const options = optionsOfTests();
    // The pages stand outside the repository, and find its packages all the same.
    const paths = { ...options.paths, '*': [join(process.cwd(), 'node_modules/*')] };
    const program = ts.createProgram(files, { ...options, paths, types: ['node'], noUnusedLocals: false });
    return files.flatMap((file) => ts.getPreEmitDiagnostics(program, program.getSourceFile(file))).map(inWords);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
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
