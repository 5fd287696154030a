import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { compile, decide, differs, type Program } from 'latchkey';
import { load, normalize, type PolicyDocument } from 'latchkey/load';
import {
  buffersOf,
  compact,
  expanded,
  loadTimeline,
  play,
  probeAt,
  simulate,
  simulationOf,
  storedAt,
  type LaneSegment,
  type Segment,
  type Simulation,
  type Stored,
  type Timeline,
} from 'latchkey/timeline';
import { describe, expect, test } from 'vitest';
import { policyDocument } from './arbitraries.ts';
import { Distribution } from './distribution.ts';
import { richDocument } from './rich-arbitraries.ts';
import { KINDS } from './rich-constraints.ts';
import { requestBy } from './naive-replay.ts';
import { storyOn } from './stories.ts';

const RUNS = {
  numRuns: Number(process.env['PROPERTY_RUNS'] ?? 300),
  seed: Number(process.env['PROPERTY_SEED'] ?? 20_260_302),
};

interface Case {
  readonly program: Program;
  readonly timeline: Timeline;
}

function programOf(text: string): Program {
  const loaded = load(text);
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.diagnostics));
  return compile(loaded.value.policy);
}

/** Without the proof that the policy can ever permit. */
function programFrom(document: object): Program {
  return compile(normalize({ ...(document as PolicyDocument), version: 1 }));
}

function timelineOf(document: unknown): Timeline {
  const loaded = loadTimeline(JSON.stringify(document));
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.diagnostics));
  return loaded.value;
}

function cases(program: fc.Arbitrary<Program>): fc.Arbitrary<Case> {
  return program.chain((program) => {
    const { id, capabilities } = program.policy;
    const names = capabilities.map((capability) => capability.id);
    return storyOn(id, names).map((document) => ({ program, timeline: timelineOf(document) }));
  });
}

const fieldService = programOf(readFileSync(new URL('../../policies/field-service/1.json', import.meta.url), 'utf8'));
const onFieldService = cases(fc.constant(fieldService));
const onSmallPolicies = cases(policyDocument.map((document) => programOf(JSON.stringify(document))));

const onRichPolicies = cases(richDocument(KINDS).map((document) => programFrom(document)));

type Piece = Segment | LaneSegment;

function lanesOf({ lanes, segments }: Simulation): readonly (readonly Piece[])[] {
  return [...Object.values<readonly LaneSegment[]>({ ...lanes }), ...Object.values(segments)];
}

/** Whether two pieces would have to be one. */
function alike(before: Piece, after: Piece): boolean {
  if ('value' in before || 'value' in after)
    return 'value' in before && 'value' in after && before.value === after.value;
  return !differs(before.decision, after.decision);
}

describe.each([
  ['field-service', onFieldService],
  ['small policies', onSmallPolicies],
  ['rich policies', onRichPolicies],
])('random timelines on %s', (name, anyCase) => {
  test('segments and lanes touch, are never empty, cover the timeline and differ from their neighbours', () => {
    fc.assert(
      fc.property(anyCase, ({ program, timeline }) => {
        const simulation = simulate([program], timeline);
        for (const lane of lanesOf(simulation)) {
          expect([lane[0]?.from, lane.at(-1)?.to]).toEqual([0, timeline.until]);
          expect(lane.filter(({ from, to }) => from >= to)).toEqual([]);
          const odd = lane.slice(1).filter((after, index) => {
            const before = lane[index] as Piece;
            return after.from !== before.to || alike(before, after);
          });
          expect(odd).toEqual([]);
        }
      }),
      RUNS,
    );
  });

  test('a decision inside a segment does not differ from the segment’s, wherever one looks', () => {
    const distribution = new Distribution();
    fc.assert(
      fc.property(
        anyCase,
        fc.array(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), { minLength: 4, maxLength: 4 }),
        ({ program, timeline }, dice) => {
          const simulation = simulate([program], timeline);
          for (const [capability, segments] of Object.entries(simulation.segments)) {
            const inside = segments.flatMap(({ from, to }) => [from, from + 1, to - 1]);
            const anywhere = dice.map((die) => Math.floor(die * timeline.until));
            for (const at of [...inside.filter((at) => at < timeline.until), ...anywhere]) {
              const segment = segments.find(({ from, to }) => from <= at && at < to) as Segment;
              const decision = decide(program, requestBy(program, timeline, at, capability));
              distribution.add(decision);
              const agrees =
                at === segment.from
                  ? JSON.stringify(decision) === JSON.stringify(segment.decision)
                  : !differs(decision, segment.decision);
              if (!agrees) expect({ at, decision }).toEqual({ at, decision: segment.decision });
              expect(agrees).toBe(true);
            }
          }
        },
      ),
      RUNS,
    );
    distribution.demand(`inside segments, ${name}`);
  });

  test('a probe foretells the end of the segment it looks into, and what comes then', () => {
    fc.assert(
      fc.property(anyCase, ({ program, timeline }) => {
        const playback = play([program], timeline);
        for (const [capability, segments] of Object.entries(simulationOf(playback).segments))
          segments.forEach(({ from, to }, index) => {
            const { next } = probeAt(playback, Math.floor((from + to) / 2), capability);
            const after = segments[index + 1];
            if (after === undefined) expect(next?.at ?? Infinity).toBeGreaterThanOrEqual(timeline.until);
            else expect(next).toMatchObject({ at: to, decision: { outcome: after.decision.outcome } });
          });
      }),
      RUNS,
    );
  });

  test('a run is a function of its programs and its timeline', () => {
    fc.assert(
      fc.property(anyCase, ({ program, timeline }) => {
        const again = simulate([compile(structuredClone(program.policy))], structuredClone(timeline));
        expect(JSON.stringify(again)).toBe(JSON.stringify(simulate([program], timeline)));
      }),
      { ...RUNS, numRuns: Math.ceil(RUNS.numRuns / 4) },
    );
  });

  test('a story broken off and taken up again from what was stored goes on as if it had not been', () => {
    fc.assert(
      fc.property(anyCase, fc.double({ min: 0, max: 1, noNaN: true }), ({ program, timeline }, die) => {
        const whole = simulate([program], timeline);
        const at = timeline.events[Math.floor(die * timeline.events.length)]?.at ?? 0;
        const stored = JSON.parse(JSON.stringify(storedAt(play([program], timeline), at))) as Stored;
        const rest = simulationOf(play([program], timeline, stored));
        const after = (pieces: readonly Piece[]) =>
          pieces.filter(({ to }) => to > at).map((piece) => ({ ...piece, from: Math.max(piece.from, at) }));
        expect(rest.attempts).toEqual(whole.attempts.slice(whole.attempts.length - rest.attempts.length));
        expect(rest.effects).toEqual(whole.effects.filter(({ at }) => at > stored.at));
        lanesOf(rest).forEach((lane, index) => {
          const expected = after(lanesOf(whole)[index] ?? []);
          expect(lane.map(({ from, to }) => [from, to])).toEqual(expected.map(({ from, to }) => [from, to]));
          expect(lane.every((piece, place) => alike(piece, expected[place] as Piece))).toBe(true);
        });
      }),
      RUNS,
    );
  });

  test('made compact, cloned and expanded again it is what it was', () => {
    fc.assert(
      fc.property(anyCase, ({ program, timeline }) => {
        const simulation = simulate([program], timeline);
        const small = compact(simulation);
        const arrived = structuredClone(small, { transfer: [...buffersOf(small)] });
        expect(small.from.byteLength).toBe(0);
        expect(JSON.stringify(expanded(arrived))).toBe(JSON.stringify(simulation));
      }),
      RUNS,
    );
  });

  test('a denied attempt leaves everything as it was', () => {
    let denied = 0;
    fc.assert(
      fc.property(anyCase, ({ program, timeline }) => {
        const simulation = simulate([program], timeline);
        const refused = simulation.attempts
          .filter(({ decision }) => decision.outcome !== 'permit' && decision.mode === 'enforce')
          .map(({ path }) => path);
        denied += refused.length;
        const events = timeline.events.filter(({ path }) => !refused.includes(path));
        const without = simulate([program], { ...timeline, events });
        expect(without.lanes).toEqual(simulation.lanes);
        expect(without.segments).toEqual(simulation.segments);
      }),
      RUNS,
    );
    expect(denied, 'too few denied attempts to prove anything').toBeGreaterThan(20);
  });
});
