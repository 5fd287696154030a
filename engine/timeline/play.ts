/** Plays a timeline's events: what holds between them, and what was attempted. */
import type { ClockReading } from '../clock/index.ts';
import { decide } from '../decide.ts';
import type { Program } from '../program.ts';
import type { Instant, Milliseconds, Request } from '../request.ts';
import { factsOf, type Session } from '../session/index.ts';
import { askedBy } from './asked.ts';
import { changedSince } from './changes.ts';
import { clockSpansOf, cutAtProven } from './clock-spans.ts';
import { applied, firstMoment, lookAt, readAround, type Moment } from './moment.ts';
import type { DeviceClocks } from './device.ts';
import { findProgram, programsFor } from './programs.ts';
import type { Playback, Span, Stored, Stretch } from './playback.ts';
import type { AttemptResult, TimedEffect } from './simulation.ts';
import type { TimedEvent, Timeline } from './timeline.ts';
import { stretchAt } from './walk.ts';

const NOTHING_ASKED = { capability: '' };

/** Past `until` no event happens, and no duration in a policy is longer than this. */
const BEYOND: Milliseconds = 3651 * 86_400_000;

/** The story so far, to be taken up by `play`; `at` is the time of an event, or 0. */
export function storedAt({ stretches }: Playback, at: Milliseconds): Stored {
  const { session, clocks, program } = stretchAt(stretches, at);
  return { at, session, clocks, version: program.policy.version };
}

/**
 * Plays the timeline, or what is left of it after `stored`. Throws `TypeError` when the program that the timeline starts on, or one that it activates, is not given;
 * `checkTimeline` finds that first.
 */
export function play(programs: readonly Program[], timeline: Timeline, stored?: Stored): Playback {
  const program = findProgram(programs, timeline);
  if (program === undefined) throw new TypeError(`no program of policy ${timeline.policy} in the version asked for`);
  const known = programsFor(programs, timeline);
  const stretches: Stretch[] = [];
  const attempts: AttemptResult[] = [];
  const asked = new Map<string, Request>();
  const effects: TimedEffect[] = [];
  let moment = stored === undefined ? firstMoment(timeline, program) : takenUp(timeline, known, stored);
  let from = stored?.at ?? 0;
  for (const timed of timeline.events) {
    if (stored !== undefined && timed.at <= stored.at) continue;
    if (timed.at > from) stretches.push(new Played(moment, from, timed.at, stretches.at(-1)));
    from = timed.at;
    const around = readAround(moment, timed, known);
    const request = askedIn(around, timed);
    if (request !== undefined) {
      const { capability } = request;
      asked.set(timed.path, request);
      attempts.push({ at: timed.at, capability, decision: decide(around.program, request), path: timed.path });
    }
    const after = applied(around, timed, timeline.idp);
    for (const effect of after.effects)
      if (effect.type !== 'persist') effects.push({ ...effect, at: timed.at, path: timed.path });
    moment = { ...around, session: after.session };
  }
  stretches.push(new Played(moment, from, timeline.until + BEYOND, stretches.at(-1)));
  const others = known.filter((other) => other !== program);
  return { timeline, programs: [program, ...others], stretches, attempts, asked, effects };
}

function takenUp({ start }: Timeline, known: readonly Program[], { session, clocks, version }: Stored): Moment {
  const program = known.find(({ policy }) => policy.version === version);
  if (program === undefined) throw new TypeError(`no program of version ${version} was given`);
  return { start, program, session, clocks };
}

/** What an event asks that is decided on the spot. */
function askedIn(moment: Moment, { at, event }: TimedEvent): Request | undefined {
  const question = askedBy(event);
  return question && factsOf(moment.session, lookAt(moment, at), question);
}

/** One of thousands in a long story: what it need not hold makes the whole simulation faster. */
class Played implements Stretch {
  readonly start: Instant;
  readonly program: Program;
  readonly session: Session;
  readonly clocks: DeviceClocks;
  readonly from: Milliseconds;
  readonly to: Milliseconds;
  readonly spans: readonly Span[];

  constructor({ start, program, session, clocks }: Moment, from: Milliseconds, to: Milliseconds, previous?: Stretch) {
    this.start = start;
    this.program = program;
    this.session = session;
    this.clocks = clocks;
    this.from = from;
    this.to = to;
    this.spans = spansOf(this, previous);
  }

  look(at: Milliseconds): ClockReading {
    return lookAt(this, at);
  }
}

function spansOf(stretch: Omit<Stretch, 'spans'>, previous: Stretch | undefined): readonly Span[] {
  const { from, to, session, program } = stretch;
  const look = (at: Milliseconds): ClockReading => stretch.look(at);
  const even = clockSpansOf(look, from, to);
  const cut = wipeEdges(stretch).reduce((spans, edge) => cutAtProven(look, spans, edge), even);
  let before = previous?.spans.at(-1)?.facts;
  let active = previous?.program;
  return cut.map(({ from: start, to: end, now, runs, proves, clock }) => {
    const facts = factsOf(session, clock, NOTHING_ASKED);
    const changed = changedSince(before, active, facts, program);
    [before, active] = [facts, program];
    return { from: start, to: end, now, runs, proves, facts, changed };
  });
}

/** The instants of proven time at which a wipe by age becomes certain. */
function wipeEdges({ program, session }: Moment): readonly Instant[] {
  const confirmedAt = session.accounts[session.selected]?.lastConfirmedAt;
  if (confirmedAt === undefined) return [];
  return program.wipes.map(({ maxAge }) => confirmedAt + maxAge + 1);
}
