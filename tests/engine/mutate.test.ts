import { readdirSync, readFileSync } from 'node:fs';
import { compile, type Program } from 'latchkey';
import {
  baselineOf,
  judge,
  mutantsOf,
  OPERATORS,
  scoreOf,
  type Baseline,
  type Mutant,
  type Suggestion,
} from 'latchkey/analysis';
import { load } from 'latchkey/load';
import { loadTimeline, PRESETS, simulate, type TimedEvent, type Timeline } from 'latchkey/timeline';
import { describe, expect, test } from 'vitest';
import { mutantInWords } from '../../engine/analysis/mutate-words.ts';
import { small } from './small-policy.ts';

const root = new URL('../../policies/', import.meta.url);
const MOST_EXPECTATIONS = 25;

function loadedFrom(text: string) {
  const loaded = load(text);
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.diagnostics));
  return loaded.value;
}

function timelineFrom(text: string): Timeline {
  const loaded = loadTimeline(text);
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.diagnostics));
  return loaded.value;
}

function mutantsFrom(text: string): readonly Mutant[] {
  const { document, policy } = loadedFrom(text);
  return mutantsOf(document, policy);
}

/** An event that nobody expects anything of. */
function unexpecting({ at, event, path }: TimedEvent): TimedEvent {
  return { at, event, path };
}

/** Whether the expectation, added to the timeline it is for, holds on the policy and not on the mutant. */
function kills({ timeline, ...expectation }: Suggestion, mutant: Mutant, { program, timelines }: Baseline): boolean {
  const preset = PRESETS.find(({ name }) => name === timeline)?.timelineFor(program.policy);
  const story = typeof timeline === 'number' ? timelines[timeline] : timelineFrom(preset ?? '');
  const expecting = { ...(story as Timeline), expect: [{ ...expectation, path: '/expect/0' }] };
  const held = (on: Program) => simulate([on], expecting).expectations.every(({ ok }) => ok);
  return held(program) && !held(compile(mutant.policy));
}

describe.each(['field-service', 'songbook', 'ward-rounds'])('%s', (id) => {
  const { document, policy } = loadedFrom(readFileSync(new URL(`${id}/1.json`, root), 'utf8'));
  const files = readdirSync(new URL(`${id}/timelines`, root));
  const timelines = files.map((file) => timelineFrom(readFileSync(new URL(`${id}/timelines/${file}`, root), 'utf8')));
  const baseline = baselineOf(compile(policy), timelines);

  test('its timelines notice at least nine mistakes in ten', () => {
    const verdicts = mutantsOf(document, policy).map((mutant) => judge(mutant, baseline));
    expect(verdicts.length).toBeGreaterThan(50);
    expect(scoreOf(verdicts)).toBeGreaterThanOrEqual(0.9);
  });

  test('every suggestion is met today, and not by the mutant that it is for', () => {
    const silent = timelines.map((timeline) => ({ ...timeline, expect: [], events: timeline.events.map(unexpecting) }));
    const told = baselineOf(compile(policy), silent);
    const missed = mutantsOf(document, policy).filter((mutant) => {
      const verdict = judge(mutant, told);
      return (
        verdict.fate === 'survived' && verdict.suggestion !== undefined && !kills(verdict.suggestion, mutant, told)
      );
    });
    expect(missed).toEqual([]);
  });

  test.each(files.map((file, index) => [file, index] as const))('%s expects little, and says why', (_, index) => {
    const expectations = baseline.simulations[index]?.expectations ?? [];
    expect(expectations.length).toBeGreaterThan(0);
    expect(expectations.length).toBeLessThanOrEqual(MOST_EXPECTATIONS);
    expect(expectations.filter(({ ok, expected }) => !ok || (expected.because ?? '').length < 10)).toEqual([]);
  });
});

const CONDITIONS = {
  facts: { n: { type: 'number' }, m: { type: 'boolean' } },
  guards: [
    {
      kind: 'when',
      conditions: {
        all: [
          { fact: 'n', operator: 'lessThan', value: 3 },
          { fact: 'm', operator: 'equal', value: true },
        ],
      },
    },
  ],
};

const CONDITIONS_TEXT = small(CONDITIONS);

/** A policy with one condition on its one guard. */
const asking = (leaf: object): string =>
  small({
    facts: { n: { type: 'number' }, m: { type: 'boolean' }, region: { type: 'string' } },
    guards: [{ kind: 'when', conditions: { all: [leaf] } }],
  });
const LEAF = '/guards/0/conditions/all/0';
const scheduled = (windows: object, except: readonly unknown[] = []): string =>
  small({ guards: [{ kind: 'schedule', timeZone: 'UTC', windows: [windows], except }] });
const MONDAYS = { days: ['mon'], start: '08:00', end: '17:00' };
const HOLIDAYS = [{ from: '2026-12-24', to: '2026-12-26' }];

describe('operators', () => {
  test.each<[keyof typeof OPERATORS, string, string, unknown]>([
    ['halved', small({ guards: [{ kind: 'maxAge', of: 'authTime', limit: '48h' }] }), '/guards/0/limit', '1d'],
    ['doubled', small({ guards: [{ kind: 'maxAge', of: 'authTime', limit: '48h' }] }), '/guards/0/limit', '4d'],
    [
      'doubled',
      small({}, { require: [{ kind: 'quota', limit: 3, per: 'offlinePeriod' }] }),
      '/capabilities/0/require/0/limit',
      6,
    ],
    ['removed', small({ guards: [{ kind: 'online' }] }), '/guards/0', undefined],
    ['removed', small({ guards: [{ kind: 'online', token: 'fresh' }] }), '/guards/0/token', undefined],
    ['word', small({ guards: [{ kind: 'clock', is: 'trusted' }] }), '/guards/0/is', 'proven'],
    ['word', small({}), '/capabilities/0/access', 'read'],
    ['group', small(CONDITIONS), '/guards/0/conditions', { any: CONDITIONS.guards[0]?.conditions.all }],
    ['operator', small(CONDITIONS), '/guards/0/conditions/all/0/operator', 'lessThanInclusive'],
    [
      'element',
      small({ guards: [{ kind: 'grant', rolesAny: ['nurse', 'doctor'] }] }),
      '/guards/0/rolesAny/1',
      undefined,
    ],
    ['element', small({ guards: [{ kind: 'grant', rolesAny: ['nurse'] }] }), '/guards/0/rolesAny/0', 'not-nurse'],
    [
      'hour',
      small({
        guards: [{ kind: 'schedule', timeZone: 'UTC', windows: [{ days: ['mon'], start: '08:00', end: '17:00' }] }],
      }),
      '/guards/0/windows/0/end',
      '18:00',
    ],
    ['halved', asking({ fact: 'n', operator: 'lessThan', value: 5001 }), `${LEAF}/value`, 2500],
    ['doubled', asking({ fact: 'n', operator: 'lessThan', value: -0.5 }), `${LEAF}/value`, -1],
    ['value', asking({ fact: 'n', operator: 'greaterThan', value: 0 }), `${LEAF}/value`, 1],
    ['value', asking({ fact: 'm', operator: 'equal', value: true }), `${LEAF}/value`, false],
    ['value', asking({ fact: 'region', operator: 'equal', value: 'north' }), `${LEAF}/value`, 'not-north'],
    ['value', asking({ fact: 'connectivity', operator: 'equal', value: 'offline' }), `${LEAF}/value`, 'limited'],
    ['element', asking({ fact: 'n', operator: 'in', value: [1, 2] }), `${LEAF}/value/1`, undefined],
    ['element', asking({ fact: 'n', operator: 'in', value: [1] }), `${LEAF}/value/0`, 2],
    ['element', asking({ fact: 'risk.level', operator: 'in', value: ['LOW'] }), `${LEAF}/value/0`, 'MEDIUM'],
    ['element', asking({ fact: 'region', operator: 'in', value: ['north'] }), `${LEAF}/value/0`, 'not-north'],
    ['element', scheduled(MONDAYS), '/guards/0/windows/0/days/0', 'tue'],
    ['element', scheduled(MONDAYS, ['2026-12-24']), '/guards/0/except/0', undefined],
    ['day', scheduled(MONDAYS, HOLIDAYS), '/guards/0/except/0/from', '2026-12-25'],
    ['day', scheduled(MONDAYS, [{ from: '2026-12-24', to: '2026-12-31' }]), '/guards/0/except/0/to', '2027-01-01'],
    [
      'group',
      small({ guards: [{ kind: 'stepUp', amrAny: ['face', 'pin'], maxAge: '1h' }] }),
      '/guards/0',
      { kind: 'stepUp', amrAll: ['face', 'pin'], maxAge: '1h' },
    ],
    [
      'group',
      small({ guards: [{ kind: 'grant', rolesAll: ['nurse', 'lead'] }] }),
      '/guards/0',
      { kind: 'grant', rolesAny: ['nurse', 'lead'] },
    ],
    ['removed', small({ guards: [{ kind: 'stepUp', amrAny: ['pin'], maxAge: '1h' }] }), '/guards/0/amrAny', undefined],
    [
      'tier',
      small({
        tiers: [
          { id: 'low', sensitivity: 'internal', require: [] },
          { id: 'high', sensitivity: 'confidential', require: [{ kind: 'online' }] },
        ],
      }),
      '/capabilities/0/tier',
      'high',
    ],
  ])('%s', (operator, text, path, now) => {
    const found = mutantsFrom(text).filter((mutant) => mutant.operator === operator && mutant.path === path);
    expect(found.map((mutant) => mutant.now)).toContainEqual(now);
  });

  test('every operator has a case above', () => {
    const all = Object.keys(OPERATORS);
    expect(all).toEqual([
      ...['halved', 'doubled', 'removed', 'word', 'group', 'operator', 'value', 'element', 'hour', 'day', 'tier'],
    ]);
  });

  test('what says the same in other words is no mistake', () => {
    const one = { kind: 'maxAge', of: 'authTime', limit: '1h' };
    const same = [
      small({ guards: [{ kind: 'anyOf', of: [one] }] }),
      small({ guards: [{ kind: 'grant', rolesAny: ['nurse'] }] }),
      asking({ fact: 'n', operator: 'equal', value: 1 }),
    ];
    expect(same.flatMap((text) => mutantsFrom(text).filter(({ operator }) => operator === 'group'))).toEqual([]);
    const truth = mutantsFrom(asking({ fact: 'm', operator: 'equal', value: true }));
    expect(truth.filter(({ operator }) => operator === 'operator')).toEqual([]);
  });

  test('words for people name what is another', () => {
    const said = (text: string, path: string) =>
      mutantsFrom(text)
        .filter((mutant) => mutant.path === path)
        .map(mutantInWords);
    expect(said(asking({ fact: 'n', operator: 'lessThan', value: 6 }), `${LEAF}/value`)).toEqual([
      'value `6` were `3`',
      'value `6` were `12`',
    ]);
    expect(said(small({ guards: [{ kind: 'grant', rolesAny: ['a', 'b'] }] }), '/guards/0')).toContain(
      '`rolesAny` were `rolesAll`',
    );
    expect(said(asking({ not: { fact: 'n', operator: 'equal', value: 1 } }), LEAF)).toContain('`not` were missing');
    expect(said(small({ guards: [{ kind: 'stepUp', amrAny: ['pin'], maxAge: '1h' }] }), '/guards/0/amrAny')).toEqual([
      'amrAny `["pin"]` were missing',
    ]);
    expect(said(CONDITIONS_TEXT, '/guards/0/conditions')).toContain('`all` were `any`');
  });

  test('what no request can tell is equivalent: a constraint that another one implies', () => {
    const twice = [
      { kind: 'maxAge', of: 'authTime', limit: '2d' },
      { kind: 'maxAge', of: 'authTime', limit: '9d' },
    ];
    const found = mutantsFrom(small({ guards: twice }));
    expect(found.find(({ path, operator }) => path === '/guards/1' && operator === 'removed')?.kind).toBe('equivalent');
    expect(found.find(({ path, operator }) => path === '/guards/0' && operator === 'removed')?.kind).toBe('ordinary');
  });
});
