import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { play, probeAt, simulationOf, type LaneSegment, type Lanes } from 'latchkey/timeline';
import { describe, expect, test } from 'vitest';
import { at, readStories, sinceStart, timelineOf } from './stories.ts';

const ROOT = 'tests/conformance/stories';
const files = readdirSync(ROOT).sort();

describe.each(files)('%s', (file) => {
  const stories = readStories(join(ROOT, file));

  test.each(stories.map((story) => [story.title, story.description, story] as const))('%s: %s', (_, __, story) => {
    const timeline = timelineOf(story);
    const playback = play(story.programs, timeline);
    const { expectations, lanes, attempts, effects } = simulationOf(playback);
    const said = timeline.expect.length + Object.keys(story.expect ?? {}).length > 0;
    expect(said, 'a story expects something').toBe(true);
    expect(expectations.filter(({ ok }) => !ok)).toEqual([]);
    for (const [lane, wanted] of Object.entries(story.expect?.lanes ?? {}))
      expect(changes(lanes[lane as keyof Lanes]), lane).toEqual(wanted.map(([since, value]) => [timeOf(since), value]));
    for (const { at: when, are } of story.expect?.facts ?? []) {
      const { request } = probeAt(playback, timeOf(when), '');
      const found = Object.fromEntries(Object.keys(are).map((pointer) => [pointer, at(request, pointer) ?? null]));
      expect(found, when).toEqual(inInstants(are, timeline.start));
    }
    const { attempts: decided, effects: told } = story.expect ?? {};
    if (decided !== undefined) expect(attempts.map(({ decision }) => shortly(decision))).toEqual(decided);
    if (told !== undefined)
      expect(effects.map(({ path: _, ...effect }) => effect)).toEqual(
        told.map((effect) => ({ ...effect, at: timeOf(effect.at) })),
      );
  });
});

function timeOf(text: string): number {
  const time = sinceStart(text);
  if (time === undefined) throw new Error(`${text} is no time`);
  return time;
}

function changes(lane: readonly LaneSegment[]): readonly (readonly [number, string])[] {
  return lane.map(({ from, value }) => [from, value] as const);
}

function inInstants(facts: Readonly<Record<string, unknown>>, start: number): Readonly<Record<string, unknown>> {
  const instants = Object.entries(facts).map(([pointer, value]) => {
    const since = typeof value === 'string' ? sinceStart(value) : undefined;
    return [pointer, since === undefined ? value : start + since] as const;
  });
  return Object.fromEntries(instants);
}

function shortly(decision: {
  readonly outcome: string;
  readonly reason: string | null;
  readonly policy: { readonly version: number };
}): readonly unknown[] {
  return [decision.outcome, decision.reason, decision.policy.version];
}
