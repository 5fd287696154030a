/** A look at one capability at one instant: the exact request, the answer, why, and what changes it next. */
import { decide } from '../decide.ts';
import type { Decision } from '../decision.ts';
import { explain, type Explanation } from '../explain.ts';
import { flipped } from '../next-change.ts';
import type { Program } from '../program.ts';
import type { Milliseconds, Request } from '../request.ts';
import { play, type Playback, type Stretch } from './play.ts';
import { decideOn, requestIn, sameDecision, type Question } from './segments.ts';
import type { Timeline } from './timeline.ts';
import { stepsOf, stretchAt } from './walk.ts';

export interface Probe {
  /** The version in force. */
  readonly program: Program;
  readonly request: Request;
  readonly decision: Decision;
  /** Every constraint and gate that applies, met or not. */
  readonly explanation: readonly Explanation[];
  /** What differs next; null when nothing will, however long one waits after the last event. */
  readonly next: ProbedChange | null;
}

export interface ProbedChange {
  /** True time, offset from the start. By time alone it may lie past the timeline's end. */
  readonly at: Milliseconds;
  /** JSON Pointer of the constraint that flips; `""` when none does, as when an event changes an obligation. */
  readonly constraint: string;
  /** The decision from then on. */
  readonly decision: Decision;
  /** `time` when it would have changed then without the event of that time, if there is one. */
  readonly because: 'time' | 'event';
}

/** Asked beside the capability. */
export type ProbeDetails = Omit<Question, 'capability'>;

/** Plays the timeline and looks at one capability at `at`, an offset in [0, until], after all events of that time. */
export function probe(
  programs: readonly Program[],
  timeline: Timeline,
  at: Milliseconds,
  capability: string,
  details: ProbeDetails = {},
): Probe {
  return probeAt(play(programs, timeline), at, capability, details);
}

/** `probe` on a timeline already played, for many looks at one run. */
export function probeAt(
  { stretches }: Playback,
  at: Milliseconds,
  capability: string,
  details: ProbeDetails = {},
): Probe {
  const question = { capability, ...details };
  const stretch = stretchAt(stretches, at);
  const request = requestIn(stretch, at, question);
  const decision = decide(stretch.program, request);
  return {
    program: stretch.program,
    request,
    decision,
    explanation: explain(stretch.program, request),
    next: nextOf(stretches, at, question, decision),
  };
}

function nextOf(
  stretches: readonly Stretch[],
  at: Milliseconds,
  question: Question,
  decision: Decision,
): ProbedChange | null {
  for (const step of stepsOf(stretches, decideOn(question), at, Infinity)) {
    if (step.at === at || sameDecision(decision, step.value)) continue;
    const after = stretchAt(stretches, step.at);
    const before = stretchAt(stretches, step.at - 1);
    const because = byTime(before, step.at, question, decision) ? 'time' : 'event';
    const constraint = flipped(after.program, decision, step.value);
    return { at: step.at, constraint, decision: step.value, because };
  }
  return null;
}

function byTime(before: Stretch, at: Milliseconds, question: Question, decision: Decision): boolean {
  return !sameDecision(decision, decide(before.program, requestIn(before, at, question)));
}
