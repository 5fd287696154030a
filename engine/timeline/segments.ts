/** One capability over time. */
import { decide } from '../decide.ts';
import { differs } from '../next-change.ts';
import type { Decision } from '../decision.ts';
import type { Milliseconds, Request, Resource } from '../request.ts';
import { factsOf } from '../session/index.ts';
import type { Playback, Stretch } from './play.ts';
import type { Segment } from './simulation.ts';
import { runsOf, type Answer } from './walk.ts';

/** What is asked about; the session and the clock give the rest of the request. */
export interface Question {
  readonly capability: string;
  readonly resource?: Resource;
  readonly interactive?: boolean;
}

/** The exact request at a true time within the stretch. */
export function requestIn(stretch: Stretch, at: Milliseconds, question: Question): Request {
  return factsOf(stretch.session, stretch.look(at), question);
}

/** A stepper for `runsOf`: the decision and how long it holds. */
export function decideIn(question: Question): (stretch: Stretch, at: Milliseconds) => Answer<Decision> {
  return (stretch, at) => {
    const request = requestIn(stretch, at, question);
    const value = decide(stretch.program, request);
    return { value, now: request.now, validUntil: value.validUntil };
  };
}

export function sameDecision(a: Decision, b: Decision): boolean {
  return !differs(a, b);
}

/** Segments over [0, to): they touch, none is empty, neighbours differ. */
export function segmentsOf({ stretches }: Playback, question: Question, to: Milliseconds): readonly Segment[] {
  return runsOf(stretches, decideIn(question), sameDecision, 0, to).map(({ from, to, value: decision }) => ({
    from,
    to,
    decision,
  }));
}
