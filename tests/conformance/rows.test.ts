/**
 * The index of the hard cases. Each row is shown by a case or a story here, by a vector or a test elsewhere, or waits
 * for a part of the product that is not there yet; often several of these, each for its part of the row.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readCases } from './case.ts';
import { readStories } from './stories.ts';

/** By group and row: `case`, `story`, `elsewhere`, `waits`. Says what there is, so that nothing goes unnoticed. */
type Rows = Readonly<Record<string, Readonly<Record<string, string>>>>;
/** By row, the files that show it; in a file of vectors or tests also their names. */
type Elsewhere = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
/** By row, the part of the product that it waits for, and what that part will have to do. */
type Pending = Readonly<Record<string, string>>;

function read<T>(name: string): T {
  return JSON.parse(readFileSync(`tests/conformance/${name}.json`, 'utf8')) as T;
}

const groups = Object.entries(read<Rows>('rows'));
const rows = groups.flatMap(([, group]) => Object.entries(group));
const elsewhere = read<Elsewhere>('elsewhere');
const pending = read<Pending>('pending');

/** How many rows the hard cases have under each letter. */
const ROWS = { A: 13, B: 15, C: 12, D: 12, E: 25, F: 13, G: 5, H: 12, I: 10, J: 11, K: 8, L: 9 };

/** The rows that the files of a folder name, each first in a description. */
function named<T extends { readonly description: string }>(folder: string, read: (file: string) => readonly T[]) {
  const told = readdirSync(folder).flatMap((file) => read(join(folder, file)));
  return new Set(told.map(({ description }) => description.split(' ')[0] ?? ''));
}

const shown = {
  case: named('tests/conformance/cases/hard', (file) => readCases(file).flatMap(({ requests }) => requests)),
  story: named('tests/conformance/stories', readStories),
  elsewhere: new Set(Object.keys(elsewhere)),
  waits: new Set(Object.keys(pending)),
};

describe.each(groups)('hard cases of %s', (_, group) => {
  test.each(Object.entries(group))('%s: %s', (id, wanted) => {
    const found = Object.entries(shown).filter(([, ids]) => ids.has(id));
    expect(found.map(([how]) => how).join(', ')).toBe(wanted);
    expect(found).not.toEqual([]);
  });
});

describe('the index of hard cases', () => {
  const ids = rows.map(([id]) => id);

  test('has every row, once', () => {
    expect(ids).toEqual([...new Set(ids)]);
    const letters = ids.map((id) => id.charAt(0));
    expect(Object.fromEntries(Object.keys(ROWS).map((each) => [each, count(letters, each)]))).toEqual(ROWS);
    expect(ids).toHaveLength(145);
  });

  test.each(Object.entries(shown))('has every row of a %s', (_, found) => {
    expect([...found].filter((id) => !ids.includes(id))).toEqual([]);
  });

  const places = Object.entries(elsewhere).flatMap(([id, files]) =>
    Object.entries(files).map(([file, names]) => [id, file, names] as const),
  );

  test.each(places)('%s is where it is said to be: %s %j', (_, file, names) => {
    expect(existsSync(file), file).toBe(true);
    expect(names.filter((name) => !contains(file, name))).toEqual([]);
    expect(names.length > 0, 'a file of many things is pointed into').toBe(/vectors|\.test\.ts$/.test(file));
  });

  test('what waits says what for, and what it will have to do', () => {
    expect(Object.entries(pending).filter(([, why]) => !/^[a-z -]+: \w/.test(why))).toEqual([]);
  });
});

function count(values: readonly string[], value: string): number {
  return values.filter((each) => each === value).length;
}

/** Whether a file of vectors has one of that name that is played, or a file of tests one. */
function contains(file: string, name: string): boolean {
  const text = readFileSync(file, 'utf8');
  if (!file.endsWith('.json')) return text.includes(`'${name}'`);
  const { vectors } = JSON.parse(text) as { readonly vectors: readonly { readonly name: string }[] };
  return vectors.some((vector) => vector.name === name);
}
