/** A timeline on the programs at hand, and which problems keep it from running. */
import type { Program } from 'latchkey';
import type { Diagnostic } from 'latchkey/load';
import type { Timeline } from 'latchkey/timeline';

/** What is simulated: a timeline on the programs it may run on. */
export interface Run {
  readonly programs: readonly Program[];
  readonly timeline: Timeline;
}

/** True when one of `checkTimeline`'s problems does. A capability that no version has does not: it is denied. */
export function stuckBy(problems: readonly Diagnostic[]): boolean {
  return problems.some(({ code }) => code !== 'unknown_capability');
}
