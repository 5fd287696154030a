import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readCases } from './case.ts';

type Rows = Readonly<Record<string, readonly string[]>>;
type Notes = Readonly<Record<string, string>>;

function read<T>(name: string): T {
  return JSON.parse(readFileSync(`tests/conformance/${name}.json`, 'utf8')) as T;
}

const rows = read<Rows>('rows');
const elsewhere = read<Notes>('elsewhere');
const pending = read<Notes>('pending');
const groups = Object.keys(rows);

/** The row that each case of a group names first. */
function named(group: string): readonly string[] {
  const cases = readCases(`tests/conformance/cases/hard/${group}.json`);
  return cases.flatMap(({ requests }) => requests.map(({ description }) => description.split(' ')[0] ?? ''));
}

describe.each(groups)('hard cases of %s', (group) => {
  const cases = named(group);

  test.each(rows[group] ?? [])('%s is decided, tested elsewhere, or waits for something', (id) => {
    expect(cases.includes(id) || id in elsewhere || id in pending).toBe(true);
  });

  test('every case names a row of the group', () => {
    expect(cases.filter((id) => !rows[group]?.includes(id))).toEqual([]);
  });
});

describe('the index of hard cases', () => {
  const all = groups.flatMap((group) => rows[group] ?? []);

  test('has each row once', () => {
    expect(all).toEqual([...new Set(all)]);
  });

  test('has every row that is said to be elsewhere or to wait', () => {
    expect([...Object.keys(elsewhere), ...Object.keys(pending)].filter((id) => !all.includes(id))).toEqual([]);
  });

  test.each(Object.entries(elsewhere))('%s is where it is said to be: %s', (_, file) => {
    expect(existsSync(file)).toBe(true);
  });

  test('what waits says what for', () => {
    expect(Object.entries(pending).filter(([, why]) => !/^[a-z -]+: \w/.test(why))).toEqual([]);
  });
});
