import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { plants, type Plant } from './plants.ts';
import { root } from './sources.ts';

interface Violation {
  readonly from: string;
  readonly to: string;
  readonly rule: { readonly name: string };
}
interface Cruise {
  readonly summary: { readonly violations: readonly Violation[]; readonly ruleSetUsed: RuleSet };
}
interface RuleSet {
  readonly forbidden: readonly { readonly name: string }[];
}

const FOLDERS = ['engine', 'editor', 'tests', 'scripts'];
const cruiser = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');

function cruise(folder: string): Cruise {
  const args = [cruiser, '--config', join(root, 'dependency-cruiser.config.js'), '--output-type', 'json', ...FOLDERS];
  const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder, maxBuffer: 1e9, encoding: 'utf8' });
  expect(stderr).toBe('');
  return JSON.parse(stdout) as Cruise;
}

const folder = mkdtempSync(join(tmpdir(), 'latchkey-structure-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function write(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

function specifierOf({ from, to }: Plant): string {
  if (to.startsWith('node:')) return to;
  const installed = /^node_modules\/([^/]+)\//.exec(to);
  if (installed?.[1] !== undefined) return installed[1];
  const path = relative(dirname(from), to);
  return path.startsWith('.') ? path : `./${path}`;
}

function plant(all: Iterable<Plant>): void {
  const imports = new Map<string, string[]>();
  for (const each of all) {
    imports.set(each.from, [...(imports.get(each.from) ?? []), `import '${specifierOf(each)}';`]);
    if (!each.to.startsWith('node:') && !each.to.endsWith('nowhere.ts') && !imports.has(each.to))
      imports.set(each.to, []);
  }
  for (const [path, lines] of imports) {
    const code = [...lines, path.startsWith('node_modules/') ? '' : 'export const planted = 1;'].join('\n');
    write(path, path.endsWith('.svelte') ? `<script module>\n${code}\n</script>\n` : code);
  }
}

describe('every import rule bites', () => {
  let found: readonly Violation[] = [];
  let ruleSet: RuleSet = { forbidden: [] };

  beforeAll(() => {
    for (const name of ['jsonc-parser', 'left-pad']) {
      write(`node_modules/${name}/package.json`, JSON.stringify({ name, version: '1.0.0', main: 'index.js' }));
    }
    plant([...plants.values(), { from: 'engine/session/ring.ts', to: 'engine/session/gnir.ts' }]);
    ({ violations: found, ruleSetUsed: ruleSet } = cruise(folder).summary);
  });

  test('there is a planted violation for each rule, and a rule for each', () => {
    expect([...plants.keys()].sort()).toEqual(ruleSet.forbidden.map(({ name }) => name).sort());
  });

  test.each([...plants])('%s', (name, { from }) => {
    expect(found.filter(({ rule }) => rule.name === name).map((violation) => violation.from)).toContain(from);
  });
});

test('the repository breaks none of them', () => {
  const { violations } = cruise(root).summary;
  expect(violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`)).toEqual([]);
});
