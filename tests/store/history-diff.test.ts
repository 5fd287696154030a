import { describe, expect, test } from 'vitest';
import { diffTexts, openDiffer } from '$lib/server/history/text-diff.ts';
import type { ChangedPart } from '$lib/state/text-change.ts';

/** `12 - text`, `12 + text`: as a screen would show it. */
function drawn(parts: readonly ChangedPart[]): readonly (readonly string[])[] {
  const signs = { same: ' ', removed: '-', added: '+' };
  return parts.map(({ lines }) =>
    lines.map(({ kind, before, after, text }) => `${before ?? '·'} ${after ?? '·'} ${signs[kind]}${text}`),
  );
}

const lines = (from: number, to: number): string =>
  Array.from({ length: to - from + 1 }, (_, index) => `line ${from + index}\n`).join('');

describe('the difference of two texts', () => {
  test('is nothing for one text', () => {
    expect(diffTexts('a\n', 'a\n')).toEqual([]);
  });

  test('has three lines around each change, numbered on both sides', () => {
    const parts = diffTexts(lines(1, 30), lines(1, 9) + 'ten\nand a half\n' + lines(11, 24) + lines(26, 30));
    expect(drawn(parts)).toEqual([
      [
        '7 7  line 7',
        '8 8  line 8',
        '9 9  line 9',
        '10 · -line 10',
        '· 10 +ten',
        '· 11 +and a half',
        '11 12  line 11',
        '12 13  line 12',
        '13 14  line 13',
      ],
      [
        '22 23  line 22',
        '23 24  line 23',
        '24 25  line 24',
        '25 · -line 25',
        '26 26  line 26',
        '27 27  line 27',
        '28 28  line 28',
      ],
    ]);
  });

  test('a beginning, an end, and an end without a line end', () => {
    expect(drawn(diffTexts('', 'a\nb\n'))).toEqual([['· 1 +a', '· 2 +b']]);
    expect(drawn(diffTexts('a\nb\n', ''))).toEqual([['1 · -a', '2 · -b']]);
    expect(drawn(diffTexts('a\nb', 'a\nb\n'))).toEqual([['1 1  a', '2 · -b', '· 2 +b']]);
  });

  test('many texts together take no longer than one, however they are made; what was cheap is told', () => {
    // Every line is in both texts, at no place that helps: the search goes on for as long as it is let.
    let state = 1;
    const noise = () => Array.from({ length: 4_000 }, () => (state = (state * 48_271) % 2_147_483_647) % 20).join('\n');
    const diff = openDiffer();
    const started = performance.now();
    const answers = Array.from({ length: 256 }, () => diff(noise(), noise()));
    expect(performance.now() - started).toBeLessThan(3_000);
    expect(answers[0]).toHaveLength(1);
    expect(answers.filter((answer) => answer === null).length).toBeGreaterThan(200);
    const cheap = openDiffer();
    const small = Array.from({ length: 256 }, (_, index) => cheap(lines(1, 80), lines(1, 80 + (index % 20))));
    expect(small).not.toContain(null);
    expect(Array.from({ length: 60 }, () => cheap('', lines(1, 500)))).not.toContain(null);
  });

  test.each([
    ['line ends alone', '\n'.repeat(1_000_000), ''],
    ['too many lines', lines(1, 60_000), lines(2, 60_001)],
  ])('%s are not compared, and what comes after them still is', (_, a, b) => {
    const diff = openDiffer();
    expect(diff(a, b)).toBeNull();
    expect(diff('a\n', 'b\n')).toHaveLength(1);
  });

  test('texts with nothing in common are replaced whole, and soon', () => {
    const [part, ...more] = diffTexts(lines(1, 20_000), lines(30_000, 50_000));
    expect(more).toEqual([]);
    expect(part?.lines).toHaveLength(20_000 + 20_001);
    expect(part?.lines[0]).toEqual({ kind: 'removed', before: 1, after: null, text: 'line 1' });
  });
});
