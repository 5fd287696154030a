import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { compile, type Program } from 'latchkey';
import { load } from 'latchkey/load';
import {
  boundaries,
  checkTimeline,
  limitsOf,
  loadTimeline,
  PRESETS,
  simulate,
  type Limit,
  type Simulation,
  type Timeline,
} from 'latchkey/timeline';
import { describe, expect, test } from 'vitest';
import { policyDocument } from './arbitraries.ts';
import { richDocument } from './rich-arbitraries.ts';
import { KINDS } from './rich-constraints.ts';

const RUNS = {
  numRuns: Number(process.env['PROPERTY_RUNS'] ?? 200),
  seed: Number(process.env['PROPERTY_SEED'] ?? 20_260_302),
};

function programOf(text: string): Program | undefined {
  const loaded = load(text);
  return loaded.ok ? compile(loaded.value.policy) : undefined;
}

function timelineOf(text: string): Timeline {
  const loaded = loadTimeline(text);
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.diagnostics));
  expect(loaded.warnings).toEqual([]);
  return loaded.value;
}

const shipped = ['field-service', 'songbook', 'ward-rounds'].map((id) => {
  const program = programOf(readFileSync(new URL(`../../policies/${id}/1.json`, import.meta.url), 'utf8'));
  if (program === undefined) throw new Error(id);
  return program;
});
const loadable = (document: fc.Arbitrary<object>) =>
  document.map((each) => programOf(JSON.stringify(each))).filter((program) => program !== undefined);
const anyProgram = fc.oneof(
  { weight: 1, arbitrary: fc.constantFrom(...shipped) },
  { weight: 4, arbitrary: loadable(policyDocument) },
  { weight: 4, arbitrary: loadable(richDocument(KINDS)) },
);

const keyOf = (limit: Limit) => JSON.stringify(limit);

describe.each(PRESETS)('the preset “$title” on random policies', (preset) => {
  test('loads, fits the policy, runs, and probes every limit that its story can reach', () => {
    const seen = { limits: 0, attempted: 0, touched: 0 };
    fc.assert(
      fc.property(anyProgram, (program) => {
        const text = preset.timelineFor(program.policy);
        const timeline = timelineOf(text);
        expect(checkTimeline(timeline, [program], text)).toEqual([]);
        expect(timeline.expect.length + timeline.events.filter((event) => event.expect).length).toBe(0);
        const simulation = simulate([program], timeline);
        const { reached } = boundaries([program], timeline);
        const whole = new Set(reached.filter(({ probes }) => probes.length === 3).map(({ limit }) => keyOf(limit)));
        const counted = new Set(reached.map(({ limit }) => keyOf(limit)));
        const missed = limitsOf(program.policy)
          .filter((limit) => !(limit.measured === 'uses' ? counted : whole).has(keyOf(limit)))
          .filter((limit) => !excused(limit, simulation));
        expect(missed.map((limit) => `${limit.measured} ${limit.pointer}`)).toEqual([]);
        const attempts = new Set(
          timeline.events.flatMap(({ at, event }) => (event.type === 'attempt' ? [`${at} ${event.capability}`] : [])),
        );
        const attempted = (every: 'every' | 'some') =>
          reached.filter(({ probes, limit }) => probes[every](({ at }) => attempts.has(`${at} ${limit.capability}`)));
        seen.limits += counted.size;
        seen.attempted += new Set(attempted('every').map(({ limit }) => keyOf(limit))).size;
        seen.touched += new Set(attempted('some').map(({ limit }) => keyOf(limit))).size;
      }),
      RUNS,
    );
    const { limits, attempted, touched } = seen;
    console.log(`${preset.name}: of ${limits} limits ${attempted} attempted on either side, ${touched} on one`);
    // An attempt that is permitted is activity and a use, and can move a limit out of reach. There a preset makes only
    // those that are refused, or none, and leaves the rest to `boundaries`, which asks without attempting anything.
    expect(attempted / limits).toBeGreaterThan(0.8);
    expect(touched / limits).toBeGreaterThan(0.85);
  });
});

/** A quota is out of reach where something else refuses a use before it, or where it is too long to use up. */
function excused({ measured, capability, uses = 0 }: Limit, { attempts }: Simulation): boolean {
  const own = attempts.filter((attempt) => attempt.capability === capability);
  const refused = own.findIndex(({ decision }) => decision.outcome !== 'permit');
  return measured === 'uses' && (uses > 250 || own[refused]?.decision.reason !== 'quota_exhausted');
}
