import { compile } from 'latchkey';
import { load } from 'latchkey/load';
import { loadTimeline, simulate } from 'latchkey/timeline';
import { describe, expect, test } from 'vitest';

describe('the lane of opening hours', () => {
  const hours = (start: string, end: string) => ({
    kind: 'schedule',
    timeZone: 'Europe/Berlin',
    windows: [{ days: ['mon', 'tue'], start, end }],
  });
  const lane = (guards: readonly object[]) => {
    const document = {
      language: 1,
      id: 'office',
      version: 1,
      guards,
      tiers: [{ id: 'low', sensitivity: 'internal', require: [] }],
      capabilities: [{ id: 'desk', tier: 'low', access: 'read' }],
    };
    const policy = load(JSON.stringify(document));
    const story = {
      timeline: 1,
      title: 'Hours',
      policy: 'office',
      start: '2026-03-02T00:00:00+01:00',
      until: '2d',
      events: [],
    };
    const timeline = loadTimeline(JSON.stringify(story));
    if (!policy.ok || !timeline.ok) throw new Error('the documents do not load');
    const { schedule } = simulate([compile(policy.value.policy)], timeline.value).lanes;
    return schedule.map(({ from, value }) => [from / 3_600_000, value]);
  };

  test.each([
    ['without schedules', [], [[0, 'none']]],
    [
      'of one',
      [hours('08:00', '18:00')],
      [
        [0, 'closed'],
        [8, 'open'],
        [18, 'closed'],
        [32, 'open'],
        [42, 'closed'],
      ],
    ],
    [
      'of the same one twice',
      [hours('08:00', '18:00'), hours('08:00', '18:00')],
      [
        [0, 'closed'],
        [8, 'open'],
        [18, 'closed'],
        [32, 'open'],
        [42, 'closed'],
      ],
    ],
    [
      'of two',
      [hours('08:00', '18:00'), hours('09:00', '24:00')],
      [
        [0, '0 of 2 open'],
        [8, '1 of 2 open'],
        [9, '2 of 2 open'],
        [18, '1 of 2 open'],
        [24, '0 of 2 open'],
        [32, '1 of 2 open'],
        [33, '2 of 2 open'],
        [42, '1 of 2 open'],
      ],
    ],
  ])('%s', (_, guards, expected) => {
    expect(lane(guards)).toEqual(expected);
  });
});
