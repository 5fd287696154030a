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
