/** Plays a timeline's events: what holds between them, and what was attempted. */
import type { ClockReading } from '../clock/index.ts';
import { decide } from '../decide.ts';
import type { Program } from '../program.ts';
import type { Instant, Milliseconds, Request } from '../request.ts';
import { factsOf, type Session } from '../session/index.ts';
import { clockSpansOf, cutAtProven, type ClockSpan } from './clock-spans.ts';
import { applied, firstMoment, lookAt, readAround, type Moment } from './moment.ts';
import { findProgram, programsFor } from './programs.ts';
import type { AttemptResult } from './simulation.ts';
import type { TimedEvent, Timeline } from './timeline.ts';

/** Everything that stands still between two times with events: half-open, offsets from the timeline's start. */
export interface Stretch {
  readonly from: Milliseconds;
  readonly to: Milliseconds;
  readonly program: Program;
  /** After all events at `from`. */
  readonly session: Session;
  /** Where trusted time runs evenly; they cover the stretch. */
  readonly spans: readonly Span[];
  /** The clock guard's answer at a true time from `from` on. */
  readonly look: (at: Milliseconds) => ClockReading;
}

export interface Span extends ClockSpan {
  /** What is known at `from`, for no capability yet; until `to` only `now` moves. */
  readonly facts: Request;
}

/** A timeline played once; segments, lanes, expectations and probes are read off it. */
export interface Playback {
  readonly timeline: Timeline;
  /** Every program of the timeline's policy; the one in force at the start first. */
  readonly programs: readonly Program[];
  /** They touch; the first starts at 0, the last reaches past `until` as far as any limit. */
  readonly stretches: readonly Stretch[];
  readonly attempts: readonly AttemptResult[];
}

/** Past `until` no event happens, and no duration in a policy is longer than this. */
const BEYOND: Milliseconds = 3651 * 86_400_000;

/**
 * Throws `TypeError` when the program that the timeline starts on, or one that it activates, is not given;
 * `checkTimeline` finds that first.
 */
export function play(programs: readonly Program[], timeline: Timeline): Playback {
  const program = findProgram(programs, timeline);
  if (program === undefined) throw new TypeError(`no program of policy ${timeline.policy} in the version asked for`);
  const known = programsFor(programs, timeline);
  const stretches: Stretch[] = [];
  const attempts: AttemptResult[] = [];
  let moment = firstMoment(timeline, program);
  let from: Milliseconds = 0;
  for (const timed of timeline.events) {
    if (timed.at > from) stretches.push(stretchOf(moment, from, timed.at));
    from = timed.at;
    const around = readAround(moment, timed, known);
    attempts.push(...attempted(around, timed));
    moment = applied(around, timed, timeline.idp);
  }
  stretches.push(stretchOf(moment, from, timeline.until + BEYOND));
  return { timeline, programs: [program, ...known.filter((other) => other !== program)], stretches, attempts };
}

function attempted(moment: Moment, { at, event, path }: TimedEvent): readonly AttemptResult[] {
  if (event.type !== 'attempt') return [];
  const request = factsOf(moment.session, lookAt(moment, at), event);
  return [{ at, capability: event.capability, decision: decide(moment.program, request), path }];
}

function stretchOf(moment: Moment, from: Milliseconds, to: Milliseconds): Stretch {
  const { program, session } = moment;
  const look = (at: Milliseconds): ClockReading => lookAt(moment, at);
  const even = clockSpansOf(look, from, to);
  const cut = wipeEdges(moment).reduce((spans, edge) => cutAtProven(look, spans, edge), even);
  const spans = cut.map((span) => ({ ...span, facts: factsOf(session, look(span.from), { capability: '' }) }));
  return { from, to, program, session, spans, look };
}

/** The instants of proven time at which a wipe by age becomes certain. */
function wipeEdges({ program, session }: Moment): readonly Instant[] {
  const confirmedAt = session.accounts[session.selected]?.lastConfirmedAt;
  if (confirmedAt === undefined) return [];
  return program.wipes.map(({ maxAge }) => confirmedAt + maxAge + 1);
}
