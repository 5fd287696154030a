import { readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { lint, tidy, type Finding } from 'latchkey/analysis';
import { findings, fixedTexts, loaded, readLintFixtures, TODAY, type Expected } from './lint-fixture.ts';

const fixtures = readLintFixtures();

describe.each(fixtures)('$code/$file', ({ text, expected }) => {
  const found = findings(text);

  it('gives these warnings, in this order, at these places', () => {
    expect(found.map(comparable)).toEqual(expected);
    for (const { severity } of found) expect(severity).toBe('warning');
  });

  it('says them in one line, lower case, without a full stop, with what to do', () => {
    for (const { message, help } of found) {
      expect(message).toMatch(/^[^\p{Lu}\n][^\n]*[^.\n]$/u);
      expect(help).toMatch(/^[^\p{Lu}\n][^\n]*[^.\n]$/u);
    }
  });

  it('proposes fixes that settle what they are for, bring nothing new and leave a document that loads', () => {
    for (const { finding, after } of fixedTexts(text)) {
      const left = findings(after);
      const said = left.filter(({ code, message }) => code === finding.code && message === finding.message);
      expect(said).toEqual([]);
      // What only the removed part used may come up next.
      const known = new Set<string>([...found.map(({ code }) => code), 'unused_fact', 'unused_condition']);
      expect(left.filter(({ code }) => !known.has(code))).toEqual([]);
    }
  });

  it('proposes the fewest changes: all lines but those of the finding stay', () => {
    for (const { after } of fixedTexts(text)) {
      const kept = new Set(after.split('\n').map((line) => line.replace(/,$/, '')));
      const gone = text.split('\n').filter((line) => !kept.has(line.replace(/,$/, '')));
      expect(gone.length).toBeLessThanOrEqual(6);
    }
  });
});

function comparable({ code, pointer, line, column, fix }: Finding): Expected {
  return { code, pointer, line, column, ...(fix && { fix: fix.narrows ? 'narrows' : 'keeps' }) };
}

test.each([...new Set(fixtures.map(({ code }) => code))])('%s is shown found, and next to it not found', (code) => {
  const ofCode = fixtures.filter((each) => each.code === code);
  const finds = ({ expected }: (typeof ofCode)[number]) => expected.some((each) => each.code === code);
  expect(ofCode.some(finds)).toBe(true);
  expect(ofCode.some((each) => !finds(each))).toBe(true);
});

describe('the words of a finding', () => {
  const wordsOf = (name: string) => {
    const fixture = fixtures.find(({ code, file }) => `${code}/${file}` === name);
    return findings(fixture?.text ?? '').map(({ message }) => message);
  };

  it.each([
    [
      'offline_privilege_creep/whole-tier.json',
      '`desk.open`, `desk.list`, `desk.search` and 1 more in the tier `A` can be used offline for ever, without the server being asked again',
    ],
    [
      'redundant_constraint/looser-below-a-guard.json',
      'this `maxAge` adds nothing to the stricter `/guards/0`, which always applies with it',
    ],
    [
      'redundant_constraint/said-twice.json',
      'this `clock` says again what `/tiers/0/require/1` says, which always applies with it',
    ],
    [
      'tier_order/lower-is-never-offline.json',
      'the tier `B` goes on for `7d` without the server, and the lower tier `A` never does',
    ],
    [
      'schedule_gap/skipped-hour.json',
      'the window from `02:00` to `03:00` does not open on 2027-03-28, when clocks in `Europe/Berlin` skip these minutes',
    ],
    ['personal_data/names.json', 'the fact `date_of_birth` sounds like personal data (`birth`)'],
  ])('%s', (name, words) => {
    expect(wordsOf(name)).toContain(words);
  });
});

describe('today is an input', () => {
  const fixture = (name: string) => fixtures.find(({ code, file }) => `${code}/${file}` === name)?.text ?? '';

  it('decides which clock change comes next', () => {
    const [gap] = findings(fixture('schedule_gap/skipped-hour.json'), '2026-01-05');
    expect(gap?.message).toContain('does not open on 2026-03-29');
  });

  it('decides whether a review is overdue', () => {
    const text = fixture('review_overdue/yesterday.json');
    expect(findings(text, '2026-11-19')).toEqual([]);
    expect(findings(text, '2027-01-01').map(({ code }) => code)).toEqual(['review_overdue']);
  });

  it.each(['', 'today', '2026-13-01', '2026-11-20T00:00:00Z'])('refuses %j as a mistake of the program', (today) => {
    const text = fixture('review_overdue/today.json');
    expect(() => lint(text, loaded(text), { today })).toThrow(TypeError);
  });
});

describe('the shipped policies', () => {
  it.each(['field-service', 'songbook'])('%s lints clean', (id) => {
    expect(findings(readFileSync(`policies/${id}/1.json`, 'utf8'))).toEqual([]);
  });

  it('ward-rounds shows one finding: its hours believe the clock of the device', () => {
    expect(findings(readFileSync('policies/ward-rounds/1.json', 'utf8'))).toMatchObject([
      { code: 'unproven_schedule', pointer: '/capabilities/2/require/1' },
    ]);
  });
});

describe('tidy', () => {
  it('makes the changes that keep every outcome, one after the other, and leaves the rest to people', () => {
    const text = `{
  "language": 1,
  "id": "desk",
  "version": 1,
  "facts": { "urgent": { "type": "boolean" }, "email": { "type": "string" } },
  "conditions": { "hurry": { "all": [{ "fact": "urgent", "operator": "equal", "value": true }] } },
  "guards": [
    { "kind": "maxAge", "of": "serverConfirmation", "limit": "30d" },
    { "kind": "maxAge", "of": "serverConfirmation", "limit": "20d" }
  ],
  "tiers": [{ "id": "A", "require": [] }],
  "capabilities": [{ "id": "desk.open", "tier": "A", "access": "read" }]
}
`;
    const tidied = tidy(text, { today: TODAY });
    expect(tidied.fixed.map(({ code }) => code)).toEqual([
      'unused_fact',
      'unused_condition',
      'redundant_constraint',
      'unused_fact',
    ]);
    expect(tidied.left.map(({ code }) => code)).toEqual(['long_window']);
    expect(tidied.text).toBe(`{
  "language": 1,
  "id": "desk",
  "version": 1,
  "facts": {},
  "conditions": {},
  "guards": [
    { "kind": "maxAge", "of": "serverConfirmation", "limit": "20d" }
  ],
  "tiers": [{ "id": "A", "require": [] }],
  "capabilities": [{ "id": "desk.open", "tier": "A", "access": "read" }]
}
`);
  });

  it('leaves a text alone that does not load', () => {
    expect(tidy('{', { today: TODAY })).toEqual({ text: '{', fixed: [], left: [] });
  });
});

test('a policy as large as can be is linted within seconds', { timeout: 60_000 }, () => {
  const proofs = Array.from({ length: 8000 }, (_, index) => ({ kind: 'stepUp', maxAge: `${index + 1}s` }));
  const capabilities = Array.from({ length: 5000 }, (_, index) => ({ id: `c${index}`, tier: 'A', access: 'read' }));
  const tiers = [{ id: 'A', require: [] }];
  const text = JSON.stringify({ language: 1, id: 'large', version: 1, guards: proofs, tiers, capabilities });
  expect(findings(text).map(({ code }) => code)).toEqual(['offline_privilege_creep']);
});
