import fc from 'fast-check';
import { compile, type Decision, type Program } from 'latchkey';
import { normalize, type PolicyDocument } from 'latchkey/load';
import { loadTimeline, play, probeAt, simulationOf, stretches, type Playback, type Timeline } from 'latchkey/timeline';
import { describe, expect, test } from 'vitest';
import { policyDocument } from './arbitraries.ts';
import { richDocument } from './rich-arbitraries.ts';
import { KINDS } from './rich-constraints.ts';
import { storyOn } from './stories.ts';

const RUNS = {
  numRuns: Number(process.env['PROPERTY_RUNS'] ?? 100),
  seed: Number(process.env['PROPERTY_SEED'] ?? 20_260_302),
};
const RANKS = { deny: 0, challenge: 1, permit: 2 } as const;
const rankOf = (decision: Decision | null) => RANKS[decision?.outcome ?? 'deny'];

function programFrom(document: object, version: number): Program {
  return compile(normalize({ ...(document as PolicyDocument), id: 'p', version }));
}

function timelineOf(document: unknown, version: number): Timeline {
  const loaded = loadTimeline(JSON.stringify(document));
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.diagnostics));
  return { ...loaded.value, version };
}

interface Pair {
  readonly before: Playback;
  readonly after: Playback;
}

/** Two versions on one story that knows only the capability both have. */
function pairs(document: fc.Arbitrary<object>): fc.Arbitrary<Pair> {
  return fc.record({ one: document, other: document, story: storyOn('p', ['it']) }).map(({ one, other, story }) => {
    // What activates version 1 in the first run activates the other's own version in the second.
    const again = JSON.parse(JSON.stringify(story).replaceAll('"version":1', '"version":2')) as unknown;
    return {
      before: play([programFrom(one, 1)], timelineOf(story, 1)),
      after: play([programFrom(other, 2)], timelineOf(again, 2)),
    };
  });
}

describe.each([
  ['small policies', pairs(policyDocument)],
  ['rich policies', pairs(richDocument(KINDS))],
])('two versions of %s on one timeline', (_, anyPair) => {
  test('a stretch is newly permitted or denied exactly where one finds it so by looking', () => {
    const seen = { higher: 0, lower: 0, equal: 0 };
    const look = (playback: Playback, at: number, capability: string) =>
      playback.programs[0]?.capabilities.has(capability) === true ? probeAt(playback, at, capability).decision : null;
    fc.assert(
      fc.property(anyPair, fc.array(fc.nat(), { maxLength: 5 }), ({ before, after }, anywhere) => {
        const { until } = before.timeline;
        const runs = [simulationOf(before), simulationOf(after)] as const;
        for (const [capability, { newlyPermitted, newlyDenied }] of Object.entries(stretches(...runs))) {
          const edges = runs.flatMap(({ segments }) =>
            (segments[capability] ?? []).flatMap(({ from }) => [from - 1, from]),
          );
          const instants = [...edges, ...anywhere.map((each) => each % until)].filter((at) => at >= 0 && at < until);
          for (const at of instants) {
            const difference = rankOf(look(after, at, capability)) - rankOf(look(before, at, capability));
            const inside = (list: typeof newlyDenied) => list.some(({ from, to }) => from <= at && at < to);
            expect([inside(newlyPermitted), inside(newlyDenied)]).toEqual([difference > 0, difference < 0]);
            seen[difference > 0 ? 'higher' : difference < 0 ? 'lower' : 'equal'] += 1;
          }
          for (const { from, before: was, after: is } of [...newlyPermitted, ...newlyDenied])
            expect([rankOf(was), rankOf(is)]).toEqual([
              rankOf(look(before, from, capability)),
              rankOf(look(after, from, capability)),
            ]);
        }
      }),
      RUNS,
    );
    for (const count of Object.values(seen)) expect(count).toBeGreaterThan(RUNS.numRuns / 5);
  });

  test('stretches are in order, never empty, and as long as one pair of outcomes holds', () => {
    fc.assert(
      fc.property(anyPair, ({ before, after }) => {
        const found = stretches(simulationOf(before), simulationOf(after));
        for (const list of Object.values(found).flatMap(({ newlyPermitted, newlyDenied }) => [
          newlyPermitted,
          newlyDenied,
        ])) {
          expect(list.filter(({ from, to }) => from >= to)).toEqual([]);
          const odd = list.slice(1).filter((piece, index) => {
            const last = list[index];
            if (last === undefined || last.to > piece.from) return true;
            const alike = rankOf(last.before) === rankOf(piece.before) && rankOf(last.after) === rankOf(piece.after);
            return last.to === piece.from && alike;
          });
          expect(odd).toEqual([]);
        }
      }),
      RUNS,
    );
  });

  test('the other way round, what was newly permitted is newly denied', () => {
    fc.assert(
      fc.property(anyPair, ({ before, after }) => {
        const [one, two] = [simulationOf(before), simulationOf(after)];
        const there = stretches(one, two);
        const back = stretches(two, one);
        for (const [capability, { newlyPermitted, newlyDenied }] of Object.entries(there)) {
          const times = (list: typeof newlyDenied | undefined) => list?.map(({ from, to }) => [from, to]);
          expect(times(back[capability]?.newlyDenied)).toEqual(times(newlyPermitted));
          expect(times(back[capability]?.newlyPermitted)).toEqual(times(newlyDenied));
        }
        expect(
          Object.values(stretches(one, one)).flatMap((each) => [...each.newlyPermitted, ...each.newlyDenied]),
        ).toEqual([]);
      }),
      RUNS,
    );
  });
});

test('runs that do not cover the same time cannot be compared', () => {
  const document = {
    language: 1,
    tiers: [{ id: 't', sensitivity: 'public', require: [] }],
    capabilities: [{ id: 'it', tier: 't', access: 'read' }],
  };
  const story = { timeline: 1, title: 'T', policy: 'p', start: '2026-03-02T08:00:00Z', events: [] };
  const run = (until: string) => simulationOf(play([programFrom(document, 1)], timelineOf({ ...story, until }, 1)));
  expect(() => stretches(run('1h'), run('2h'))).toThrow(TypeError);
});
