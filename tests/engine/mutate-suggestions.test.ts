import { readFileSync } from 'node:fs';
import { compile, type Program } from 'latchkey';
import { baselineOf, judge, mutantsOf, type Mutant, type Suggestion, type Verdict } from 'latchkey/analysis';
import { load } from 'latchkey/load';
import { loadTimeline, PRESETS, simulate, type Timeline } from 'latchkey/timeline';
import { describe, expect, test } from 'vitest';
import { folderWith, run } from './cli-harness.ts';
import { small } from './small-policy.ts';

const guarded = (...guards: readonly object[]): string => small({ guards });

/** The mutant of that place and operator, the policy it is of, and what becomes of it without any timeline. */
function judgedAlone(text: string, operator: string, path: string): [Mutant, Program, Verdict] {
  const loaded = load(text);
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.diagnostics));
  const { document, policy } = loaded.value;
  const mutant = mutantsOf(document, policy).find((each) => each.operator === operator && each.path === path);
  if (mutant === undefined) throw new Error(`no mutant ${operator} at ${path}`);
  const program = compile(policy);
  return [mutant, program, judge(mutant, baselineOf(program, []))];
}

type Members = Readonly<Record<string, unknown>>;

/** The preset with what the suggestion adds, as a person would write it down, expecting what it says. */
function written({ timeline, added, ...expectation }: Suggestion, { policy }: Program): Timeline {
  const preset = PRESETS.find(({ name }) => name === timeline)?.timelineFor(policy) ?? '';
  const { events = [], ...members } = added ?? {};
  const plain = loadTimeline(preset);
  if (!plain.ok) throw new Error('a preset always loads');
  const document = JSON.parse(preset) as { events: readonly Members[] };
  const timed = document.events.map((event, index) => ({ event, at: plain.value.events[index]?.at ?? 0 }));
  const told = [...timed, ...events.map(({ at, ...event }) => ({ at, event: { ...event, at: `${String(at)}ms` } }))];
  const all = told.sort((a, b) => a.at - b.at).map(({ event }) => event);
  const loaded = loadTimeline(JSON.stringify({ ...document, ...members, events: all }));
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.diagnostics));
  return { ...loaded.value, expect: [{ ...expectation, path: '/expect/0' }] };
}

const FACTS = { n: { type: 'number' }, m: { type: 'boolean' }, region: { type: 'string' }, tags: { type: 'string[]' } };
const all = [
  { fact: 'n', operator: 'lessThan', value: 10 },
  { fact: 'm', operator: 'equal', value: true },
];
const asking = (conditions: object): string => small({ facts: FACTS, guards: [{ kind: 'when', conditions }] });
/** Small, or else in some region and nothing special: what is in the second branch shows only when the first fails. */
const either = asking({
  any: [
    { fact: 'n', operator: 'lessThanInclusive', value: 5000 },
    {
      all: [
        { fact: 'region', operator: 'in', value: ['north', 'east'] },
        { not: { fact: 'tags', operator: 'contains', value: 'vip' } },
      ],
    },
  ],
});
const BRANCH = '/guards/0/conditions/any/1';
const proof = { kind: 'stepUp', amrAny: ['face', 'pin'], maxAge: '12h' };
const confirmed = (limit: string) => ({ kind: 'maxAge', of: 'serverConfirmation', limit });

describe('every survivor comes with an expectation that would notice it', () => {
  test.each<[string, string, string, string]>([
    ['a condition is gone', asking({ all }), 'removed', '/guards/0'],
    ['one of its leaves is gone', asking({ all }), 'removed', '/guards/0/conditions/all/1'],
    ['any will do', asking({ all }), 'group', '/guards/0/conditions'],
    ['the end of a range is in it', asking({ all }), 'operator', '/guards/0/conditions/all/0/operator'],
    ['a number is half of it', asking({ all }), 'halved', '/guards/0/conditions/all/0/value'],
    ['a number beside another way', either, 'doubled', '/guards/0/conditions/any/0/value'],
    ['a leaf of a branch', either, 'removed', `${BRANCH}/all/0`],
    ['a negation in a branch', either, 'removed', `${BRANCH}/all/1`],
    ['how a branch is read', either, 'group', BRANCH],
    ['a word that lists of texts are compared with', either, 'value', `${BRANCH}/all/1/not/value`],
    ['a word of a list in a branch', either, 'element', `${BRANCH}/all/0/value/1`],
    ['a number is twice as much', asking({ all }), 'doubled', '/guards/0/conditions/all/0/value'],
    [
      'a word is gone from a list',
      asking({ all: [{ fact: 'region', operator: 'in', value: ['a', 'b'] }] }),
      'element',
      '/guards/0/conditions/all/0/value/1',
    ],
    ['a risk is taken', guarded({ kind: 'risk', atMost: 'LOW' }), 'word', '/guards/0/atMost'],
    [
      'a device may be unfit',
      guarded({ kind: 'device', compliant: true, binding: 'unchanged' }),
      'removed',
      '/guards/0/compliant',
    ],
    [
      'or another one',
      guarded({ kind: 'device', compliant: true, binding: 'unchanged' }),
      'removed',
      '/guards/0/binding',
    ],
    ['or store less well', guarded({ kind: 'device', storageAtLeast: 'os' }), 'word', '/guards/0/storageAtLeast'],
    ['a proof outlives the device’s sleep', guarded(proof), 'word', '/guards/0/surviveReboot'],
    ['a method is gone', guarded(proof), 'element', '/guards/0/amrAny/1'],
    ['any method will do', guarded(proof), 'removed', '/guards/0/amrAny'],
    ['a role is gone', guarded({ kind: 'grant', rolesAny: ['a', 'b'] }), 'element', '/guards/0/rolesAny/1'],
    ['all roles are asked for', guarded({ kind: 'grant', rolesAny: ['a', 'b'] }), 'group', '/guards/0'],
    [
      'a list of roles need not be signed',
      guarded({ kind: 'grant', rolesAny: ['a'], integrity: 'signed' }),
      'removed',
      '/guards/0/integrity',
    ],
    ['a context is gone', guarded({ kind: 'assurance', acrAny: ['one', 'two'] }), 'element', '/guards/0/acrAny/1'],
    ['a proof’s age hidden by the server’s', guarded(proof, confirmed('8h')), 'doubled', '/guards/0/maxAge'],
    [
      'a sign-in’s age hidden by the server’s',
      guarded({ kind: 'maxAge', of: 'authTime', limit: '14d' }, confirmed('2d')),
      'halved',
      '/guards/0/limit',
    ],
    [
      'a list’s age hidden by the server’s',
      guarded({ kind: 'grant', rolesAny: ['a'], maxAge: '3d' }, confirmed('1d')),
      'removed',
      '/guards/0/maxAge',
    ],
    [
      'a refused session reads on',
      small({ onState: { REAUTH_REQUIRED: { tiers: { low: 'readOnly' } } } }, { access: 'read' }),
      'word',
      '/onState/REAUTH_REQUIRED/tiers/low',
    ],
    [
      'a rule of sensitive data is gone',
      small({ sensitivity: { confidential: [{ kind: 'online' }] } }),
      'removed',
      '/sensitivity/confidential/0',
    ],
  ])('%s', (_, text, operator, path) => {
    const policy = path.endsWith('surviveReboot') ? text.replace('"12h"', '"12h","surviveReboot":true') : text;
    const [mutant, program, verdict] = judgedAlone(policy, operator, path);
    if (verdict.fate !== 'survived' || verdict.suggestion === undefined) throw new Error(JSON.stringify(verdict));
    const story = written(verdict.suggestion, program);
    expect(simulate([program], story).expectations.map(({ ok }) => ok)).toEqual([true]);
    expect(simulate([compile(mutant.policy)], story).expectations.map(({ ok }) => ok)).toEqual([false]);
  });

  test.each(['field-service', 'songbook'])('of %s, without any timeline, every single one', (id) => {
    const loaded = load(readFileSync(new URL(`../../policies/${id}/1.json`, import.meta.url)));
    if (!loaded.ok) throw new Error(JSON.stringify(loaded.diagnostics));
    const { document, policy } = loaded.value;
    const baseline = baselineOf(compile(policy), []);
    const survivors = mutantsOf(document, policy).flatMap((mutant) => {
      const verdict = judge(mutant, baseline);
      return verdict.fate === 'survived' ? [{ mutant, suggestion: verdict.suggestion }] : [];
    });
    expect(survivors.length).toBeGreaterThan(30);
    const wrong = survivors.filter(({ mutant, suggestion }) => {
      if (suggestion === undefined) return true;
      const story = written(suggestion, baseline.program);
      const holds = (program: Program) => simulate([program], story).expectations.every(({ ok }) => ok);
      return !holds(baseline.program) || holds(compile(mutant.policy));
    });
    expect(wrong).toEqual([]);
  });

  test('or with the rule that hides it', () => {
    // Who signs in is confirmed at the same time, so the sign-in is always the older of the two.
    const hidden = guarded(confirmed('2d'), { kind: 'maxAge', of: 'authTime', limit: '1d' });
    const [, , verdict] = judgedAlone(hidden, 'doubled', '/guards/0/limit');
    expect(verdict).toEqual({ fate: 'survived', hiddenBy: '/guards/1' });
  });
});

test('the command says what to add to a preset, and which rule hides another', async () => {
  const idle = JSON.stringify({
    timeline: 1,
    title: 'Nothing much',
    policy: 'small',
    start: '2026-03-02T08:00:00Z',
    until: '1h',
    session: { sub: 'u' },
    events: [{ at: '0s', type: 'session-established', amr: ['pwd'] }],
  });
  const policy = guarded({ kind: 'risk', atMost: 'MEDIUM' }, { kind: 'device', storageAtLeast: 'os' });
  const cwd = folderWith({ 'small/1.json': policy, 'small/timelines/idle.json': idle });
  const { stdout } = await run(['mutate', 'small/1.json'], { cwd });
  expect(stdout).toMatch(
    /preset normal-day with 1 more event, if a person says that it is right:\n {4}\{"at":"[^"]+","type":"risk-level-change","level":"HIGH"\}\n {2}\{"at"/,
  );
  expect(stdout).toMatch(
    /preset normal-day with another device, if a person says that it is right:\n {4}"device":\{"storage":"encrypted"\}\n {2}\{"at"/,
  );
});
