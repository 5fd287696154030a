/** The story of a timeline in sentences. */
import type { Constraint, Decision, Warn } from 'latchkey';
import { effectText } from 'latchkey/session';
import type { TimedEffect, TimedEvent } from 'latchkey/timeline';
import { decisionTitle } from './decision.ts';
import { eventCause } from './events.ts';
import { capitalised } from './simulator.ts';
import { lapseText, turnText, warningText } from './upcoming.ts';

export const STORY = {
  name: 'Story',
  caption: 'What happens, and what it means for each capability, in order. Choose a time to look at it closely.',
  nothing: 'Changes nothing.',
  onlyWhatTurns: 'Only times at which something changes',
  end: 'The timeline ends here.',
} as const;

/** A change of a decision, and whose limit is crossed where that is known; `from` is null at the start. */
interface Turn {
  readonly from: Decision | null;
  readonly to: Decision;
  readonly limit: Constraint | Warn | undefined;
}

/** What happens at a time, with what was decided by path: `The device goes offline and the person tries Take notes (allowed)`. */
export function happenings(
  events: readonly TimedEvent[],
  titleOf: (capability: string) => string,
  decisions: ReadonlyMap<string, Decision>,
): string {
  const causes = events.map(({ event, path }) => {
    const decision = decisions.get(path);
    const came = decision === undefined ? '' : ` (${lowered(decisionTitle(decision))})`;
    switch (event.type) {
      case 'attempt':
        return `the person tries ${titleOf(event.capability)}${came}`;
      case 'command-execute':
        return `${eventCause(event)}${event.capability === undefined ? '' : `: ${titleOf(event.capability)}${came}`}`;
      default:
        return eventCause(event);
    }
  });
  return capitalised(list([...new Set(causes)]));
}

/** A turn without the names of the capabilities: `becomes denied (sign in again)`; at the start `denied: needs connection`. */
export function turnSentence({ from, to }: Turn): string {
  const text = from === null ? decisionTitle(to) : turnText(from, to);
  return lowered(text);
}

function lowered(text: string): string {
  return `${text.charAt(0).toLowerCase()}${text.slice(1)}`;
}

/** Why time alone turned it: `the 48 h limit since the server last confirmed the session passes`. */
export function turnCause({ limit, to }: Turn): string {
  return limit !== undefined && 'after' in limit ? warningText(limit) : lapseText(limit, to.outcome === 'permit');
}

/** What came of an event; named where others happen at its time: `The account is disabled — nothing came of this: …`. */
export function cameSentence(effect: TimedEffect, events: readonly TimedEvent[] = []): string {
  const event = events.length > 1 ? events.find(({ path }) => path === effect.path)?.event : undefined;
  const said = effectText(effect);
  return capitalised(event === undefined ? said : `${eventCause(event)} — ${said}`);
}

/** Names in one line: `Take notes, View orders and Plan routes`. */
export function list(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;
}

/** What follows a story that is cut short. */
export function moreText(count: number): string {
  return `… and ${count} more times. The table has them all.`;
}
