/** A timeline on a policy: every capability's segments, the lanes above them, and whether expectations hold. */
import type { Program } from '../program.ts';
import type { Milliseconds } from '../request.ts';
import { firstAlike, saidOf } from './alike.ts';
import { expectationsOf } from './expectations.ts';
import { lanesOf } from './lanes.ts';
import { marksOf } from './marks.ts';
import { play } from './play.ts';
import type { Playback } from './playback.ts';
import { segmentsOf, type Held } from './segments.ts';
import type { Simulation } from './simulation.ts';
import type { Timeline } from './timeline.ts';

/**
 * Simulates a timeline on the programs given: the version it names, else the newest of its policy. Exact: no
 * instant is sampled, and the same input gives the same output on every machine. Throws `TypeError` when no
 * program fits, which `checkTimeline` reports as a problem first.
 */
export function simulate(programs: readonly Program[], timeline: Timeline): Simulation {
  return simulationOf(play(programs, timeline));
}

/** The simulation of a timeline already played. */
export function simulationOf(playback: Playback): Simulation {
  const { timeline, programs, attempts, effects } = playback;
  const { start, until } = timeline;
  const alike = firstAlike(programs, capabilitiesOf(programs));
  // One past `until`, which expectations include.
  const reaching = reachingTo(playback, [...new Set(alike.values())], until + 1);
  const held = new Map([...reaching].map(([first, each]) => [first, clipped(each, until)]));
  const lanes = lanesOf(playback, until);
  return {
    start,
    until,
    segments: Object.fromEntries(
      [...alike].map(([capability, first]) => [capability, saidOf(held.get(first) ?? [], capability)]),
    ),
    lanes,
    attempts,
    expectations: expectationsOf(playback, reaching),
    marks: marksOf(playback, held, alike, lanes),
    effects,
  };
}

/** The segments of the capabilities asked for over [0, to). */
function reachingTo(
  playback: Playback,
  asked: readonly string[],
  to: Milliseconds,
): ReadonlyMap<string, readonly Held[]> {
  const held = segmentsOf(
    playback,
    asked.map((capability) => ({ capability })),
    to,
  );
  return new Map(asked.map((capability, index) => [capability, held[index] ?? []]));
}

/** Of every version, in document order; the version in force at the start comes first. */
function capabilitiesOf(programs: readonly Program[]): readonly string[] {
  return [...new Set(programs.flatMap(({ policy }) => policy.capabilities.map(({ id }) => id)))];
}

function clipped(segments: readonly Held[], until: number): readonly Held[] {
  return segments
    .filter(({ from }) => from < until)
    .map((segment) => (segment.to <= until ? segment : { ...segment, to: until }));
}
