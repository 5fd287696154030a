import { replacements, type Replacement } from '$lib/components/document/replacements.ts';
import fc from 'fast-check';
import { expect, test } from 'vitest';

test.each<[string, string, readonly Replacement[]]>([
  ['same', 'same', []],
  ['', 'new', [{ offset: 0, length: 0, by: 'new' }]],
  [
    '{ "a": 1, "b": 2 }',
    '{ "a": 10, "b": 20 }',
    [
      { offset: 7, length: 1, by: '10' },
      { offset: 15, length: 1, by: '20' },
    ],
  ],
  ['a\r\nb', 'a\nb', [{ offset: 1, length: 2, by: '\n' }]],
  ['x 😀 y', 'x 😁 y', [{ offset: 2, length: 2, by: '😁' }]],
])('from %j to %j', (before, after, expected) => {
  expect(replacements(before, after)).toEqual(expected);
});

test('texts with little in common are replaced whole', () => {
  const [before, after] = ['a', 'b'].map((letter) => Array.from({ length: 600 }, (_, n) => `${letter}${n}`).join(' '));
  expect(replacements(before ?? '', after ?? '')).toEqual([{ offset: 0, length: before?.length, by: after }]);
});

test('make one text of the other, whatever they are, and part no character', () => {
  const texts = fc
    .array(fc.constantFrom('a', 'b', ' ', '"', '\r\n', '\n', '😀', '😁'), { maxLength: 12 })
    .map((all) => all.join(''));
  fc.assert(
    fc.property(texts, texts, (before, after) => {
      const all = replacements(before, after);
      const made = all.reduceRight(
        (text, { offset, length, by }) => text.slice(0, offset) + by + text.slice(offset + length),
        before,
      );
      expect(made).toBe(after);
      for (const cut of all.flatMap(({ offset, length }) => [offset, offset + length])) {
        expect(before.slice(cut - 1, cut + 1)).not.toBe('\r\n');
        expect(before.slice(0, cut)).not.toMatch(/[\uD800-\uDBFF]$/);
      }
    }),
    { seed: 4, numRuns: 2000 },
  );
});
