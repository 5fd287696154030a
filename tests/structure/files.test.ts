import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { entries } from '../../latchkey-entries.js';
import { root, sources, writtenFiles } from './sources.ts';

const LONGEST = 300;
/** Tests are read a case at a time. */
const LONGEST_TEST = 500;
const LONGEST_ROUTE = 60;
/** “Service” is the domain's own word in these two; everywhere else it is a name for anything. */
const OWN_WORDS = /field-service|service-worker/;
const SAY_NOTHING = /(^|[-.])(utils?|helpers?|common|misc|managers?|services?|types?|handlers?)([-.]|$)/;

const textOf = (path: string): string => readFileSync(join(root, path), 'utf8');
const linesOf = (path: string): number => textOf(path).split('\n').length - 1;
const longer = (than: number) => (path: string) => linesOf(path) > than;

describe('a file has one subject', () => {
  test(`no file of code is longer than ${LONGEST} lines, no test than ${LONGEST_TEST}`, () => {
    const long = sources.filter((path) => longer(path.endsWith('.test.ts') ? LONGEST_TEST : LONGEST)(path));
    expect(long.map((path) => `${path}: ${linesOf(path)} lines`)).toEqual([]);
  });

  test(`a route composes: at most ${LONGEST_ROUTE} lines`, () => {
    const routes = sources.filter((path) => path.startsWith('editor/routes/'));
    expect(routes.filter(longer(LONGEST_ROUTE))).toEqual([]);
  });

  test('its name says which', () => {
    expect(sources.filter((path) => SAY_NOTHING.test(basename(path).replace(OWN_WORDS, '')))).toEqual([]);
  });

  test('names are kebab-case, and components are PascalCase', () => {
    const code = sources.filter((path) => !path.includes('/routes/'));
    const odd = code.filter((path) => {
      const name = basename(path);
      return path.endsWith('.svelte')
        ? !/^[A-Z][A-Za-z0-9]*\.svelte$/.test(name)
        : !/^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z]+)+$/.test(name);
    });
    expect(odd).toEqual([]);
  });
});

describe('the engine’s entries are one table', () => {
  interface Manifest {
    readonly exports: Readonly<Record<string, string | { readonly types: string; readonly default: string }>>;
  }
  interface Project {
    readonly compilerOptions: { readonly paths: Readonly<Record<string, readonly string[]>> };
  }

  test('what the package exports', () => {
    const { exports } = JSON.parse(textOf('engine/package.json')) as Manifest;
    const exported = Object.entries(exports).filter(([, target]) => typeof target === 'object');
    const expected = Object.entries(entries).map(([name, source]) => {
      const built = source.replace('engine/', './dist/').replace(/\.ts$/, '');
      return [name.replace('latchkey', '.'), { types: `${built}.d.ts`, default: `${built}.js` }];
    });
    expect(Object.fromEntries(exported)).toEqual(Object.fromEntries(expected));
  });

  test('what the type checker reads', () => {
    const { paths } = (JSON.parse(textOf('tests/tsconfig.json')) as Project).compilerOptions;
    const named = Object.entries(paths).filter(([name]) => name.startsWith('latchkey'));
    expect(Object.fromEntries(named)).toEqual(
      Object.fromEntries(Object.entries(entries).map(([name, source]) => [name, [`../${source}`]])),
    );
  });
});

describe('a published policy is never edited', () => {
  const pinned = JSON.parse(textOf('tests/structure/policy-hashes.json')) as Readonly<Record<string, string>>;
  const published = writtenFiles(join(root, 'policies')).filter((path) => /^policies\/[^/]+\/\d+\.json$/.test(path));

  test.each(published)('%s is as it was published', (path) => {
    const hash = createHash('sha256')
      .update(readFileSync(join(root, path)))
      .digest('hex');
    expect(pinned[path], `pin a new version with "${path}": "${hash}"; change an old one by publishing the next`).toBe(
      hash,
    );
  });

  test('every pinned version is still there', () => {
    expect(Object.keys(pinned).filter((path) => !published.includes(path))).toEqual([]);
  });
});

/** Examples of guides, by page and language, with the test that reads them. */
const READ_BY: Readonly<Record<string, string>> = {
  'README.md sh': 'tests/engine/pages.test.ts',
  'README.md ts': 'tests/engine/pages.test.ts',
  'engine/README.md ts': 'tests/engine/pages.test.ts',
  'docs/app-developer.md json': 'tests/engine/pages.test.ts',
  'docs/app-developer.md sh': 'tests/e2e/package.test.ts',
  'docs/app-developer.md ts': 'tests/engine/pages.test.ts',
  'docs/auditor.md console': 'tests/engine/auditor-doc.test.ts',
  'docs/auditor.md python': 'tests/engine/auditor-doc.test.ts',
  'docs/cli.md console': 'tests/engine/cli-guide.test.ts',
  'docs/cli.md text': 'tests/engine/cli-guide.test.ts',
  'docs/constraints.md json': 'tests/engine/constraints-doc.test.ts',
  'docs/interop.md ts': 'tests/engine/pages.test.ts',
  'docs/operations.md sh': 'tests/store/operations-doc.test.ts',
  'docs/policy-author.md json': 'tests/engine/policy-author-doc.test.ts',
  'docs/proof.md sh': 'tests/structure/files.test.ts',
  'docs/simulation.md console': 'tests/engine/simulation-doc.test.ts',
  'docs/simulation.md json': 'tests/engine/simulation-doc.test.ts',
  'docs/simulation.md ts': 'tests/engine/pages.test.ts',
};

describe('what a newcomer needs', () => {
  test('README.md says the commands that start and test the product', () => {
    const readme = textOf('README.md');
    expect(readme).toContain('npm ci && npm start');
    expect(readme).toContain('npm ci && npm test');
  });

  test('every `npm run` that the documents name exists', () => {
    const { scripts } = JSON.parse(textOf('package.json')) as { scripts: Record<string, string> };
    const documents = writtenFiles().filter((path) => path.endsWith('.md') && !path.startsWith('docs/decisions/'));
    const named = documents.flatMap((path) =>
      [...textOf(path).matchAll(/npm run ([a-z:-]+)/g)].map(([, name]) => name),
    );
    expect(named.filter((name) => name !== undefined && !(name in scripts))).toEqual([]);
  });

  test('every relative link in a document leads to a file', () => {
    const files = new Set(writtenFiles());
    const lost = [...files]
      .filter((path) => path.endsWith('.md'))
      .flatMap((path) =>
        [...textOf(path).matchAll(/\]\((?![a-z]+:|#)([^)#\s]+)(?:#[^)]*)?\)/g)]
          .map(([, target = '']) => join(path, '..', target).replaceAll('\\', '/').replace(/\/$/, ''))
          .filter((target) => !files.has(target) && ![...files].some((file) => file.startsWith(`${target}/`)))
          .map((target) => `${path} → ${target}`),
      );
    expect(lost).toEqual([]);
  });

  test('every link to a heading leads to one', () => {
    const anchorsOf = (path: string) =>
      [...textOf(path).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
        heading
          .toLowerCase()
          .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
          .replaceAll(' ', '-'),
      );
    const lost = writtenFiles()
      .filter((path) => path.endsWith('.md'))
      .flatMap((path) =>
        [...textOf(path).matchAll(/\]\((?![a-z]+:)([^)#\s]*)#([^)\s]+)\)/g)]
          .map(([, file = '', anchor = '']) => [file === '' ? path : join(path, '..', file), anchor] as const)
          .filter(([file, anchor]) => file.endsWith('.md') && !anchorsOf(file).includes(anchor))
          .map(([file, anchor]) => `${path} → ${file}#${anchor}`),
      );
    expect(lost).toEqual([]);
  });

  test('a test reads every example of a guide', () => {
    const guides = writtenFiles().filter((path) =>
      /^(README|engine\/README|docs\/[^/]+)\.md$|^engine\/README\.md$/.test(path),
    );
    const shown = guides.flatMap((path) => [
      ...new Set([...textOf(path).matchAll(/^```([a-z]+)$/gm)].map(([, language]) => `${path} ${language}`)),
    ]);
    expect(shown.filter((each) => !(each in READ_BY))).toEqual([]);
    for (const [example, file] of Object.entries(READ_BY)) {
      expect(shown, 'an example that is gone').toContain(example);
      expect(textOf(file), `${file} reads ${example}`).toContain(example.split(/[ /]/).at(-2));
    }
  });

  test('the licence is Apache-2.0, here and in the package', () => {
    expect(textOf('LICENSE')).toContain('Apache License\n                           Version 2.0, January 2004');
    expect(textOf('engine/LICENSE')).toBe(textOf('LICENSE'));
    expect(JSON.parse(textOf('engine/package.json'))).toMatchObject({ license: 'Apache-2.0' });
  });

  test('the lockfile names no registry', () => {
    expect(textOf('package-lock.json')).not.toMatch(/"resolved": "https?:/);
  });
});
