import { ESLint } from 'eslint';
import ts from 'typescript-eslint';
import { beforeAll, describe, expect, test } from 'vitest';
import { root } from './sources.ts';

// Planted code is in no project, so rules that need types rest; each rule below works on syntax alone.
const eslint = new ESLint({ cwd: root, overrideConfig: [ts.configs.disableTypeChecked] });

async function brokenRules(filePath: string, code: string): Promise<string[]> {
  const [result] = await eslint.lintText(code, { filePath });
  return (result?.messages ?? []).map(({ ruleId, message }) => ruleId ?? message);
}

beforeAll(() => brokenRules('engine/warm-up.ts', ''));

describe('the engine’s core takes time, randomness and surroundings as inputs', () => {
  test.each([
    ['Date.now();', 'no-restricted-properties'],
    ['new Date();', 'no-restricted-syntax'],
    ['Date();', 'no-restricted-syntax'],
    ['Math.random();', 'no-restricted-properties'],
    ["eval('1');", 'no-eval'],
    ["new Function('return 1');", 'no-new-func'],
    ['setTimeout(() => {}, 1);', 'no-restricted-globals'],
    ["new Intl.DateTimeFormat('en');", 'no-restricted-globals'],
    ['process.env;', 'no-restricted-globals'],
    ['document.title;', 'no-restricted-globals'],
    ['crypto.randomUUID();', 'no-restricted-globals'],
  ])('%s breaks %s', async (code, rule) => {
    expect(await brokenRules('engine/planted.ts', code)).toContain(rule);
    expect(await brokenRules('engine/session/planted.ts', code)).toContain(rule);
  });

  test('an instant that was handed in may become a Date', async () => {
    expect(await brokenRules('engine/planted.ts', 'export const year = new Date(0).getUTCFullYear();')).toEqual([]);
  });

  test('calendar code alone may ask Intl about zones, and still may not read the clock', async () => {
    expect(await brokenRules('engine/time/planted.ts', "export const f = new Intl.DateTimeFormat('en');")).toEqual([]);
    expect(await brokenRules('engine/time/planted.ts', 'export const at = Date.now();')).not.toEqual([]);
  });

  test('the command may read the clock', async () => {
    expect(await brokenRules('engine/cli/planted.ts', 'export const at = Date.now();')).toEqual([]);
  });
});

test.each([
  ['a default export', 'engine/planted.ts', 'export default 1;', 'no-restricted-syntax'],
  ['export *', 'engine/cli/planted.ts', "export * from './io.ts';", 'no-restricted-syntax'],
  ['any', 'editor/lib/planted.ts', 'export const x: any = 1;', '@typescript-eslint/no-explicit-any'],
  ['a non-null assertion', 'tests/planted.ts', 'export const x = [1][0]!;', '@typescript-eslint/no-non-null-assertion'],
  ['an open end', 'engine/planted.ts', '// TODO: later\nexport const x = 1;', 'no-warning-comments'],
  [
    'engine code in the reference interpreter',
    'tests/reference/planted.ts',
    "import { decide } from 'latchkey'; decide;",
    '@typescript-eslint/no-restricted-imports',
  ],
])('%s does not pass', async (_, path, code, rule) => {
  expect(await brokenRules(path, code)).toContain(rule);
});

test('a comment cannot switch a rule off', async () => {
  const code = '/* eslint-disable */\nexport const at = Date.now();';
  expect(await brokenRules('engine/planted.ts', code)).toContain('no-restricted-properties');
});

test('the reference interpreter may share types', async () => {
  const code = "import type { Policy } from 'latchkey';\nexport const id = (policy: Policy) => policy.id;";
  expect(await brokenRules('tests/reference/planted.ts', code)).toEqual([]);
});
