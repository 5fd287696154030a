/** One capability over time. */
import { decideAt } from '../decide.ts';
import type { Decision } from '../decision.ts';
import { differs } from '../next-change.ts';
import type { Milliseconds, Request, Resource } from '../request.ts';
import { factsOf } from '../session/index.ts';
import type { Playback, Stretch } from './play.ts';
import type { Segment } from './simulation.ts';
import { runsOf, type Ask } from './walk.ts';

/** What is asked about; the session and the clock give the rest of the request. */
export interface Question {
  readonly capability: string;
  readonly resource?: Resource;
  readonly interactive?: boolean;
}

/** The exact request at a true time within the stretch. */
export function requestIn({ session, look }: Stretch, at: Milliseconds, question: Question): Request {
  return factsOf(session, look(at), question);
}

/** Asks for the decision; the exact request of an instant differs from the span's facts in nothing that counts. */
function decideOn(question: Question): Ask<Decision> {
  return ({ program }, { facts }, now) => {
    const value = decideAt(program, { ...facts, ...question }, now);
    return { value, validUntil: value.validUntil };
  };
}

export function sameDecision(a: Decision, b: Decision): boolean {
  return !differs(a, b);
}

/** Segments over [0, to): they touch, none is empty, neighbours differ. */
export function segmentsOf({ stretches }: Playback, question: Question, to: Milliseconds): readonly Segment[] {
  return runsOf(stretches, decideOn(question), sameDecision, 0, to).map(({ from, to, value: decision }) => ({
    from,
    to,
    decision,
  }));
}
