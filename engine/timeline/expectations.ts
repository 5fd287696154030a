/** What a person expects of a timeline, held against what happens. */
import type { Decision } from '../decision.ts';
import type { Milliseconds } from '../request.ts';
import { askedBy } from './asked.ts';
import type { Playback } from './playback.ts';
import { sameDecision, segmentsOf, type Question } from './segments.ts';
import type { AttemptResult, ExpectationResult, Segment } from './simulation.ts';
import type { Expectation, Expected } from './timeline.ts';
import { indexAt } from './walk.ts';

/** Every expectation, attempts first, in document order. */
export function expectationsOf(
  playback: Playback,
  plain: ReadonlyMap<string, readonly Segment[]>,
): readonly ExpectationResult[] {
  const { timeline, attempts } = playback;
  const cached = new Map<string, readonly Segment[]>();
  const segmentsFor = (question: Question): readonly Segment[] => {
    const { capability, resource, interactive } = question;
    const known = resource === undefined && interactive === undefined ? plain.get(capability) : undefined;
    if (known !== undefined) return known;
    const key = JSON.stringify([capability, resource, interactive]);
    // One past `until`, which expectations include.
    const segments = cached.get(key) ?? segmentsOf(playback, [question], timeline.until + 1)[0] ?? [];
    cached.set(key, segments);
    return segments;
  };
  const expecting = timeline.events.filter(({ expect }) => expect !== undefined);
  const tried = new Map(expecting.length === 0 ? [] : attempts.map((attempt) => [attempt.path, attempt]));
  return [
    ...expecting.flatMap(({ event, expect, path }) => {
      const [question, attempt] = [askedBy(event), tried.get(path)];
      if (question === undefined || expect === undefined || attempt === undefined) return [];
      return [attemptResult(expect, `${path}/expect`, attempt, segmentsFor(questionOf(question)))];
    }),
    ...timeline.expect.map((expectation) => expectationResult(expectation, segmentsFor(questionOf(expectation)))),
  ];
}

function questionOf({ capability, resource, interactive }: Question): Question {
  return {
    capability,
    ...(resource === undefined ? {} : { resource }),
    ...(interactive === undefined ? {} : { interactive }),
  };
}

function expectationResult(expectation: Expectation, segments: readonly Segment[]): ExpectationResult {
  const from = expectation.at ?? expectation.from ?? 0;
  const to = expectation.at ?? expectation.to ?? from;
  const during = segments.slice(indexAt(segments, from), indexAt(segments, to) + 1);
  const failing = during.find(({ decision }) => !meets(decision, expectation));
  const shown = failing ?? during[0];
  if (shown === undefined) throw new TypeError(`the expectation at ${expectation.path} lies outside the timeline`);
  return {
    path: expectation.path,
    ok: failing === undefined,
    at: Math.max(from, shown.from),
    expected: expectedOf(expectation.capability, expectation),
    actual: shown.decision,
    since: shown.from,
  };
}

function attemptResult(
  expect: Expected,
  path: string,
  { at, capability, decision }: AttemptResult,
  segments: readonly Segment[],
): ExpectationResult {
  return {
    path,
    ok: meets(decision, expect),
    at,
    expected: expectedOf(capability, expect),
    actual: decision,
    since: sinceWhen(decision, at, segments),
  };
}

/** An attempt may see a state between two events of one time, which no segment shows. */
function sinceWhen(decision: Decision, at: Milliseconds, segments: readonly Segment[]): Milliseconds {
  const after = indexAt(segments, at);
  const around = segments.slice(Math.max(0, after - 1), after + 1).filter(({ to }) => to >= at);
  return around.find((segment) => sameDecision(segment.decision, decision))?.from ?? at;
}

function meets(decision: Decision, { outcome, reason, obligations }: Expected): boolean {
  if (outcome !== undefined && decision.outcome !== outcome) return false;
  if (reason !== undefined && decision.reason !== reason) return false;
  return (
    obligations === undefined ||
    sameSet(
      decision.obligations.map(({ type }) => type),
      obligations,
    )
  );
}

function sameSet(a: readonly string[], b: readonly string[]): boolean {
  return a.every((each) => b.includes(each)) && b.every((each) => a.includes(each));
}

function expectedOf(
  capability: string,
  { outcome, reason, obligations, because }: Expected,
): ExpectationResult['expected'] {
  return {
    capability,
    ...(outcome === undefined ? {} : { outcome }),
    ...(reason === undefined ? {} : { reason }),
    ...(obligations === undefined ? {} : { obligations }),
    ...(because === undefined ? {} : { because }),
  };
}
