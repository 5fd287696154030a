import { readdirSync, readFileSync } from 'node:fs';
import { transformSync } from 'esbuild';
import { describe, expect, test } from 'vitest';
import { bugs } from '../planted/bugs.ts';

/** Files of `constraints/` in which there is nothing to get wrong at run time. */
const NOT_A_KIND = ['index.ts', 'written.ts'];

function source(file: string): string {
  return readFileSync(new URL(`../../engine/${file}`, import.meta.url), 'utf8');
}

describe('planted bugs', () => {
  test('there are fifty and more, most of them in constraints/ and decide.ts, in every kind’s file', () => {
    expect(bugs.length).toBeGreaterThanOrEqual(50);
    const planted = new Set(bugs.map(({ file }) => file));
    const kinds = readdirSync(new URL('../../engine/constraints', import.meta.url))
      .filter((name) => !NOT_A_KIND.includes(name))
      .map((name) => `constraints/${name}`);
    expect([...planted].sort()).toEqual([...kinds, 'collect.ts', 'decide.ts', 'facts.ts'].sort());
    expect(new Set(bugs.map(({ id }) => id)).size).toBe(bugs.length);
  });

  test.each(bugs.map((bug) => [bug.id, bug] as const))('%s can be planted', (_, { file, text, planted }) => {
    const code = source(file);
    expect(code.split(text)).toHaveLength(2);
    const changed = code.replace(text, () => planted);
    const compiled = (written: string) => transformSync(written, { loader: 'ts', minify: true }).code;
    expect(compiled(changed)).not.toBe(compiled(code));
  });
});
