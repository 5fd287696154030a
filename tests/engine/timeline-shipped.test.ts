import { readdirSync, readFileSync } from 'node:fs';
import { compile, type Program } from 'latchkey';
import { load } from 'latchkey/load';
import { checkTimeline, loadTimeline, simulate, type Timeline } from 'latchkey/timeline';
import { describe, expect, test } from 'vitest';

const folder = new URL('../../policies/', import.meta.url);

function namesIn(path: string, form: RegExp): readonly string[] {
  return readdirSync(new URL(path, folder)).filter((name) => form.test(name));
}

function programsOf(policy: string): readonly Program[] {
  return namesIn(`${policy}/`, /^\d+\.json$/).map((name) => {
    const loaded = load(readFileSync(new URL(`${policy}/${name}`, folder)));
    if (!loaded.ok) throw new Error(JSON.stringify(loaded.diagnostics));
    return compile(loaded.value.policy);
  });
}

const shipped = namesIn('', /^[^.]/).flatMap((policy) =>
  namesIn(`${policy}/timelines/`, /\.json$/).map((name) => ({ policy, name })),
);

test('field-service ships its five stories', () => {
  expect(shipped.filter(({ policy }) => policy === 'field-service').map(({ name }) => name)).toEqual([
    'account-disabled-offline.json',
    'bad-morning.json',
    'dead-zone.json',
    'normal-day.json',
    'role-removed.json',
  ]);
});

describe.each(shipped)('$policy/timelines/$name', ({ policy, name }) => {
  const text = readFileSync(new URL(`${policy}/timelines/${name}`, folder), 'utf8');
  const programs = programsOf(policy);
  const result = loadTimeline(text);
  const timeline = result.ok ? result.value : undefined;

  test('has no problem and fits its policy', () => {
    expect(result).toMatchObject({ ok: true, warnings: [] });
    expect(checkTimeline(timeline as Timeline, programs, text)).toEqual([]);
  });

  test('every expectation holds and says why a person expects it', () => {
    const { expectations } = simulate(programs, timeline as Timeline);
    expect(expectations.length).toBeGreaterThanOrEqual(8);
    expect(expectations.filter(({ ok }) => !ok)).toEqual([]);
    expect(expectations.filter(({ expected }) => (expected.because ?? '').split(' ').length < 4)).toEqual([]);
  });

  test('it looks at both sides of an edge, a millisecond apart', () => {
    const { expect: entries } = timeline as Timeline;
    const edges = entries.filter(({ capability, outcome, reason, at, to }) =>
      entries.some(
        (after) =>
          after.capability === capability &&
          (after.outcome !== outcome || after.reason !== reason) &&
          (after.at ?? after.from) === (at ?? to ?? Number.NaN) + 1,
      ),
    );
    expect(edges.length).toBeGreaterThanOrEqual(2);
  });
});
