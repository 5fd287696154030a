import { readLink, writeLink, type Link } from '$lib/state/link.ts';
import { describe, expect, test } from 'vitest';

const full: Link = {
  timeline: 'dead-zone',
  at: 172_800_000,
  capability: 'work_order.note',
  pointer: '/tiers/1/require/0',
};
const none: Link = { timeline: null, at: null, capability: null, pointer: null };

describe('a deep link', () => {
  test.each([full, none, { ...none, at: 0 }, { ...none, pointer: '' }, { ...none, pointer: '/a~1b/ä&=?#' }])(
    'comes back as it was written: %j',
    (link) => {
      expect(readLink(new URLSearchParams(writeLink(link, new URLSearchParams())))).toEqual(link);
    },
  );

  test('stays readable', () => {
    expect(writeLink(full, new URLSearchParams())).toBe(
      '?timeline=dead-zone&at=172800000&capability=work_order.note&pointer=/tiers/1/require/0',
    );
  });

  test('keeps what else the query says, and says nothing when there is nothing', () => {
    expect(writeLink(none, new URLSearchParams('view=table&at=5'))).toBe('?view=table');
    expect(writeLink(none, new URLSearchParams('at=5'))).toBe('');
  });

  test.each(['at=-5', 'at=1.5', 'at=soon', 'at=', 'pointer=tiers', `at=${'9'.repeat(20)}`])(
    'ignores an unusable member: %s',
    (query) => {
      expect(readLink(new URLSearchParams(query))).toEqual(none);
    },
  );
});
