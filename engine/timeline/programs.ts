/** Which of the given programs a timeline runs on. */
import type { Program } from '../program.ts';
import type { Timeline } from './timeline.ts';

/** The programs of the timeline's policy, of any version. */
export function programsFor(programs: readonly Program[], timeline: Pick<Timeline, 'policy'>): readonly Program[] {
  return programs.filter(({ policy }) => policy.id === timeline.policy);
}

/** The version asked for, or the newest; undefined when it is not among them. */
export function findProgram(programs: readonly Program[], timeline: Timeline): Program | undefined {
  const { version } = timeline;
  let found: Program | undefined;
  for (const program of programsFor(programs, timeline)) {
    const wanted = version === undefined || program.policy.version === version;
    if (wanted && (found === undefined || program.policy.version > found.policy.version)) found = program;
  }
  return found;
}

/** A story and what it may run on. */
interface Told {
  readonly programs: readonly Program[];
  readonly timeline: Timeline;
}

/** Those in force at some time of the story. */
function inForce({ programs, timeline }: Told): readonly Program[] {
  const activated = timeline.events.flatMap(({ event }) =>
    event.type === 'policy-activated' ? (findProgram(programs, { ...timeline, version: event.version }) ?? []) : [],
  );
  return [findProgram(programs, timeline) ?? [], activated].flat();
}

/** The version that both stories play from start to end, so that nothing can differ; null where they play two or more. */
export function onlyVersion(one: Told, other: Told): Program | null {
  const [first, ...rest] = [one, other].flatMap(inForce);
  const same = (each: Program): boolean => each === first || (each.digest !== null && each.digest === first?.digest);
  return first !== undefined && rest.every(same) ? first : null;
}
