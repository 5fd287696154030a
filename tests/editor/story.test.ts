import { readFileSync } from 'node:fs';
import { compile } from 'latchkey';
import { load } from 'latchkey/load';
import { loadTimeline, simulate } from 'latchkey/timeline';
import { storyOf, type Chapter } from '$lib/state/story.ts';
import { happenings, list, turnCause, turnSentence } from '$lib/words/story.ts';
import { describe, expect, test } from 'vitest';

const HOUR = 3_600_000;

function chaptersOf(policy: string, timeline: string): readonly Chapter[] {
  const loaded = load(readFileSync(`policies/${policy}/1.json`, 'utf8'));
  const story = loadTimeline(readFileSync(`policies/${policy}/timelines/${timeline}.json`, 'utf8'));
  if (!loaded.ok || !story.ok) throw new TypeError('The shipped policies load.');
  const program = compile(loaded.value.policy);
  const simulation = simulate([program], story.value);
  const capabilities = program.policy.capabilities.map(({ id, title, tier }) => ({
    ...{ id, title: title ?? id, tier: tier ?? null },
    segments: simulation.segments[id] ?? [],
  }));
  return storyOf(
    simulation,
    story.value.events,
    capabilities,
    program.policy,
    (turn) => `${turnSentence(turn)} ${turnCause(turn)}`,
  );
}

function told({ at, events, turns }: Chapter): string {
  const said = turns.map((turn) => {
    const cause = events.length === 0 ? `, because ${turnCause(turn)}` : '';
    return `${list(turn.capabilities.map(({ id }) => id))} ${turnSentence(turn)}${cause}`;
  });
  return [`+${at / HOUR} h`, happenings(events, (id) => id), ...said].filter((part) => part !== '').join(' · ');
}

describe('the story of a dead zone', () => {
  const chapters = chaptersOf('field-service', 'dead-zone');

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
