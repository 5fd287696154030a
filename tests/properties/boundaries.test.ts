import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { compile, type Explanation, type Program, type Request } from 'latchkey';
import { load, normalize, type PolicyDocument } from 'latchkey/load';
import {
  boundariesOf,
  limitsOf,
  loadTimeline,
  play,
  probeAt,
  simulationOf,
  type Boundary,
  type Limit,
  type Playback,
  type Timeline,
} from 'latchkey/timeline';
import { describe, expect, test } from 'vitest';
import { policyDocument } from './arbitraries.ts';
import { richDocument } from './rich-arbitraries.ts';
import { KINDS } from './rich-constraints.ts';
import { storyOn } from './stories.ts';

const RUNS = {
  numRuns: Number(process.env['PROPERTY_RUNS'] ?? 100),
  seed: Number(process.env['PROPERTY_SEED'] ?? 20_260_302),
};

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

function played(program: fc.Arbitrary<Program>): fc.Arbitrary<Playback> {
  return program.chain((program) => {
    const { id, capabilities } = program.policy;
    const names = capabilities.map((capability) => capability.id);
    return storyOn(id, names).map((document) => play([program], timelineOf(document)));
  });
}

const shipped = (id: string) =>
  fc.constant(programOf(readFileSync(new URL(`../../policies/${id}/1.json`, import.meta.url), 'utf8')));
const detailsOf = ({ raisedTo }: Limit) => (raisedTo === undefined ? {} : { resource: { sensitivity: raisedTo } });

/** Whether the limit is crossed at the first instant past it, or at the limit itself. */
function crossedAt({ limit, probes }: Boundary): number | undefined {
  return probes.find(({ past }) => past === (limit.inclusive ? 1 : 0))?.at;
}

describe.each([
  ['field-service', played(shipped('field-service'))],
  ['songbook', played(shipped('songbook'))],
  ['ward-rounds', played(shipped('ward-rounds'))],
  ['small policies', played(policyDocument.map((document) => programOf(JSON.stringify(document))))],
  ['rich policies', played(richDocument(KINDS).map((document) => programFrom(document)))],
])('boundaries of random timelines on %s', (_, anyPlayed) => {
  test('each probe is the decision that one finds by looking there', () => {
    let looked = 0;
    fc.assert(
      fc.property(anyPlayed, (playback) => {
        for (const { limit, probes } of boundariesOf(playback).reached)
          for (const { at, decision } of probes) {
            expect(decision).toEqual(probeAt(playback, at, limit.capability, detailsOf(limit)).decision);
            looked += 1;
          }
      }),
      RUNS,
    );
    expect(looked).toBeGreaterThan(RUNS.numRuns * 10);
  });

  test('each probe lies within the timeline, and as far from the limit as it says by the figures of the constraint', () => {
    let compared = 0;
    fc.assert(
      fc.property(anyPlayed, (playback) => {
        for (const { limit, probes } of boundariesOf(playback).reached) {
          expect(probes.map(({ past }) => past)).toEqual([...probes.map(({ past }) => past)].sort((a, b) => a - b));
          for (const { past, at } of probes) {
            expect(at).toBeGreaterThanOrEqual(0);
            expect(at).toBeLessThanOrEqual(playback.timeline.until);
            const { explanation } = probeAt(playback, at, limit.capability, detailsOf(limit));
            const margin = marginAt(explanation, limit);
            if (margin === undefined) continue;
            expect(margin + past).toBe(0);
            compared += 1;
          }
        }
      }),
      RUNS,
    );
    expect(compared).toBeGreaterThan(0);
  });

  test('whatever changes by time alone changes at a limit', () => {
    let changes = 0;
    fc.assert(
      fc.property(anyPlayed, (playback) => {
        const { reached } = boundariesOf(playback);
        const events = new Set(playback.timeline.events.map(({ at }) => at));
        for (const [capability, segments] of Object.entries(simulationOf(playback).segments)) {
          const own = reached.filter(({ limit }) => limit.capability === capability && limit.raisedTo === undefined);
          const crossings = new Set(own.map(crossedAt));
          const byTime = segments
            .slice(1)
            .filter(
              ({ from }) => !events.has(from) && !ahead(probeAt(playback, from - 1, capability).request, playback),
            );
          expect(byTime.filter(({ from }) => !crossings.has(from)).map(({ from }) => from)).toEqual([]);
          changes += byTime.length;
        }
      }),
      RUNS,
    );
    expect(changes).toBeGreaterThan(RUNS.numRuns / 4);
  });

  test('every limit is reached or not, and none is both', () => {
    fc.assert(
      fc.property(anyPlayed, (playback) => {
        const { reached, unreached } = boundariesOf(playback);
        const limits = playback.programs.flatMap(({ policy }) => limitsOf(policy));
        const told = [...new Set(reached.map(({ limit }) => limit)), ...unreached.map(({ limit }) => limit)];
        const texts = (list: readonly Limit[]) => list.map((limit) => JSON.stringify(limit)).sort();
        expect(texts(told)).toEqual(texts(limits));
      }),
      RUNS,
    );
  });
});

/** Whether a fact is dated so far ahead that it does not count yet; becoming good is no limit of a capability. */
function ahead({ now, session, stepUps = [], permissions, policy }: Request, { programs }: Playback): boolean {
  const tolerance = programs[0]?.policy.clock.tolerance ?? 0;
  const dates = [
    session?.lastConfirmedAt,
    session?.authTime,
    session?.lastActivityAt,
    permissions?.fetchedAt,
    policy?.issuedAt,
    ...stepUps.map(({ at }) => at),
  ];
  return dates.some((at) => at !== undefined && at > now + tolerance);
}

/** What is left of an age or a lifetime, by the figures that screens show; undefined where they tell of something else. */
function marginAt(explanation: readonly Explanation[], { path, measured, kind }: Limit): number | undefined {
  const found = explanation.flatMap(flattened).find((each) => each.path === path && each.kind === kind);
  const asked =
    kind === 'maxAge' || (kind === 'grant' && typeof found?.limit === 'number') || measured === 'accessTokenExpiry';
  return asked && found?.code !== 'online_required' ? found?.margin : undefined;
}

function flattened(explanation: Explanation): readonly Explanation[] {
  return [explanation, ...(explanation.of ?? []).flatMap(flattened)];
}
