import { readFileSync } from 'node:fs';
import type { Milliseconds } from 'latchkey';
import { expectedOf } from '$lib/state/expected.ts';
import { segmentAt } from '$lib/state/segments.ts';
import { sourceOf } from '$lib/state/simulator-source.ts';
import { Simulator } from '$lib/state/simulator.svelte.ts';
import { TimelineEditor } from '$lib/state/timeline-editor.svelte.ts';
import { Workspace } from '$lib/state/workspace.svelte.ts';
import { describe, expect, test } from 'vitest';
import { HandSchedule } from './hand-schedule.ts';

const MINUTE: Milliseconds = 60_000;
const HOUR: Milliseconds = 60 * MINUTE;
const NOTE = 'work_order.note';
const POLICY = readFileSync('policies/field-service/1.json', 'utf8');

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
    { at: '30m', type: 'step-up', amr: ['fpt'], result: 'ok' },
    { at: '47h', type: 'step-up', amr: ['pin'], result: 'ok' },
  ],
  expect: [
    { at: '12h', capability: NOTE, outcome: 'permit', because: 'the fingerprint is recent' },
    { at: '49h', capability: NOTE, outcome: 'permit', because: 'somebody hoped so' },
  ],
};

function open(story: object = STORY, text = POLICY) {
  const hand = new HandSchedule();
  const workspace = new Workspace({
    id: 'field-service',
    text,
    timelines: [{ name: 'story', text: JSON.stringify(story) }],
    schedule: hand.schedule,
    stopwatch: () => 0,
  });
  const simulator = new Simulator(sourceOf(workspace));
  const edit = (next: string): void => {
    workspace.setText(next);
    hand.run();
  };
  return { workspace, simulator, edit };
}

const outcomesOf = (simulator: Simulator, id = NOTE) =>
  simulator.capabilities
    .find((capability) => capability.id === id)
    ?.segments.map(({ from, decision }) => [from, decision.outcome]);

describe('the simulation', () => {
  test('lists every capability with its segments, in document order', () => {
    const { simulator } = open();
    expect(simulator.capabilities.map(({ id }) => id)).toEqual([
      'work_order.view',
      NOTE,
      'work_order.photo',
      'work_order.complete',
    ]);
    expect(outcomesOf(simulator)).toEqual([
      [0, 'challenge'],
      [30 * MINUTE, 'permit'],
      [12.5 * HOUR + 1, 'challenge'],
      [47 * HOUR, 'permit'],
      [48 * HOUR + 1, 'deny'],
      [59 * HOUR + 1, 'deny'],
    ]);
  });

  test('follows an edit of the policy', () => {
    const { simulator, edit } = open();
    edit(POLICY.replace('"48h"', '"24h"'));
    expect(outcomesOf(simulator)).toContainEqual([24 * HOUR + 1, 'deny']);
  });

  test('stays on the last good policy while the text is invalid', () => {
    const { simulator, edit } = open();
    const before = outcomesOf(simulator);
    edit(POLICY.replace('"48h"', '"48x"'));
    expect(outcomesOf(simulator)).toEqual(before);
  });

  test('is absent without a policy that ever loaded', () => {
    const { simulator } = open(STORY, '{');
    expect(simulator.simulation).toBeNull();
    expect(simulator.probe).toBeNull();
    expect(simulator.capabilities).toEqual([]);
    expect(simulator.problems).toEqual([]);
  });

  test('is absent for a timeline of another policy, which is a problem with a place', () => {
    const { simulator } = open({ ...STORY, policy: 'songbook' });
    expect(simulator.stuck).toBe(true);
    expect(simulator.simulation).toBeNull();
    expect(simulator.problems).toMatchObject([{ code: 'unknown_policy', pointer: '/policy', line: 1 }]);
  });

  test('goes on when the policy loses a capability that the timeline names', () => {
    const { simulator, edit } = open();
    edit(POLICY.replace('"id": "work_order.note"', '"id": "work_order.remark"'));
    expect(simulator.stuck).toBe(false);
    expect(simulator.problems.map(({ code }) => code)).toEqual(['unknown_capability', 'unknown_capability']);
    expect(simulator.capabilities.map(({ id }) => id)).toContain('work_order.remark');
    expect(simulator.failing).toHaveLength(2);
  });

  test('tells which expectations fail', () => {
    const { simulator } = open();
    expect(simulator.failing).toMatchObject([{ ok: false, path: '/expect/1', since: 48 * HOUR + 1 }]);
  });
});

describe('the instant', () => {
  test('starts at the start and stays within the timeline', () => {
    const { simulator } = open();
    expect(simulator.instant).toBe(0);
    simulator.moveTo(-5);
    expect(simulator.instant).toBe(0);
    simulator.moveTo(99 * 24 * HOUR);
    expect(simulator.instant).toBe(72 * HOUR);
  });

  test('is a whole millisecond wherever a pointer lets go', () => {
    const { simulator } = open();
    simulator.moveTo(1234.56);
    expect(simulator.instant).toBe(1235);
  });

  test('is shared with the workspace, so that links name it', () => {
    const { simulator, workspace } = open();
    simulator.moveTo(HOUR);
    expect(workspace.at).toBe(HOUR);
    workspace.at = 2 * HOUR;
    expect(simulator.instant).toBe(2 * HOUR);
  });

  test.each([
    [15, [15, 30]],
    [60, [60, 120]],
  ])('steps by %i minutes onto whole steps', (minutes, [first = 0, second = 0]) => {
    const { simulator } = open();
    simulator.moveTo(7 * MINUTE);
    simulator.step(minutes);
    expect(simulator.instant).toBe(first * MINUTE);
    simulator.step(minutes);
    expect(simulator.instant).toBe(second * MINUTE);
    simulator.step(-minutes);
    expect(simulator.instant).toBe(first * MINUTE);
  });

  test('jumps to every change in turn, forth and back, and then to the ends', () => {
    const { simulator } = open();
    const { changes } = simulator;
    expect(changes).toEqual([...changes].sort((a, b) => a - b));
    expect(changes).toContain(12.5 * HOUR + 1);
    for (const change of changes) {
      simulator.nextChange();
      expect(simulator.instant).toBe(change);
    }
    simulator.nextChange();
    expect(simulator.instant).toBe(simulator.until);
    for (const change of changes.toReversed()) {
      simulator.previousChange();
      expect(simulator.instant).toBe(change);
    }
    simulator.previousChange();
    expect(simulator.instant).toBe(0);
  });

  test('snaps to the nearest change or event, and only when one is near', () => {
    const { simulator } = open();
    simulator.moveTo(47 * HOUR + 3 * MINUTE, 5 * MINUTE);
    expect(simulator.instant).toBe(47 * HOUR);
    simulator.moveTo(10 * MINUTE + 1, MINUTE);
    expect(simulator.instant).toBe(10 * MINUTE);
    simulator.moveTo(20 * HOUR, 5 * MINUTE);
    expect(simulator.instant).toBe(20 * HOUR);
  });
});

describe('the capability looked at', () => {
  test('is the first until one is chosen, and again when the chosen one is gone', () => {
    const { simulator, edit } = open();
    expect(simulator.capability?.id).toBe('work_order.view');
    simulator.select(NOTE);
    expect(simulator.capability?.id).toBe(NOTE);
    edit(POLICY.replace('"id": "work_order.note"', '"id": "work_order.remark"'));
    expect(simulator.capability?.id).toBe('work_order.view');
  });
});

describe('what holds from now on', () => {
  test.each([
    ['until the millisecond before it changes', STORY, HOUR, 12.5 * HOUR],
    ['past changes that no expectation tells apart', STORY, 48 * HOUR + 1, 72 * HOUR],
    ['up to the end of the story', STORY, 60 * HOUR, 72 * HOUR],
    ['but not to an end at which it changes', { ...STORY, until: '48h1ms', expect: [] }, 47 * HOUR, 48 * HOUR],
    ['at least for the instant itself', STORY, 12.5 * HOUR, 12.5 * HOUR],
  ])('%s', (_, story, at, until) => {
    const { simulator } = open(story);
    simulator.select(NOTE);
    simulator.moveTo(at);
    expect(simulator.holdsUntil).toBe(until);
  });
});

describe('obligations of one type', () => {
  const stale = { at: '1h', type: 'token-refresh', result: 'transient' };
  const story = { ...STORY, events: [STORY.events[0], stale], expect: [] };
  const rules = {
    ACTIVE: { obligations: ['audit', 'notify'] },
    OFFLINE_STALE: { obligations: ['notify', { type: 'notify', whom: 'lead' }, 'audit'] },
  };
  const text = JSON.stringify({ ...(JSON.parse(POLICY) as object), onState: rules });

  test('are one to an expectation, in any order', () => {
    const { simulator } = open(story, text);
    expect(simulator.changes).toContain(HOUR);
    expect(simulator.holdsUntil).toBe(72 * HOUR);
  });

  test('are pinned once', () => {
    const { simulator, workspace } = open(story, text);
    simulator.moveTo(HOUR);
    const { decision } = simulator.probe ?? {};
    if (decision === undefined) throw new TypeError('there is a decision');
    expect(decision.obligations.map(({ type }) => type)).toEqual(['notify', 'notify', 'audit']);
    const editor = new TimelineEditor(workspace, { read: () => null, write: () => undefined });
    editor.pin({ capability: decision.capability, ...expectedOf(decision) }, HOUR, simulator.holdsUntil);
    expect(simulator.timeline?.expect).toMatchObject([{ outcome: 'permit', obligations: ['audit', 'notify'] }]);
    expect(simulator.failing).toEqual([]);
  });
});

describe('why', () => {
  test('tells every requirement with its margin at the instant', () => {
    const { simulator } = open();
    simulator.select(NOTE);
    simulator.moveTo(34 * HOUR);
    expect(simulator.probe?.decision).toMatchObject({ outcome: 'challenge', reason: 'step_up_required' });
    expect(simulator.probe?.explanation).toMatchObject([
      { path: '/tiers/1/require/0', met: true, actual: 34 * HOUR, margin: 14 * HOUR },
      { path: '/tiers/1/require/1', met: false, actual: 33.5 * HOUR, margin: -21.5 * HOUR },
    ]);
  });

  test('agrees with the segment at every change', () => {
    const { simulator } = open();
    for (const { id, segments } of simulator.capabilities) {
      simulator.select(id);
      for (const at of simulator.changes) {
        simulator.moveTo(at);
        expect(simulator.probe?.decision.outcome).toBe(segmentAt(segments, at)?.decision.outcome);
      }
    }
  });

  test('tells an event that brings the next change', () => {
    const { simulator } = open();
    simulator.select(NOTE);
    simulator.moveTo(20 * HOUR);
    expect(simulator.probe?.next).toMatchObject({ at: 47 * HOUR, because: 'event' });
    expect(simulator.nextEvent?.event).toMatchObject({ type: 'step-up' });
  });

  test('tells a limit that brings the next change, and when the outcome next changes', () => {
    const { simulator } = open();
    simulator.select(NOTE);
    simulator.moveTo(HOUR);
    expect(simulator.probe?.next).toMatchObject({
      at: 12.5 * HOUR + 1,
      because: 'time',
      constraint: '/tiers/1/require/1',
    });
    expect(simulator.nextEvent).toBeNull();
    expect(simulator.nextOutcome).toMatchObject({ at: 12.5 * HOUR + 1, event: null });
    simulator.moveTo(50 * HOUR);
    expect(simulator.nextOutcome).toBeNull();
  });
});

describe('what changes an answer', () => {
  const ONCE = POLICY.replace(
    '"id": "work_order.note",',
    '"id": "work_order.note", "require": [{ "kind": "quota", "limit": 1, "per": "offlinePeriod" }],',
  );
  const [signIn, offline, stepUp] = STORY.events;

  test.each([
    ['an unlock, not a command sent at its time', [signIn, offline, stepUp, { at: '30m', type: 'command-execute' }]],
    ['an unlock, not what is put in the queue then', [signIn, offline, stepUp, { at: '30m', type: 'command-enqueue' }]],
    ['an unlock, not an attempt', [signIn, offline, stepUp, { at: '30m', type: 'attempt', capability: NOTE }]],
  ])('is %s', (_, events) => {
    const { simulator } = open({ ...STORY, events });
    simulator.select(NOTE);
    simulator.moveTo(20 * MINUTE);
    expect(simulator.nextEvent?.event.type).toBe('step-up');
    expect(simulator.nextOutcome?.event?.event.type).toBe('step-up');
  });

  test('is an attempt where nothing else could be it', () => {
    const sent = { at: '1h', type: 'command-execute', capability: NOTE };
    const events = [signIn, offline, stepUp, { at: '1h', type: 'attempt', capability: NOTE }, sent];
    const { simulator } = open({ ...STORY, events }, ONCE);
    simulator.select(NOTE);
    simulator.moveTo(45 * MINUTE);
    expect(simulator.nextEvent?.event.type).toBe('attempt');
    expect(simulator.nextOutcome?.event?.event.type).toBe('attempt');
  });

  test('is time, whatever is sent just then', () => {
    const sent = { at: '12h30m1ms', type: 'command-execute', capability: NOTE };
    const { simulator } = open({ ...STORY, events: [signIn, offline, stepUp, sent] });
    simulator.select(NOTE);
    simulator.moveTo(HOUR);
    expect(simulator.nextOutcome).toMatchObject({ at: 12.5 * HOUR + 1, event: null });
  });
});

describe('zoom', () => {
  test('stays between the whole timeline and a minute that can be hit', () => {
    const { simulator } = open();
    simulator.zoomTo(0.1);
    expect(simulator.zoom).toBe(1);
    simulator.zoomTo(1e9);
    expect(simulator.zoom).toBe((72 * HOUR) / (100 * MINUTE));
  });
});

describe('playing', () => {
  test('moves only while it plays, and stops at the end', () => {
    const { simulator } = open();
    simulator.advance(1000);
    expect(simulator.instant).toBe(0);
    simulator.play();
    simulator.advance(1000);
    expect(simulator.instant).toBeGreaterThan(0);
    simulator.advance(60_000);
    expect(simulator.instant).toBe(simulator.until);
    expect(simulator.playing).toBe(false);
  });

  test('hops from change to change for those who want no motion', () => {
    const { simulator } = open();
    simulator.hop();
    expect(simulator.instant).toBe(0);
    simulator.play();
    for (const change of simulator.changes) {
      simulator.hop();
      expect(simulator.instant).toBe(change);
    }
    expect(simulator.playing).toBe(true);
    simulator.hop();
    expect(simulator.instant).toBe(simulator.until);
    expect(simulator.playing).toBe(false);
  });

  test('starts over from the end, twice as fast at speed 2', () => {
    const { simulator } = open();
    simulator.moveTo(simulator.until);
    simulator.play();
    expect(simulator.instant).toBe(0);
    simulator.advance(1000);
    const slow = simulator.instant;
    simulator.moveTo(0);
    simulator.speed = 2;
    simulator.advance(1000);
    expect(simulator.instant).toBe(2 * slow);
  });
});

test('a span is found by halving, also at its edges and past the end', () => {
  const spans = [0, 10, 11, 50].map((from) => ({ from }));
  expect([0, 9, 10, 11, 49, 50, 99].map((at) => segmentAt(spans, at)?.from)).toEqual([0, 0, 10, 11, 11, 50, 50]);
  expect(segmentAt([], 5)).toBeUndefined();
});
