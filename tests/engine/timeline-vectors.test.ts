import { readFileSync } from 'node:fs';
import { compile, type Program } from 'latchkey';
import { load } from 'latchkey/load';
import { checkTimeline, loadTimeline, simulate, type Segment, type Simulation, type Timeline } from 'latchkey/timeline';
import { describe, expect, test } from 'vitest';

type Stretch = readonly [from: number, to: number, ...value: readonly (string | null)[]];

interface Vector {
  readonly name: string;
  readonly policies: readonly string[];
  readonly timeline: unknown;
  readonly expect: {
    readonly segments?: Readonly<Record<string, readonly Stretch[]>>;
    readonly lanes?: Readonly<Record<string, readonly Stretch[]>>;
    readonly attempts?: readonly (readonly [at: number, capability: string, outcome: string, reason: string | null])[];
  };
}

interface Vectors {
  readonly policies: Readonly<Record<string, unknown>>;
  readonly vectors: readonly Vector[];
}

function read<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`../vectors/${name}.json`, import.meta.url), 'utf8')) as T;
}

const { policies, vectors } = read<Vectors>('timelines');
/** By file: vectors that do not pass yet, with the event or kind each waits for. */
const pending = read<Readonly<Record<string, Readonly<Record<string, string>>>>>('pending')['timelines'] ?? {};
const waits = ({ name }: Vector): boolean => Object.hasOwn(pending, name);

describe('timelines vectors', () => {
  test.each(vectors.filter((vector) => !waits(vector)))('$name', run);

  test.each(vectors.filter(waits))('pending: $name', (vector) => {
    expect(() => run(vector)).toThrow();
  });

  test('pending names only vectors that exist', () => {
    expect(vectors.map(({ name }) => name)).toEqual(expect.arrayContaining(Object.keys(pending)));
  });
});

function run(vector: Vector): void {
  const programs = vector.policies.map(programOf);
  const timeline = timelineOf(vector.timeline);
  expect(checkTimeline(timeline, programs)).toEqual([]);
  const simulation = simulate(programs, timeline);
  const { segments = {}, lanes = {}, attempts } = vector.expect;
  for (const [capability, stretches] of Object.entries(segments))
    expect(joined(simulation.segments[capability] ?? []), capability).toEqual(stretches);
  for (const [lane, stretches] of Object.entries(lanes)) expect(laneOf(simulation, lane), lane).toEqual(stretches);
  if (attempts !== undefined)
    expect(
      simulation.attempts.map(({ at, capability, decision }) => [at, capability, decision.outcome, decision.reason]),
    ).toEqual(attempts);
  expect(simulation.expectations.filter(({ ok }) => !ok)).toEqual([]);
}

function programOf(name: string): Program {
  const loaded = load(JSON.stringify(policies[name]));
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.diagnostics));
  return compile(loaded.value.policy);
}

function timelineOf(document: unknown): Timeline {
  const loaded = loadTimeline(JSON.stringify(document));
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.diagnostics));
  return loaded.value;
}

/** Neighbours of one outcome and primary reason joined: warnings and obligations do not cut. */
function joined(segments: readonly Segment[]): readonly Stretch[] {
  return segments.reduce<readonly Stretch[]>((all, { from, to, decision: { outcome, reason } }) => {
    const last = all.at(-1);
    if (last === undefined || last[2] !== outcome || last[3] !== reason) return [...all, [from, to, outcome, reason]];
    return [...all.slice(0, -1), [last[0], to, outcome, reason]];
  }, []);
}

function laneOf({ lanes }: Simulation, name: string): readonly Stretch[] {
  const lane = lanes[name as keyof Simulation['lanes']];
  return lane.map(({ from, to, value }) => [from, to, value] as const);
}
