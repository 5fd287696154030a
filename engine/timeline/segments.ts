/** One capability over time. */
import { decideAt } from '../decide.ts';
import type { Decision } from '../decision.ts';
import { differs } from '../next-change.ts';
import type { Program } from '../program.ts';
import type { Instant, Milliseconds, Request, Resource } from '../request.ts';
import { factsOf } from '../session/index.ts';
import type { Playback, Span, Stretch } from './playback.ts';
import { ALL_PARTS, NO_PARTS, partsRead, type Parts } from './reads.ts';
import type { Segment } from './simulation.ts';
import { nowIn } from './walk.ts';

/** What is asked about; the session and the clock give the rest of the request. */
export interface Question {
  readonly capability: string;
  readonly resource?: Resource;
  readonly interactive?: boolean;
}

/** A segment, and until when the last decision made in it holds by trusted time: Infinity for good. */
export interface Held extends Segment {
  readonly holdsUntil: Instant;
}

/** The exact request at a true time within the stretch. */
export function requestIn(stretch: Stretch, at: Milliseconds, question: Question): Request {
  return factsOf(stretch.session, stretch.look(at), question);
}

/** The question, with a span's facts. Spreading both would cost as much as deciding. */
function asking(facts: Request, { capability, resource, interactive }: Question): Request {
  const asked: { -readonly [Member in keyof Request]: Request[Member] } = { ...facts, capability };
  if (resource !== undefined) asked.resource = resource;
  if (interactive !== undefined) asked.interactive = interactive;
  return asked;
}

export function sameDecision(a: Decision, b: Decision): boolean {
  return a === b || !differs(a, b);
}

/** One question asked all along: the segments so far, the last decision, and what may have changed since. */
class Asked {
  readonly #question: Question;
  readonly #segments: Held[] = [];
  #program: Program | undefined;
  #reads: Parts = ALL_PARTS;
  #changed: Parts = NO_PARTS;
  /** The first decision of the segment that is still open, and since when. */
  #first: Decision | undefined;
  #from: Milliseconds = 0;
  /** At which trusted instant the last decision was made, and until when it holds if nothing but time changes. */
  #at: Instant = 0;
  #until: Instant = 0;

  constructor(question: Question) {
    this.#question = question;
  }

  /** Goes through a span, up to `end`. */
  pass(program: Program, span: Span, end: Milliseconds): void {
    this.#changed |= span.changed;
    if (program !== this.#program) this.#judgeBy(program);
    if ((this.#changed & this.#reads) === 0 && this.#holdsOver(span, end)) return;
    for (let at = span.from; at < end;) {
      const now = nowIn(span, at);
      const known = (this.#changed & this.#reads) === 0 && now >= this.#at && now < this.#until;
      if (!known) this.#decide(program, span, at, now);
      // Trusted time runs evenly here, so an instant ahead is as far off in true time.
      at = span.runs ? at + (this.#until - now) : end;
    }
  }

  /** The segments up to `to`. */
  closedAt(to: Milliseconds): readonly Held[] {
    const decision = this.#first;
    if (decision === undefined) return this.#segments;
    return [...this.#segments, { from: this.#from, to, decision, holdsUntil: this.#until }];
  }

  #judgeBy(program: Program): void {
    this.#program = program;
    this.#reads = partsRead(program, this.#question.capability);
    this.#changed = ALL_PARTS;
  }

  #holdsOver({ from, now, runs }: Span, end: Milliseconds): boolean {
    return now >= this.#at && (runs ? now + (end - from) <= this.#until : now < this.#until);
  }

  /** Decides anew. The exact request of an instant differs from the span's facts in nothing that counts. */
  #decide(program: Program, { facts }: Span, at: Milliseconds, now: Instant): void {
    const decision = decideAt(program, asking(facts, this.#question), now);
    const first = this.#first;
    if (first === undefined || differs(first, decision)) {
      if (first) this.#segments.push({ from: this.#from, to: at, decision: first, holdsUntil: this.#until });
      this.#first = decision;
      this.#from = at;
    }
    this.#at = now;
    this.#until = decision.validUntil ?? Infinity;
    this.#changed = NO_PARTS;
  }
}

/**
 * The segments of every question up to `to`: they touch, none is empty, neighbours differ. Decides only where something
 * that the capability depends on has changed, or where the last decision said that it may.
 */
export function segmentsOf(
  { stretches }: Playback,
  questions: readonly Question[],
  to: Milliseconds,
): readonly (readonly Held[])[] {
  const asked = questions.map((question) => new Asked(question));
  for (const { from, program, spans } of stretches) {
    if (from >= to) break;
    for (const span of spans) {
      const end = Math.min(span.to, to);
      if (span.from < end) for (const each of asked) each.pass(program, span, end);
    }
  }
  return asked.map((each) => each.closedAt(to));
}
