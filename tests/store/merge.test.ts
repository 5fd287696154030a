import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { merge, type Clash } from '$lib/state/merge.ts';
import { mergeDrafts } from '$lib/state/merge-drafts.ts';
import { mergeTexts } from '$lib/state/merge-texts.ts';

/** Small alphabets, so that both sides often touch the same. */
const name = fc.constantFrom('a', 'b', 'c', 'd');
const leaf = fc.oneof(fc.constantFrom<unknown>(1, 2, 'x', true, null), fc.jsonValue({ maxDepth: 2 }));
const single = fc.record({ kind: fc.constantFrom('maxAge', 'token'), limit: fc.constantFrom(1, 2, 3) });
const constraints: fc.Arbitrary<unknown> = fc.letrec<{ list: unknown[]; group: unknown }>((tie) => ({
  list: fc.array(fc.oneof({ weight: 4, arbitrary: single }, { weight: 1, arbitrary: tie('group') }), { maxLength: 3 }),
  group: fc.record({ kind: fc.constantFrom('allOf', 'anyOf'), of: tie('list') }),
})).list;
const element = fc.record(
  { id: name, title: fc.constantFrom('one', 'two'), require: constraints, access: leaf },
  { requiredKeys: ['id'] },
);
const elements = fc.uniqueArray(element, { selector: ({ id }) => id, maxLength: 4 });
const document: fc.Arbitrary<unknown> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record(
      { version: fc.constantFrom(1, 2), tiers: elements, guards: constraints, capabilities: elements, notes: leaf },
      { requiredKeys: [] },
    ),
  },
  { weight: 1, arbitrary: fc.jsonValue() },
);

const mirrored = ({ mine, theirs, ...rest }: Clash): unknown => ({
  ...rest,
  ...(theirs === undefined ? {} : { mine: theirs }),
  ...(mine === undefined ? {} : { theirs: mine }),
});
const runs = { numRuns: 2_000 };

describe('three-way merge', () => {
  test('(A, B) and (B, A) agree, and their clashes are each other’s mirror', () => {
    fc.assert(
      fc.property(document, document, document, (base, a, b) => {
        const [one, other] = [merge(base, a, b), merge(base, b, a)];
        expect(one.value).toEqual(other.value);
        expect(new Set(one.clashes.map((clash) => JSON.stringify(sorted(clash))))).toEqual(
          new Set(other.clashes.map((clash) => JSON.stringify(sorted(mirrored(clash))))),
        );
      }),
      runs,
    );
  });

  test('what only one side changed is taken as it is', () => {
    fc.assert(
      fc.property(document, document, (base, a) => {
        expect(merge(base, a, base)).toEqual({ value: a, clashes: [] });
        expect(merge(base, base, a)).toEqual({ value: a, clashes: [] });
        expect(merge(base, a, a)).toEqual({ value: a, clashes: [] });
      }),
      runs,
    );
  });

  test('every clash stands where it says, and is gone once a side is chosen', () => {
    fc.assert(
      fc.property(document, document, document, fc.constantFrom('mine', 'theirs'), (base, a, b, side) => {
        const { value, clashes } = merge(base, a, b);
        for (const { pointer, mine, theirs, base: was } of clashes) {
          expect([mine, theirs, was]).toContainEqual(at(value, pointer));
        }
        expect(new Set(clashes.map(({ place }) => place)).size).toBe(clashes.length);
        const choices = Object.fromEntries(clashes.map(({ place }) => [place, side]));
        expect(merge(base, a, b, choices).clashes).toEqual([]);
      }),
      runs,
    );
  });

  test('a merged text says what the merged value is', () => {
    fc.assert(
      fc.property(document, document, document, (base, a, b) => {
        const texts = [base, a, b].map((value) => JSON.stringify(value)) as [string, string, string];
        const merged = mergeTexts(...texts);
        const [from, mine, theirs] = texts.map((text) => JSON.parse(text) as unknown);
        const { value, clashes } = merge(from, mine, theirs);
        expect(JSON.parse(merged?.text ?? '')).toEqual(value);
        expect(merged?.clashes).toEqual(clashes);
        // By edits, not by writing it all anew.
        expect(merged?.text.endsWith('\n')).toBe(false);
      }),
      { numRuns: 1_000 },
    );
  });

  const tier = (id: string, ...require: readonly unknown[]) => ({ id, require });
  const age = (limit: string, of = 'serverConfirmation') => ({ kind: 'maxAge', of, limit });

  test('two people change two capabilities, add one each and reorder none: both get what they wanted', () => {
    const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((id) => ({ id, access: 'read' }));
    const base = { capabilities: [a, b] };
    const mine = { capabilities: [{ ...a, access: 'write' }, b, c] };
    const theirs = { capabilities: [d, a, { ...b, title: 'B' }] };
    expect(merge(base, mine, theirs)).toEqual({
      value: { capabilities: [d, { ...a, access: 'write' }, { ...b, title: 'B' }, c] },
      clashes: [],
    });
  });

  test('constraints are told apart by kind and occurrence, and each is one value', () => {
    const base = { tiers: [tier('A', age('7d'), age('5m', 'authTime'), { kind: 'token', is: 'fresh' })] };
    const mine = { tiers: [tier('A', age('6d'), age('5m', 'authTime'), { kind: 'token', is: 'fresh' })] };
    const theirs = { tiers: [tier('A', age('7d'), age('1m', 'authTime'))] };
    expect(merge(base, mine, theirs).value).toEqual({ tiers: [tier('A', age('6d'), age('1m', 'authTime'))] });
    // Neither wanted an hour since activity.
    const limit = { tiers: [tier('A', age('1h'))] };
    const measure = { tiers: [tier('A', age('7d', 'activity'))] };
    const { value, clashes } = merge({ tiers: [tier('A', age('7d'))] }, limit, measure);
    expect(value).toEqual({ tiers: [tier('A', age('7d'))] });
    expect(clashes).toEqual([
      {
        ...{ place: '/tiers/A/require/maxAge#0', pointer: '/tiers/0/require/0' },
        ...{ base: age('7d'), mine: age('1h'), theirs: age('7d', 'activity') },
      },
    ]);
  });

  test('what one removed and the other changed is a clash that keeps it until somebody decides', () => {
    const base = { guards: [{ kind: 'token', is: 'fresh' }] };
    const theirs = { guards: [{ kind: 'token', is: 'unexpired' }] };
    const { value, clashes } = merge(base, { guards: [] }, theirs);
    expect(value).toEqual(theirs);
    expect(clashes).toMatchObject([{ place: '/guards/token#0', base: { is: 'fresh' }, theirs: { is: 'unexpired' } }]);
    expect(clashes[0]).not.toHaveProperty('mine');
    expect(merge(base, { guards: [] }, theirs, { '/guards/token#0': 'mine' })).toEqual({
      value: { guards: [] },
      clashes: [],
    });
  });

  test('members named like an object’s own machinery are members', () => {
    const text = (x: number, y: number) => `{"__proto__":{"x":${x}},"constructor":${y}}`;
    expect(mergeTexts(text(1, 1), text(2, 1), text(1, 2))).toEqual({ text: text(2, 2), clashes: [] });
  });

  test('a merged policy keeps its spaces, its order and its line breaks', () => {
    const base = readFileSync('policies/field-service/1.json', 'utf8');
    const mine = base.replace('"limit": "7d"', '"limit": "6d"').replace('"version": 1', '"version": 2');
    const theirs = base
      .replace('"title": "Medium risk"', '"title": "Some risk"')
      .replace('"version": 1', '"version": 2');
    const wanted = mine.replace('"title": "Medium risk"', '"title": "Some risk"');
    expect(mergeTexts(base, mine, theirs)).toEqual({ text: wanted, clashes: [] });
    expect(mergeTexts(base, base.replaceAll('  ', '\t'), theirs)).toEqual({ text: theirs, clashes: [] });
    const without = theirs.replace(/\n.*"id": "work_order.view".*/, '');
    expect(mergeTexts(base, mine, without)?.text).toBe(wanted.replace(/\n.*"id": "work_order.view".*/, ''));
    const more = theirs.replace(/(\n.*)"work_order.view"(.*)/, '$&$1"work_order.print"$2');
    expect(mergeTexts(base, mine, more)?.text).toBe(
      wanted.replace(/(\n.*)"work_order.view"(.*)/, '$&$1"work_order.print"$2'),
    );
    const windows = [base, mine, theirs].map((text) => text.replaceAll('\n', '\r\n')) as [string, string, string];
    expect(mergeTexts(...windows)?.text).toBe(wanted.replaceAll('\n', '\r\n'));
    expect(mergeTexts(base, `${mine}}`, theirs)).toBeNull();
  });

  test('whole drafts: timelines go by name, and what is no JSON is somebody’s to decide', () => {
    const base = { text: '{"a":1,"b":1}', timelines: [{ name: 'x', text: '{"at":1}' }] };
    const mine = { text: '{"a":2,"b":1}', timelines: [...base.timelines, { name: 'y', text: '{}' }] };
    const theirs = { text: '{"a":1,"b":2}', timelines: [{ name: 'x', text: '{"at":' }] };
    expect(mergeDrafts(base, mine, theirs)).toEqual({
      text: '{"a":2,"b":2}',
      timelines: [
        { name: 'x', text: '{"at":' },
        { name: 'y', text: '{}' },
      ],
      clashes: [],
    });
    const broken = { ...mine, text: '{"a":2', timelines: [] };
    const { text, timelines, clashes } = mergeDrafts(base, broken, theirs);
    expect({ text, timelines }).toEqual({ text: broken.text, timelines: theirs.timelines });
    expect(clashes.map(({ place, timeline }) => [place, timeline])).toEqual([
      ['policy', null],
      ['timeline/x', 'x'],
    ]);
    expect(mergeDrafts(base, broken, theirs, { policy: 'theirs', 'timeline/x': 'mine' })).toEqual({
      ...{ text: theirs.text, timelines: [], clashes: [] },
    });
    const both = mergeDrafts(base, { ...base, text: '{"a":3,"b":1}' }, { ...base, text: '{"a":4,"b":1}' });
    expect(both.clashes).toMatchObject([{ place: 'policy/a', pointer: '/a', base: 1, mine: 3, theirs: 4 }]);
  });
});

function at(value: unknown, pointer: string): unknown {
  return pointer
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<unknown>((here, key) => (here as Readonly<Record<string, unknown>>)[key], value);
}

/** With members in one order, at every depth. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return Object.is(value, -0) ? '-0' : value;
  return Object.entries(value)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, member]) => [key, sorted(member)]);
}
