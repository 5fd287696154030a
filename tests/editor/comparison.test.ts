import { readFileSync } from 'node:fs';
import { load } from 'latchkey/load';
import { Backstage } from '$lib/state/backstage.ts';
import { Compared } from '$lib/state/compared.svelte.ts';
import { changesOf } from '$lib/state/comparison.ts';
import { newTimelineText } from '$lib/state/new-timeline.ts';
import { sourceOf } from '$lib/state/simulator-source.ts';
import { Simulator } from '$lib/state/simulator.svelte.ts';
import { Workspace } from '$lib/state/workspace.svelte.ts';
import { describe, expect, test } from 'vitest';
import { HandSchedule } from './hand-schedule.ts';
import { HandThreads } from './hand-thread.ts';

const HOUR = 3_600_000;
const POLICY = readFileSync('policies/ward-rounds/1.json', 'utf8');
const EDITED = POLICY.replace('"limit": "8h"', '"limit": "6h"');

const NEXT = EDITED.replace('"version": 1', '"version": 2');

const SHORT = {
  timeline: 1,
  title: 'A day away',
  policy: 'ward-rounds@1',
  start: '2026-03-02T08:00:00+01:00',
  until: '1d',
  session: { sub: 'n-4', roles: ['nurse'] },
  events: [
    { at: '0s', type: 'session-established', amr: ['pwd'] },
    { at: '1h', type: 'connectivity-change', to: 'offline' },
  ],
};

/** The policy edited to a shorter limit, on a story, beside what is published. `apart`: with other threads to ask. */
function open(story: object | string = SHORT, apart = true, text = EDITED) {
  const hand = new HandSchedule();
  const [runs, comparisons] = [new HandThreads(), new HandThreads()];
  const workspace = new Workspace({
    id: 'ward-rounds',
    text,
    timelines: [{ name: 'story', text: typeof story === 'string' ? story : JSON.stringify(story) }],
    published: [POLICY, NEXT].map((text, index) => ({ version: index + 1, text })),
    schedule: hand.schedule,
    stopwatch: () => 0,
  });
  const simulator = new Simulator(sourceOf(workspace), apart ? new Backstage(runs.open, hand.schedule) : null);
  const compared = new Compared(simulator, () => workspace.comparable, new Backstage(comparisons.open, hand.schedule));
  const edit = (text: string): void => {
    workspace.setText(text);
    hand.run();
  };
  const pursue = (): void => {
    simulator.pursue();
    compared.pursue();
  };
  const settle = async (): Promise<void> => {
    pursue();
    await runs.deliver();
    pursue();
    await comparisons.deliver();
  };
  return { simulator, compared, comparisons, edit, pursue, settle };
}

/** Everything that the screen shows of a comparison. */
function shown({ simulator, compared }: Pick<ReturnType<typeof open>, 'simulator' | 'compared'>) {
  const { comparison } = compared;
  if (comparison === null) return null;
  const ids = simulator.capabilities.map(({ id }) => id);
  return {
    differences: comparison.differences,
    before: ids.map((id) => comparison.segmentsOf(id)),
    changes: ids.map((id) => changesOf(comparison, id)),
  };
}

const LONG = newTimelineText('two-week-trip', policyOf(POLICY), 'ward-rounds', 'unused').replace(
  '"ward-rounds"',
  '"ward-rounds@1"',
);

function policyOf(text: string) {
  const loaded = load(text);
  if (!loaded.ok) throw new TypeError('the policy loads');
  return loaded.value.policy;
}

describe('a short story on two versions', () => {
  test('is compared at once, and only when asked to', () => {
    const { simulator, compared } = open();
    expect([compared.state, compared.comparison]).toEqual(['nothing', null]);
    compared.chosen = '1';
    expect(compared.state).toBe('done');
    expect(compared.version).toBe(1);
    const found = shown({ simulator, compared });
    expect(found?.differences[0]).toMatchObject({ from: 6 * HOUR + 1, to: 8 * HOUR + 1, rises: false, after: 'deny' });
    expect(found?.before.every((segments) => segments?.[0]?.from === 0)).toBe(true);
    expect(found?.changes.flat()).toHaveLength(found?.differences.length ?? 0);
  });

  test.each([
    ['pinned to the version compared with', 'ward-rounds@1', '1', 1],
    ['pinned to the edited version', 'ward-rounds@2', '1', null],
    ['that takes the newest', 'ward-rounds', '1', null],
  ])('%s: says whether both sides are one version', (_, policy, chosen, only) => {
    const { compared } = open({ ...SHORT, policy }, true, NEXT.replace('"limit": "6h"', '"limit": "4h"'));
    expect(compared.only).toBeNull();
    compared.chosen = chosen;
    expect(compared.only).toBe(only);
    expect(compared.comparison?.differences.length === 0).toBe(only !== null);
  });

  test('pinned to a version and switched to another plays more than one', () => {
    const switching = [...SHORT.events, { at: '2h', type: 'policy-activated', version: 2 }];
    const { compared } = open({ ...SHORT, events: switching }, true, NEXT.replace('"limit": "6h"', '"limit": "4h"'));
    compared.chosen = '1';
    expect(compared.only).toBeNull();
  });

  test('is compared no longer when the version is gone from the choices', () => {
    const { compared, edit } = open();
    compared.chosen = '1';
    edit(POLICY);
    expect([compared.state, compared.comparison]).toEqual(['nothing', null]);
  });

  test('switches to the published text of the edited version, and is told of another version from start to end', () => {
    const switching = [...SHORT.events, { at: '2h', type: 'policy-activated', version: 2 }];
    const { compared } = open({ ...SHORT, events: switching }, true, NEXT.replace('"limit": "6h"', '"limit": "4h"'));
    const ranges = () => new Set(compared.comparison?.differences.map(({ from, to }) => `${from} ${to}`));
    compared.chosen = '2';
    expect(ranges()).toEqual(new Set([`${4 * HOUR + 1} ${6 * HOUR + 1}`]));
    compared.chosen = '1';
    expect(ranges()).toEqual(new Set([`${4 * HOUR + 1} ${8 * HOUR + 1}`]));
  });
});

test('a draft under another id is compared with the version of the same number', () => {
  const renamed = EDITED.replace('"id": "ward-rounds"', '"id": "ward-rounds-x"');
  const { simulator, compared } = open({ ...SHORT, policy: 'ward-rounds-x@1' }, true, renamed);
  compared.chosen = '1';
  const found = shown({ simulator, compared })?.differences;
  expect(found?.map(({ from, to, rises }) => [from, to, rises])).toContainEqual([6 * HOUR + 1, 8 * HOUR + 1, false]);
});

describe('a long story on two versions', () => {
  test('is compared backstage, to the same end', async () => {
    const [apart, here] = [open(LONG), open(LONG, false)];
    for (const { compared } of [apart, here]) compared.chosen = '1';
    expect(apart.simulator.whole).toBeNull();
    await apart.settle();
    expect(apart.compared.state).toBe('done');
    expect(shown(apart)?.differences.length).toBeGreaterThan(0);
    expect(shown(apart)).toEqual(shown(here));
  });

  test('is asked for once, and only once the run itself is there', async () => {
    const { compared, comparisons, pursue, settle } = open(LONG);
    compared.chosen = '1';
    pursue();
    expect(comparisons.asked).toEqual([]);
    expect(compared.state).toBe('running');
    await settle();
    pursue();
    expect(comparisons.asked.map(({ kind }) => kind)).toEqual(['compare']);
  });

  test('shows the last comparison until the one of an edit is there', async () => {
    const opened = open(LONG);
    const { compared, edit, settle } = opened;
    compared.chosen = '1';
    await settle();
    const before = shown(opened);
    edit(POLICY.replace('"limit": "8h"', '"limit": "4h"'));
    expect(compared.state).toBe('running');
    expect(shown(opened)).toEqual(before);
    await settle();
    expect(compared.state).toBe('done');
    expect(shown(opened)).not.toEqual(before);
  });

  test('is given up when nothing is compared with any more', async () => {
    const { compared, comparisons, pursue, settle } = open(LONG);
    await settle();
    compared.chosen = '1';
    pursue();
    compared.chosen = '';
    pursue();
    expect(comparisons.ended).toBe(1);
    expect([compared.state, compared.comparison]).toEqual(['nothing', null]);
  });

  test('says when the engine failed', async () => {
    const { compared, comparisons, pursue, settle } = open(LONG);
    await settle();
    compared.chosen = '1';
    comparisons.failing = 'out of memory';
    await settle();
    expect([compared.state, compared.comparison]).toEqual(['failed', null]);
    comparisons.failing = null;
    compared.again();
    pursue();
    await comparisons.deliver();
    expect(compared.state).toBe('done');
  });
});
