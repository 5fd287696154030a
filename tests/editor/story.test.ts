import { readFileSync } from 'node:fs';
import { compile } from 'latchkey';
import { load } from 'latchkey/load';
import { loadTimeline, simulate } from 'latchkey/timeline';
import { storyOf, type Chapter } from '$lib/state/story.ts';
import { cameSentence, happenings, list, turnCause, turnSentence } from '$lib/words/story.ts';
import { describe, expect, test } from 'vitest';

const HOUR = 3_600_000;

const POLICY = readFileSync('policies/field-service/1.json', 'utf8');
const DEAD_ZONE = readFileSync('policies/field-service/timelines/dead-zone.json', 'utf8');

function chaptersOf(policies: readonly string[], timeline: string): readonly Chapter[] {
  const programs = policies.map((text) => {
    const loaded = load(text);
    if (!loaded.ok) throw new TypeError('The policies load.');
    return compile(loaded.value.policy);
  });
  const story = loadTimeline(timeline);
  if (!story.ok) throw new TypeError('The timeline loads.');
  const simulation = simulate(programs, story.value);
  const capabilities = Object.entries(simulation.segments).map(([id, segments]) => ({
    ...{ id, title: id, tier: null },
    segments,
  }));
  return storyOf(
    simulation,
    story.value.events,
    capabilities,
    programs.map(({ policy }) => policy),
    (turn) => `${turnSentence(turn)} ${turnCause(turn)}`,
  );
}

function told({ at, events, turns }: Chapter): string {
  const said = turns.map((turn) => {
    const cause = events.length === 0 ? `, because ${turnCause(turn)}` : '';
    return `${list(turn.capabilities.map(({ id }) => id))} ${turnSentence(turn)}${cause}`;
  });
  return [`+${at / HOUR} h`, happenings(events, (id) => id, new Map()), ...said]
    .filter((part) => part !== '')
    .join(' · ');
}

describe('the story of a dead zone', () => {
  const chapters = chaptersOf([POLICY], DEAD_ZONE);

  test('answers what happens to a technician who loses the network', () => {
    const story = chapters.map(told);
    expect(story[0]).toBe(
      '+0 h · The person signs in · work_order.view and work_order.complete allowed · work_order.note and work_order.photo unlock first',
    );
    expect(story.find((text) => text.startsWith('+26 h'))).toBe(
      '+26 h · The device goes offline · work_order.note and work_order.photo stays allowed, as: allowed, queued · work_order.complete stays denied, as: needs connection',
    );
    expect(story.find((text) => text.startsWith('+27 h'))).toBe('+27 h · The person tries work_order.note');
    expect(story.find((text) => text.startsWith('+60'))).toContain(
      'work_order.note and work_order.photo asks for an unlock, because the unlock with face, fingerprint or PIN becomes older than 12 h',
    );
  });

  test('has every segment of every capability, and every event, once', () => {
    const starts = chapters.flatMap(({ at, turns }) => turns.flatMap(({ capabilities }) => capabilities.map(() => at)));
    const segments = chapters.flatMap(({ turns }) => turns.flatMap(({ capabilities }) => capabilities));
    const ids = new Set(segments.map(({ id }) => id));
    const expected = [...ids].flatMap((id) => segments.find((one) => one.id === id)?.segments.map(({ from }) => from));
    expect(starts.toSorted((a, b) => a - b)).toEqual(expected.toSorted((a = 0, b = 0) => a - b));
  });
});

describe('the story of a policy with two versions', () => {
  const NEXT = POLICY.replace('"version": 1', '"version": 2').replace('"limit": "48h"', '"limit": "24h"');
  const story = (policy: string, more: readonly object[] = []): string =>
    JSON.stringify({
      timeline: 1,
      title: 'Two days away',
      policy,
      start: '2026-03-02T08:00:00+01:00',
      until: '3d',
      session: { sub: 'u-17', roles: ['technician'] },
      events: [
        { at: '0s', type: 'session-established', amr: ['pwd'] },
        { at: '10m', type: 'connectivity-change', to: 'offline' },
        ...more,
      ],
    });
  const limits = (text: string): readonly string[] =>
    chaptersOf([POLICY, NEXT], text)
      .map(told)
      .filter((said) => said.includes('since the server last confirmed'));

  test('quotes the limit of the version that the story is told of', () => {
    expect(limits(story('field-service@1'))).toEqual([
      expect.stringMatching(/^\+48\.\S+ h · .* becomes denied .*, because the 48 h limit since/),
    ]);
    expect(limits(story('field-service'))).toEqual([
      expect.stringMatching(/^\+24\.\S+ h · .* becomes denied .*, because the 24 h limit since/),
    ]);
  });

  test('quotes the limit of the version that is in force by then', () => {
    const late = { at: '40h', type: 'policy-activated', version: 2 };
    const early = { at: '20h', type: 'policy-activated', version: 2 };
    expect(limits(story('field-service@1', [early]))).toEqual([expect.stringContaining('the 24 h limit')]);
    expect(limits(story('field-service@1', [late]))).toEqual([]);
  });
});

describe('a story of events that do more than turn a lane, or nothing', () => {
  const chapters = chaptersOf(
    [POLICY],
    JSON.stringify({
      timeline: 1,
      title: 'What came of it',
      policy: 'field-service',
      start: '2026-03-02T08:00:00+01:00',
      until: '3d',
      session: { sub: 'u-17', tenant: 'acme', roles: ['technician'] },
      events: [
        { at: '0s', type: 'session-established', amr: ['pwd'] },
        { at: '1h', type: 'account-switch', to: { sub: 'u-99' } },
        { at: '2h', type: 'account-disabled', subject: { sub: 'u-17' } },
        { at: '2h', type: 'attempt', capability: 'work_order.view' },
        { at: '3h', type: 'user-activity' },
        { at: '4h', type: 'account-disabled', subject: { sub: 'u-17', tenant: 'acme' } },
      ],
    }),
  );
  const happened = chapters.filter(({ events }) => events.length > 0);
  const came = happened.map(({ events, effects }) => effects.map((effect) => cameSentence(effect, events)));

  test('says what came of them, and of which one where several happen at once', () => {
    expect(came).toEqual([
      [],
      ['Nothing came of this: that account is not kept on this device'],
      ['The account is disabled — nothing came of this: it is about somebody else'],
      [],
      ['The account of u-17 is locked'],
    ]);
  });
});

test('what people try, and commands that are sent, are told with what they got', () => {
  const story = loadTimeline(
    JSON.stringify({
      timeline: 1,
      title: 'Asked and sent',
      policy: 'field-service',
      start: '2026-03-02T08:00:00+01:00',
      until: '3d',
      session: { sub: 'u-17', roles: ['technician'] },
      events: [
        { at: '0s', type: 'session-established', amr: ['pwd'] },
        { at: '10m', type: 'connectivity-change', to: 'offline' },
        { at: '1h', type: 'attempt', capability: 'work_order.complete' },
        { at: '1h', type: 'command-execute', capability: 'work_order.view' },
        { at: '1h', type: 'command-execute' },
      ],
    }),
  );
  const loaded = load(POLICY);
  if (!loaded.ok || !story.ok) throw new TypeError('The policy and the timeline load.');
  const { attempts } = simulate([compile(loaded.value.policy)], story.value);
  const decisions = new Map(attempts.map(({ path, decision }) => [path, decision]));
  expect(happenings(story.value.events.slice(2), (id) => id.replace('work_order.', ''), decisions)).toBe(
    'The person tries complete (denied: needs connection), a command is sent: view (allowed) and a command is sent',
  );
});
