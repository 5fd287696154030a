import fc from 'fast-check';
import { parse } from 'jsonc-parser';
import { load } from 'latchkey/load';
import { loadTimeline } from 'latchkey/timeline';
import { describe, expect, test } from 'vitest';
import { obstacleOf } from '$lib/server/screens/obstacle.ts';
import { lineFinder, placesIn } from '$lib/server/screens/places.ts';
import { begun, templates } from '$lib/server/screens/templates.ts';
import { textChanges } from '$lib/server/screens/text-changes.ts';
import { Refusal } from '$lib/server/refusal.ts';

const DOCUMENT = `{
  // who may
  "tiers": [
    { "id": "A", "a/b": { "~": 1 } },
    "B"
  ],
  "": null
}`;

describe('the places of a document', () => {
  test('are all values in their order, on the line where their member begins', () => {
    expect(placesIn(DOCUMENT).map(({ pointer, line }) => [pointer, line])).toEqual([
      ['', 1],
      ['/tiers', 3],
      ['/tiers/0', 4],
      ['/tiers/0/id', 4],
      ['/tiers/0/a~1b', 4],
      ['/tiers/0/a~1b/~0', 4],
      ['/tiers/1', 5],
      ['/', 7],
    ]);
  });

  test.each([
    ['/tiers/2', null],
    ['/tiers/0/id/x', null],
    ['/none', null],
    ['/tiers/0/a~1b/~0', 4],
    ['', 1],
  ])('a pointer is found again: %j', (pointer, line) => {
    expect(lineFinder(DOCUMENT)(pointer)).toBe(line);
  });

  test('every place of any document is found on its line', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(0, 2), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        const lineOf = lineFinder(text);
        for (const { pointer, line } of placesIn(text)) expect([pointer, lineOf(pointer)]).toEqual([pointer, line]);
      }),
    );
  });

  test('what is no document has none', () => {
    expect(placesIn('')).toEqual([]);
    expect(lineFinder('')('/tiers')).toBeNull();
  });
});

describe('what changes in the texts', () => {
  const timeline = (name: string, text = name) => ({ name, text });

  test('is told of the policy first, then of timelines by name; what stays is not told', () => {
    const before = { text: 'one\n', timelines: [timeline('stays'), timeline('goes'), timeline('moves', 'a\n')] };
    const after = { text: 'two\n', timelines: [timeline('moves', 'b\n'), timeline('comes'), timeline('stays')] };
    expect(textChanges(before, after).map(({ timeline: name, kind }) => [name, kind])).toEqual([
      [null, 'changed'],
      ['comes', 'added'],
      ['goes', 'removed'],
      ['moves', 'changed'],
    ]);
    expect(textChanges(after, after)).toEqual([]);
  });

  test('against nothing, all of it is added, an empty text too', () => {
    const changes = textChanges(null, { text: 'one\ntwo\n', timelines: [timeline('empty', '')] });
    expect(changes.map(({ timeline: name, kind }) => [name, kind])).toEqual([
      [null, 'added'],
      ['empty', 'added'],
    ]);
    const lines = changes[0]?.parts.flatMap(({ lines }) => lines.map(({ kind, text }) => [kind, text]));
    expect(lines).toEqual([
      ['added', 'one'],
      ['added', 'two'],
    ]);
    expect(changes[0]?.tooLong).toBeNull();
  });

  test('what is too long to compare comes whole, and holds up nothing after it', () => {
    const long = '\n'.repeat(200_000);
    const changes = textChanges(
      { text: long, timelines: [timeline('a', 'a\n')] },
      { text: 'short', timelines: [timeline('a', 'b\n')] },
    );
    expect(changes[0]).toEqual({
      ...{ timeline: null, kind: 'changed', parts: [] },
      tooLong: { before: long, after: 'short' },
    });
    expect(changes[1]).toMatchObject({ timeline: 'a', parts: [{}], tooLong: null });
  });
});

describe('what a new policy can begin with', () => {
  test('is a small policy first, then all that are shipped', () => {
    expect(templates().map(({ id, timelines }) => [id, timelines])).toEqual([
      ['', 0],
      ['field-service', 5],
      ['songbook', 4],
      ['ward-rounds', 8],
    ]);
  });

  test.each(templates().map(({ id }) => id))('‘%s’ loads under another name as version 1, with its timelines', (id) => {
    const { text, timelines } = begun(id, { id: 'kiosk', title: '  ' });
    expect(load(text).ok).toBe(true);
    expect(parse(text)).toMatchObject({ id: 'kiosk', version: 1, title: 'kiosk' });
    for (const { name, text: story } of timelines) {
      expect(loadTimeline(story).ok, name).toBe(true);
      expect(parse(story)).toMatchObject({ policy: 'kiosk' });
    }
  });

  test('an unknown one is the small one', () => {
    expect(begun('../secrets', { id: 'a', title: 'A' })).toEqual(begun('', { id: 'a', title: 'A' }));
  });
});

test('a page that was let in tells what a role is not for, and everything else as it is refused', () => {
  expect(obstacleOf(null)).toBeNull();
  expect(obstacleOf(new Refusal(403, 'not_allowed', 'Ask.'))).toEqual({ code: 'role', text: 'Ask.' });
  expect(obstacleOf(new Refusal(409, 'own_work', 'Not yours.'))).toEqual({ code: 'own_work', text: 'Not yours.' });
});
