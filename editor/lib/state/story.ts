/** A timeline told in order: what happens, and what each person may do from then on. Knows no DOM. */
import type { Constraint, Decision, Milliseconds, Policy, Warn } from 'latchkey';
import type { TimedEffect, TimedEvent } from 'latchkey/timeline';
import { constraintAt } from './constraints.ts';
import { segmentAt } from './segments.ts';
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
  /** What came of the events beside that, or why nothing did. */
  readonly effects: readonly TimedEffect[];
}

/** Effects by the JSON Pointer of the event they came of. */
export function effectsByPath(effects: readonly TimedEffect[]): ReadonlyMap<string, readonly TimedEffect[]> {
  const found = new Map<string, TimedEffect[]>();
  for (const effect of effects) {
    const known = found.get(effect.path);
    if (known === undefined) found.set(effect.path, [effect]);
    else known.push(effect);
  }
  return found;
}

/**
 * Every chapter, in order. `policies` are the versions that the story may be about; `alike` tells what turns may be told in
 * one sentence: equal strings are.
 */
export function storyOf(
  { marks, lanes, effects }: Pick<Outline, 'marks' | 'lanes' | 'effects'>,
  events: readonly TimedEvent[],
  capabilities: readonly ListedCapability[],
  policies: readonly Policy[],
  alike: (turn: StoryTurn) => string,
): readonly Chapter[] {
  // A limit that is crossed is one of the version in force up to then.
  const crossed = new Map(
    marks.map(({ at, capability, path }) => [`${at} ${capability}`, limitAt(policyAt(lanes, at - 1, policies), path)]),
  );
  const chapters = new Map<
    Milliseconds,
    { events: TimedEvent[]; turns: Map<string, StoryTurn>; effects: TimedEffect[] }
  >();
  const chapterAt = (at: Milliseconds) => {
    const known = chapters.get(at) ?? { events: [], turns: new Map<string, StoryTurn>(), effects: [] };
    chapters.set(at, known);
    return known;
  };
  for (const event of events) chapterAt(event.at).events.push(event);
  for (const effect of effects) chapterAt(effect.at).effects.push(effect);
  for (const capability of capabilities) {
    capability.segments.forEach(({ from: at, decision: to }, index) => {
      const from = capability.segments[index - 1]?.decision ?? null;
      const limit = crossed.get(`${at} ${capability.id}`);
      const turn = { capabilities: [capability], from, to, limit };
      const { turns } = chapterAt(at);
      const key = alike(turn);
      const known = turns.get(key);
      turns.set(key, known === undefined ? turn : { ...known, capabilities: [...known.capabilities, capability] });
    });
  }
  return [...chapters]
    .sort(([a], [b]) => a - b)
    .map(([at, { turns, ...rest }]) => ({ at, ...rest, turns: [...turns.values()] }));
}

function policyAt({ policy }: Outline['lanes'], at: Milliseconds, policies: readonly Policy[]): Policy | undefined {
  const inForce = segmentAt(policy, at)?.value;
  return policies.find(({ id, version }) => `${id}@${version}` === inForce);
}

function limitAt(policy: Policy | undefined, path: string | undefined): StoryTurn['limit'] {
  if (policy === undefined || path === undefined) return undefined;
  return constraintAt(policy, path) ?? policy.warn.find((warn) => warn.path === path);
}
