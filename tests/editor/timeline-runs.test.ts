import { readFileSync } from 'node:fs';
import { compile, type Program } from 'latchkey';
import { load } from 'latchkey/load';
import { Backstage } from '$lib/state/backstage.ts';
import { Findings } from '$lib/state/findings.svelte.ts';
import { TimelineRuns } from '$lib/state/timeline-runs.svelte.ts';
import { expect, test } from 'vitest';
import { HandSchedule } from './hand-schedule.ts';
import { HandThreads } from './hand-thread.ts';

const HOUR = 3_600_000;
const POLICY = readFileSync('policies/field-service/1.json', 'utf8');
const TODAY = '2026-11-21';

const STORY = {
  timeline: 1,
  title: 'Two days without a network',
  policy: 'field-service',
  start: '2026-03-02T08:00:00+01:00',
  timeZone: 'Europe/Berlin',
  until: '3d',
  session: { sub: 'u-17', roles: ['technician'] },
  events: [
    { at: '0s', type: 'session-established', amr: ['pwd'] },
    { at: '10m', type: 'connectivity-change', to: 'offline' },
  ],
  expect: [
    { at: '48h', capability: 'work_order.note', outcome: 'challenge', because: 'two days are just not over' },
    { at: '48h1ms', capability: 'work_order.note', outcome: 'deny', because: 'two days are over' },
    { at: '49h', capability: 'work_order.note', outcome: 'permit', because: 'somebody hoped so' },
  ],
};
const named = (name: string, story: object | string = STORY) => ({
  name,
  text: typeof story === 'string' ? story : JSON.stringify(story),
});

function programs(text = POLICY): Program[] {
  const loaded = load(text);
  if (!loaded.ok) throw new TypeError('the sample does not load');
  return [compile(loaded.value.policy)];
}

function open() {
  const threads = new HandThreads();
  return { threads, backstage: new Backstage(threads.open, new HandSchedule().schedule) };
}

test('every timeline of a policy is run for the picker', async () => {
  const { threads, backstage } = open();
  const runs = new TimelineRuns(backstage);
  const done = runs.run(programs(), [
    named('story'),
    named('other', { ...STORY, policy: 'songbook' }),
    named('future', { ...STORY, policy: 'field-service@9' }),
    named('cut', '{'),
  ]);
  expect(runs.get('story')).toBeUndefined();
  await threads.deliver();
  await done;
  expect(runs.get('story')).toEqual({ name: 'story', title: STORY.title, result: { held: 2, all: 3 } });
  expect(runs.get('other')?.result).toBe('broken');
  expect(runs.get('future')?.result).toBe('broken');
  expect(runs.get('cut')).toEqual({ name: 'cut', title: 'cut', result: 'broken' });
  expect(runs.get('absent')).toBeUndefined();
  const without = runs.run([], [named('story')]);
  await threads.deliver();
  await without;
  expect(runs.get('story')?.result).toBe('pending');
  expect(runs.open).toBeNull();
});

test('limits that nobody checks say whether a story gets there, and where', async () => {
  const { threads, backstage } = open();
  const runs = new TimelineRuns(backstage);
  const done = runs.run(programs(), [named('story'), named('again')]);
  await threads.deliver();
  await done;
  const open_ = (pointer: string) => runs.open?.find((limit) => limit.pointer === pointer);
  expect(open_('/tiers/1/require/0/limit')).toBeUndefined();
  expect(open_('/tiers/0/require/0/limit')).toMatchObject({ state: 'unreached', reached: null });
  const permissions = open_('/capabilities/3/require/0/maxAge');
  expect(permissions?.reached).toMatchObject({ timeline: 'story', at: 48 * HOUR, capability: 'work_order.complete' });
});

test('a story that begins on an older version counts from where it goes over to the edited one', async () => {
  const { threads, backstage } = open();
  const runs = new TimelineRuns(backstage);
  const edited = POLICY.replace('"version": 1', '"version": 2').replace('"limit": "48h"', '"limit": "36h"');
  const [signIn, offline] = STORY.events;
  const expect_ = [
    { at: '36h', capability: 'work_order.note', outcome: 'challenge', because: 'a day and a half is allowed now' },
    { at: '36h1ms', capability: 'work_order.note', outcome: 'deny', because: 'and no more' },
  ];
  const switched = { at: '24h', type: 'policy-activated', version: 2 };
  const upgrade = { ...STORY, policy: 'field-service@1', events: [signIn, offline, switched], expect: expect_ };
  const done = runs.run([...programs(), ...programs(edited)], [named('upgrade', upgrade)]);
  await threads.deliver();
  await done;
  const atLimit = (pointer: string) => runs.open?.find((limit) => limit.pointer === pointer);
  expect(runs.get('upgrade')?.result).toEqual({ held: 2, all: 2 });
  expect(runs.open).not.toBeNull();
  expect(atLimit('/tiers/1/require/0/limit')).toBeUndefined();
  const kept = runs.run([...programs(edited), ...programs()], [named('upgrade', upgrade)]);
  await threads.deliver();
  await kept;
  expect(atLimit('/tiers/1/require/0/limit')).toMatchObject({ state: 'unreached' });
});

test('a version that no timeline runs on has no limits to tell of', async () => {
  const { threads, backstage } = open();
  const runs = new TimelineRuns(backstage);
  const done = runs.run(programs(), [named('cut', '{')]);
  await threads.deliver();
  await done;
  expect(runs.open).toBeNull();
});

test('lint finds what it finds on the command line, and its fix is made only in the text it is about', async () => {
  const { threads, backstage } = open();
  const findings = new Findings(backstage);
  const text = POLICY.replace('"tiers": [', '"facts": { "van": { "type": "string" } },\n  "tiers": [');
  const done = findings.check(text, TODAY);
  await threads.deliver();
  await done;
  const [finding] = findings.list;
  expect(finding).toMatchObject({ code: 'unused_fact', severity: 'warning', fix: { narrows: false } });
  if (finding?.fix === undefined) throw new TypeError('there is no fix');
  expect(findings.fixed(`${text} `, finding.fix)).toBe(`${text} `);
  const fixed = findings.fixed(text, finding.fix);
  expect(fixed).not.toContain('van');
  expect(fixed.slice(0, 100)).toBe(text.slice(0, 100));
  const again = findings.check(fixed, TODAY);
  expect(findings.list).toHaveLength(1);
  await threads.deliver();
  await again;
  expect(findings.list).toEqual([]);
});
