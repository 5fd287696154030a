import { parseDuration } from 'latchkey/load';
import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  elementsIn,
  indexOfElement,
  withElement,
  withMember,
  withMembers,
  withoutElement,
  withTime,
  type Written,
} from '$lib/state/timeline-edits.ts';

const TEXT = `{
  "title": "A day",
  "events": [
    { "at": "0s", "type": "session-established", "amr": ["pwd"] },
    { "at": "10m", "type": "sleep" },
    { "at": "2h",  "type": "wake" }
  ]
}
`;

/** Times as the editor hands them in: offsets in the duration grammar. */
function timeOf({ at }: Written): number {
  return at === '0s' ? 0 : Number(parseDuration(String(at)));
}

const lines = (text: string) => text.split('\n').slice(3, -3);

describe('adding', () => {
  test.each([
    ['in the middle', '1h', 2],
    ['after others of its time', '10m', 2],
    ['at the end', '3h', 3],
    ['at the start, after what is there', '0s', 1],
  ])('%s', (_, at, place) => {
    const event = { at, type: 'reboot' };
    const changed = withElement(TEXT, 'events', event, timeOf);
    expect(lines(changed)[place]).toBe(`    { "at": "${at}", "type": "reboot" }${place === 3 ? '' : ','}`);
    expect(indexOfElement(changed, 'events', event)).toBe(place);
    expect(withoutElement(changed, 'events', place)).toBe(TEXT);
  });

  test('to a list that is not there, or empty', () => {
    const expectation = { at: '1h', capability: 'it', outcome: 'permit', because: 'so' };
    const added = withElement(TEXT, 'expect', expectation, timeOf);
    expect(elementsIn(added, 'expect')).toEqual([expectation]);
    const empty = withoutElement(added, 'expect', 0);
    expect(elementsIn(empty, 'expect')).toEqual([]);
    const again = withElement(empty, 'expect', expectation, timeOf);
    expect(again).toContain('\n    { "at": "1h", "capability": "it", "outcome": "permit", "because": "so" }\n');
  });
});

describe('removing', () => {
  test.each([0, 1, 2])('number %i leaves the others as they were', (index) => {
    const changed = withoutElement(TEXT, 'events', index);
    expect(lines(changed).map((line) => line.replace(/,$/, ''))).toEqual(
      lines(TEXT)
        .filter((_, place) => place !== index)
        .map((line) => line.replace(/,$/, '')),
    );
    expect(() => JSON.parse(changed) as unknown).not.toThrow();
  });

  test('what is not there changes nothing', () => {
    expect(withoutElement(TEXT, 'events', 9)).toBe(TEXT);
    expect(withoutElement(TEXT, 'expect', 0)).toBe(TEXT);
  });
});

describe('another time', () => {
  test.each([
    [1, '20m', ['0s', '20m', '2h']],
    [1, '3h', ['0s', '2h', '3h']],
    [2, '5m', ['0s', '5m', '10m']],
    [1, '2h', ['0s', '2h', '2h']],
  ])('number %i to %s', (index, at, expected) => {
    const changed = withTime(TEXT, index, at, timeOf);
    expect(elementsIn(changed, 'events').map((event) => event['at'])).toEqual(expected);
    expect(changed).toContain('{ "at": "0s", "type": "session-established", "amr": ["pwd"] }');
  });

  test('a move keeps the element’s own spaces', () => {
    expect(withTime(TEXT, 2, '5m', timeOf)).toContain('{ "at": "5m",  "type": "wake" },');
  });
});

test('members are set and taken out in place', () => {
  const set = withMembers(TEXT, 'events', 0, { amr: ['pwd', 'otp'], acr: 'aal2' });
  expect(elementsIn(set, 'events')[0]).toEqual({
    at: '0s',
    type: 'session-established',
    amr: ['pwd', 'otp'],
    acr: 'aal2',
  });
  expect(elementsIn(withMembers(set, 'events', 0, { acr: undefined }), 'events')[0]).not.toHaveProperty('acr');
  expect(withMember(TEXT, 'title', 'Another day')).toBe(TEXT.replace('A day', 'Another day'));
});

test('whatever is done to shipped timelines, they stay in order and the rest of the text stays as it was', () => {
  const texts = ['field-service', 'songbook', 'ward-rounds'].flatMap((id) =>
    readdirSync(`policies/${id}/timelines`).map((file) => readFileSync(`policies/${id}/timelines/${file}`, 'utf8')),
  );
  const edits = fc.property(
    fc.constantFrom(...texts),
    fc.nat(),
    fc.integer({ min: 1, max: 400 }),
    (text, dice, hours) => {
      const events = elementsIn(text, 'events');
      fc.pre(events.every(({ at }) => /^\d/.test(String(at)) && !String(at).includes('T')));
      const index = dice % events.length;
      const moved = withTime(text, index, `${hours}m`, timeOf);
      const times = elementsIn(moved, 'events').map(timeOf);
      expect(times).toEqual([...times].sort((a, b) => a - b));
      expect(moved.length - text.length).toBe(`${hours}m`.length - String(events[index]?.['at']).length);
      const added = withElement(text, 'events', { at: `${hours}m`, type: 'user-activity' }, timeOf);
      const where = indexOfElement(added, 'events', { at: `${hours}m`, type: 'user-activity' });
      expect(withoutElement(added, 'events', where)).toBe(text);
    },
  );
  fc.assert(edits, { numRuns: 300, seed: 20_260_302 });
});
