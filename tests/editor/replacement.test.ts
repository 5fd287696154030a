import { replacement } from '$lib/components/document/replacement.ts';
import fc from 'fast-check';
import { expect, test } from 'vitest';

test.each([
  ['a b c', 'a x c', { offset: 2, length: 1, by: 'x' }],
  ['same', 'same', { offset: 4, length: 0, by: '' }],
  ['aa', 'aaa', { offset: 2, length: 0, by: 'a' }],
  ['', 'new', { offset: 0, length: 0, by: 'new' }],
  ['a\r\nb', 'a\nb', { offset: 1, length: 2, by: '\n' }],
  ['x😀y', 'x😁y', { offset: 1, length: 2, by: '😁' }],
])('from %j to %j', (before, after, expected) => {
  expect(replacement(before, after)).toEqual(expected);
});

test('makes one text of the other, whatever they are, and parts no character', () => {
  const texts = fc
    .array(fc.constantFrom('a', 'b', '\r\n', '\n', '😀', '😁'), { maxLength: 12 })
    .map((all) => all.join(''));
  fc.assert(
    fc.property(texts, texts, (before, after) => {
      const { offset, length, by } = replacement(before, after);
      expect(before.slice(0, offset) + by + before.slice(offset + length)).toBe(after);
      for (const cut of [offset, offset + length]) {
        expect(before.slice(cut - 1, cut + 1)).not.toBe('\r\n');
        expect(before.slice(0, cut)).not.toMatch(/[\uD800-\uDBFF]$/);
      }
    }),
    { seed: 4, numRuns: 2000 },
  );
});
