/** A look at one capability at one instant: the exact request, the answer, why, and what changes it next. */
import { decide, decideAt } from '../decide.ts';
import type { Decision } from '../decision.ts';
import { explain, type Explanation } from '../explain.ts';
import { flipped, nextChange } from '../next-change.ts';
import type { Program } from '../program.ts';
import type { Milliseconds, Request } from '../request.ts';
import { play } from './play.ts';
import type { Playback, Span, Stretch } from './playback.ts';
import { requestIn, sameDecision, type Question } from './segments.ts';
import type { Timeline } from './timeline.ts';
import { indexAt, stretchAt } from './walk.ts';

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
  for (const stretch of stretches.slice(indexAt(stretches, at)))
    for (const span of stretch.spans) {
      if (span.to <= at) continue;
      const from = Math.max(span.from, at);
      const change = changeAt(stretches, from, question, decision) ?? changeWithin(stretch, span, from, question);
      if (change !== null) return change;
    }
  return null;
}

/** The change that `at`, the start of a span, brings; null when the decision is still what it was. */
function changeAt(
  stretches: readonly Stretch[],
  at: Milliseconds,
  question: Question,
  decision: Decision,
): ProbedChange | null {
  const stretch = stretchAt(stretches, at);
  const after = decide(stretch.program, requestIn(stretch, at, question));
  if (sameDecision(decision, after)) return null;
  const because = byTime(stretchAt(stretches, at - 1), at, question, decision) ? 'time' : 'event';
  return { at, constraint: flipped(stretch.program, decision, after), decision: after, because };
}

/** The next change by time alone from `from` to the end of the span. */
function changeWithin(
  stretch: Stretch,
  { to, runs }: Span,
  from: Milliseconds,
  question: Question,
): ProbedChange | null {
  if (!runs) return null;
  const request = requestIn(stretch, from, question);
  const change = nextChange(stretch.program, request);
  if (change === null) return null;
  const at = from + (change.at - request.now);
  if (at >= to) return null;
  return {
    at,
    constraint: change.constraint,
    decision: decideAt(stretch.program, request, change.at),
    because: 'time',
  };
}

function byTime(before: Stretch, at: Milliseconds, question: Question, decision: Decision): boolean {
  return !sameDecision(decision, decide(before.program, requestIn(before, at, question)));
}
