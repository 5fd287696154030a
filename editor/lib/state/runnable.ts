/** Which problems keep a timeline from running on the programs at hand. */
import type { Diagnostic } from 'latchkey/load';

/** True when one of `checkTimeline`'s problems does. A capability that no version has does not: it is denied. */
export function stuckBy(problems: readonly Diagnostic[]): boolean {
  return problems.some(({ code }) => code !== 'unknown_capability');
}
