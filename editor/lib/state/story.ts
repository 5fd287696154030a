/** A timeline told in order: what happens, and what each person may do from then on. Knows no DOM. */
import type { Constraint, Decision, Milliseconds, Policy, Warn } from 'latchkey';
import type { TimedEvent } from 'latchkey/timeline';
import { constraintAt } from './constraints.ts';
import type { ListedCapability, Outline } from './simulated.svelte.ts';

/** Capabilities that turn alike at one time. */
export interface StoryTurn {
  readonly capabilities: readonly ListedCapability[];
  /** Null at the start of the timeline. */
  readonly from: Decision | null;
  readonly to: Decision;
  /** Whose limit is crossed at that time, where it is known. */
  readonly limit: Constraint | Warn | undefined;
}

/** One time at which something happens or something turns. */
export interface Chapter {
  readonly at: Milliseconds;
  readonly events: readonly TimedEvent[];
  readonly turns: readonly StoryTurn[];
}

/** Every chapter, in order. `alike` tells what turns may be told in one sentence: equal strings are. */
export function storyOf(
  { marks }: Pick<Outline, 'marks'>,
  events: readonly TimedEvent[],
  capabilities: readonly ListedCapability[],
  policy: Policy,
  alike: (turn: StoryTurn) => string,
): readonly Chapter[] {
  const crossed = new Map(marks.map(({ at, capability, path }) => [`${at} ${capability}`, path]));
  const chapters = new Map<Milliseconds, { events: TimedEvent[]; turns: Map<string, StoryTurn> }>();
  const chapterAt = (at: Milliseconds) => {
    const known = chapters.get(at) ?? { events: [], turns: new Map<string, StoryTurn>() };
    chapters.set(at, known);
    return known;
  };
  for (const event of events) chapterAt(event.at).events.push(event);
  for (const capability of capabilities) {
    capability.segments.forEach(({ from: at, decision: to }, index) => {
      const from = capability.segments[index - 1]?.decision ?? null;
      const path = crossed.get(`${at} ${capability.id}`);
      const limit =
        path === undefined ? undefined : (constraintAt(policy, path) ?? policy.warn.find((warn) => warn.path === path));
      const turn = { capabilities: [capability], from, to, limit };
      const { turns } = chapterAt(at);
      const key = alike(turn);
      const known = turns.get(key);
      turns.set(key, known === undefined ? turn : { ...known, capabilities: [...known.capabilities, capability] });
    });
  }
  return [...chapters]
    .sort(([a], [b]) => a - b)
    .map(([at, { events, turns }]) => ({ at, events, turns: [...turns.values()] }));
}
