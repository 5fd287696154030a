/** Which events ask for a decision of their own. */
import type { SessionEvent } from '../session/index.ts';
import type { Question } from './segments.ts';

/** What an event asks: an attempt, and a command that is sent, ask whether they may. Undefined for all others. */
export function askedBy(event: SessionEvent): Question | undefined {
  if (event.type === 'attempt') return event;
  if (event.type !== 'command-execute' || event.capability === undefined) return undefined;
  return { capability: event.capability };
}
