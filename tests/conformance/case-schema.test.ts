import { describe, expect, test } from 'vitest';
import { validateCase } from '../../engine/generated/validate-case.js';
import { shapeProblems } from '../../engine/schema-errors.ts';

const EXPECT = { outcome: 'permit', reasons: [], obligations: [] };

/** What is wrong with a case of one request with `ask` added. */
function problemsOf(ask: Readonly<Record<string, unknown>>): readonly string[] {
  const requests = [{ description: 'shows a rule', expect: EXPECT, ...ask }];
  const found = { title: 'a rule', policy: 'field-service@1', given: {}, requests };
  return shapeProblems(validateCase, found).map(({ code, pointer }) => `${code} ${pointer}`);
}

describe('a case file', () => {
  test('is a case, or a list of them', () => {
    expect(problemsOf({ at: '1d12h', set: { '/session/sub': 'bob' }, without: ['/device'], request: null })).toEqual(
      [],
    );
    expect(shapeProblems(validateCase, []).map(({ code }) => code)).toEqual(['empty_list']);
  });

  test.each([
    ['a misspelt key', { wihout: [] }, ['unknown_key /requests/0/wihout']],
    [
      'an expectation without reasons',
      { expect: { outcome: 'deny' } },
      ['missing_key /requests/0/expect', 'missing_key /requests/0/expect'],
    ],
    [
      'a misspelt member of a decision',
      { expect: { ...EXPECT, remedy: [] } },
      ['unknown_key /requests/0/expect/remedy'],
    ],
    [
      'a code that there is not',
      { expect: { ...EXPECT, reasons: [{ code: 'offline', path: '' }] } },
      ['unknown_value /requests/0/expect/reasons/0/code'],
    ],
    ['a path that is no pointer', { without: ['device'] }, ['unknown_value /requests/0/without/0']],
    ['a time that is none', { at: 'tomorrow' }, ['unknown_value /requests/0/at']],
    [
      'advice of no known type',
      { expect: { ...EXPECT, advice: [{ type: 'shout' }] } },
      ['unknown_kind /requests/0/expect/advice/0/type'],
    ],
  ])('is refused with %s', (_, ask, problems) => {
    expect(problemsOf(ask)).toEqual(problems);
  });
});
