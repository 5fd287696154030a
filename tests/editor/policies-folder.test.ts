import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { policyIds, readPolicy } from '$lib/server/policies.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

let folder = '';

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'latchkey-policies-'));
  const write = (file: string, text: string): void => {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), text);
  };
  write('shop/1.json', 'one');
  write('shop/2.json', 'two');
  write('shop/10.json', 'ten');
  write('shop/01.json', 'no version');
  write('shop/notes.md', 'no version');
  write('shop/timelines/b.json', 'b');
  write('shop/timelines/a.json', 'a');
  write('empty/readme.md', '');
  write('Upper/1.json', '');
  write('secret.json', '');
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('the policies folder', () => {
  test('lists folders that are named like a policy', async () => {
    expect(await policyIds(folder)).toEqual(['empty', 'shop']);
  });

  test('gives versions with the newest first, by number', async () => {
    const policy = await readPolicy(folder, 'shop');
    expect(policy?.versions.map(({ version, text }) => [version, text])).toEqual([
      [10, 'ten'],
      [2, 'two'],
      [1, 'one'],
    ]);
    expect(new Set(policy?.versions.map(({ digest }) => digest)).size).toBe(3);
  });

  test('gives timelines by name', async () => {
    const policy = await readPolicy(folder, 'shop');
    expect(policy?.timelines).toEqual([
      { name: 'a', text: 'a' },
      { name: 'b', text: 'b' },
    ]);
  });

  test.each(['empty', 'no-such', '..', '../shop', 'Upper', ''])('has no policy %j', async (id) => {
    expect(await readPolicy(folder, id)).toBeNull();
  });

  test('that is not there has no policies', async () => {
    expect(await policyIds(path.join(folder, 'none'))).toEqual([]);
  });
});
