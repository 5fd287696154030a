/** What a thief of the device, or an impatient owner, gains by playing with its clock: nothing. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { compile, type Program } from 'latchkey';
import { load, normalize, type PolicyDocument } from 'latchkey/load';
import { loadTimeline, play, probeAt, simulate, simulationOf, stretches, type Timeline } from 'latchkey/timeline';
import { describe, expect, test } from 'vitest';
import { policyDocument } from './arbitraries.ts';
import { richDocument } from './rich-arbitraries.ts';
import { KINDS } from './rich-constraints.ts';
import { storyOn } from './stories.ts';

const RUNS = {
  numRuns: Number(process.env['PROPERTY_RUNS'] ?? 300),
  seed: Number(process.env['PROPERTY_SEED'] ?? 20_260_302),
};
const HOUR = 3_600_000;

/** Events that leave proven time in doubt, or that set the clock by themselves. */
const DOUBTFUL = new Set(['sleep', 'wake', 'reboot', 'clock-change']);
/** Schedules go by the wall clock, and a condition may ask whether the clock is in doubt. */
const HARMLESS = KINDS.filter((kind) => kind !== 'schedule' && kind !== 'when');

interface Case {
  readonly program: Program;
  readonly timeline: Timeline;
}

function cases(programs: fc.Arbitrary<Program>): fc.Arbitrary<Case> {
  return programs.chain((program) => {
    const { id, capabilities } = program.policy;
    return storyOn(
      id,
      capabilities.map((capability) => capability.id),
    ).map((document) => {
      const loaded = loadTimeline(JSON.stringify(document));
      if (!loaded.ok) throw new Error(JSON.stringify(loaded.diagnostics));
      return { program, timeline: loaded.value };
    });
  });
}

function programOf(text: string): Program {
  const loaded = load(text);
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.diagnostics));
  return compile(loaded.value.policy);
}

const fieldService = programOf(readFileSync(new URL('../../policies/field-service/1.json', import.meta.url), 'utf8'));
const small = policyDocument.map((document) => programOf(JSON.stringify(document)));
const rich = richDocument(HARMLESS).map((document) =>
  compile(normalize({ ...(document as PolicyDocument), version: 1 })),
);

/** Times in a story at which somebody sets the wall clock, and by how much. */
const attack = fc.array(
  fc.record({
    share: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
    delta: fc.oneof(fc.integer({ min: -400 * HOUR, max: 400 * HOUR }), fc.constantFrom(-1, 1, -5 * 60_000, 5 * 60_000)),
  }),
  { minLength: 1, maxLength: 4 },
);

type Attack = typeof attack extends fc.Arbitrary<infer T> ? T : never;

function honest({ events, ...rest }: Timeline): Timeline {
  return { ...rest, events: events.filter(({ event }) => !DOUBTFUL.has(event.type)) };
}

function attacked(timeline: Timeline, moves: Attack): Timeline {
  const added = moves
    .filter(({ delta }) => delta !== 0)
    .map(({ share, delta }) => ({
      at: Math.floor(share * timeline.until),
      event: { type: 'clock-change' as const, delta },
      path: '',
    }));
  return { ...timeline, events: [...timeline.events, ...added].sort((a, b) => a.at - b.at) };
}

describe.each([
  ['field-service', cases(fc.constant(fieldService))],
  ['small policies', cases(small)],
  ['rich policies', cases(rich)],
])('on %s', (_, anyCase) => {
  test('without sleep or reboot no setting of the clock permits what an honest clock does not', () => {
    let refused = 0;
    fc.assert(
      fc.property(anyCase, attack, ({ program, timeline }, moves) => {
        const plain = honest(timeline);
        const before = simulate([program], plain);
        const after = simulate([program], attacked(plain, moves));
        for (const [capability, { newlyPermitted, newlyDenied }] of Object.entries(stretches(before, after))) {
          expect(newlyPermitted.map(({ from, to }) => [capability, from, to])).toEqual([]);
          refused += newlyDenied.length;
        }
      }),
      RUNS,
    );
    expect(refused, 'no attack made any difference').toBeGreaterThan(20);
  });

  test('whatever is done to the clock, nothing is wiped without proof', () => {
    fc.assert(
      fc.property(anyCase, attack, ({ program, timeline }, moves) => {
        const playback = play([program], attacked(timeline, moves));
        for (const [capability, segments] of Object.entries(simulationOf(playback).segments))
          for (const { from, decision } of segments) {
            if (!decision.obligations.some(({ type }) => type === 'wipe')) continue;
            const { clock, session } = probeAt(playback, from, capability).request;
            const proven = (clock.provenNow ?? -Infinity) - (session?.lastConfirmedAt ?? Infinity);
            expect(program.wipes.some(({ maxAge }) => proven > maxAge)).toBe(true);
          }
      }),
      RUNS,
    );
  });
});
