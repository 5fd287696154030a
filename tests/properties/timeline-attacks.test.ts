/** What a thief of the device, or an impatient owner, gains by playing with its clock: nothing. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { compile, type Program } from 'latchkey';
import { load, normalize, type PolicyDocument } from 'latchkey/load';
import { loadTimeline, play, probeAt, simulate, simulationOf, stretches, type Timeline } from 'latchkey/timeline';
import { describe, expect, test } from 'vitest';
import { policyDocument } from './arbitraries.ts';
import { richDocument } from './rich-arbitraries.ts';
import { constraint, KINDS } from './rich-constraints.ts';
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

/** The guard that schedules are told to have beside them. */
const PROVEN = { kind: 'clock', is: 'proven' };

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

/** Random policies whose schedules are guarded, half of them with little else that could keep anybody out. */
const scheduled = fc
  .array(constraint({ kinds: ['schedule', 'maxAge'], writesOnly: false, harmless: true }), {
    minLength: 1,
    maxLength: 3,
  })
  .map((rules) => ({
    language: 1,
    id: 'hours',
    tiers: [{ id: 't', sensitivity: 'internal', require: [] }],
    capabilities: rules.map((rule, i) => ({ id: `c${i}`, tier: 't', access: 'read', require: [rule] })),
  }));
const guarded = fc.oneof(scheduled, richDocument(KINDS.filter((kind) => kind !== 'when'))).map((document) => {
  const { guards = [], ...rest } = document as PolicyDocument;
  return compile(normalize({ ...rest, version: 1, guards: [...guards, PROVEN] } as PolicyDocument));
});

/** Small moves of the clock: most stay within what a proven clock tolerates, or come back to it. */
const minutes = fc.integer({ min: -12, max: 12 }).map((each) => [each]);
const nudges = fc
  .tuple(
    fc.double({ min: 0, max: 0.5, noNaN: true }),
    fc.oneof(minutes, fc.constantFrom([5], [3], [10, -5], [8, -3], [5, -10, 10])),
  )
  .map(([share, deltas]) => deltas.map((delta, i) => ({ share: share + i / 1e6, delta: delta * 60_000 })));

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

describe('a schedule beside “clock proven”', () => {
  test('opens no earlier than twice the tolerance, whatever is done to the clock', () => {
    let early = 0;
    fc.assert(
      fc.property(cases(guarded), nudges, ({ program, timeline }, moves) => {
        // An attempt that is permitted early is activity, and what it prolongs has nothing to do with the clock.
        const events = timeline.events.filter(({ event }) => event.type !== 'attempt');
        const plain = honest({ ...timeline, events });
        const slack = 2 * program.policy.clock.tolerance;
        const openings = openingsOf(program, { ...plain, until: plain.until + slack });
        const found = stretches(simulate([program], plain), simulate([program], attacked(plain, moves)));
        for (const { newlyPermitted } of Object.values(found))
          for (const { from, to } of newlyPermitted) {
            expect(explained(openings, from, to, slack), `${from} to ${to}`).toBe(true);
            early += 1;
          }
      }),
      RUNS,
    );
    expect(early, 'nothing ever opened early').toBeGreaterThan(0);
  });

  test.each([
    ['the tolerance', ['5m'], '09:55'],
    ['a millisecond more', ['5m1ms'], undefined],
    ['twice the tolerance, half of it taken back', ['10m', '-5m'], '09:50'],
    ['more than that', ['10m1ms', '-5m'], undefined],
    ['an hour, taken back', ['1h', '-1h'], undefined],
  ])('set forward by %s', (_, deltas, opens) => {
    const window = { days: ['mon'], start: '10:00', end: '12:00' };
    const schedule = { kind: 'schedule', timeZone: 'UTC', windows: [window] };
    const program = programOf(
      JSON.stringify({
        language: 1,
        id: 'shop',
        version: 1,
        guards: [PROVEN],
        tiers: [{ id: 't', sensitivity: 'internal', require: [schedule] }],
        capabilities: [{ id: 'till.open', tier: 't', access: 'write' }],
      }),
    );
    const moves = deltas.map((delta, i) => ({ at: `${30 + i}m`, type: 'clock-change', delta }));
    const loaded = loadTimeline(
      JSON.stringify({
        timeline: 1,
        title: 'before opening',
        policy: 'shop',
        start: '2026-03-02T08:00:00Z',
        until: '6h',
        session: { sub: 'u-1' },
        events: [{ at: '0s', type: 'session-established', amr: ['pwd'] }, ...moves],
      }),
    );
    if (!loaded.ok) throw new Error(JSON.stringify(loaded.diagnostics));
    const { segments } = simulate([program], loaded.value);
    const open = segments['till.open']?.find(({ decision }) => decision.outcome === 'permit');
    expect(open && new Date(loaded.value.start + open.from).toISOString().slice(11, 16)).toBe(opens);
  });
});

/** When each schedule of the policy begins to be open, by an honest clock. */
function openingsOf({ policy }: Program, timeline: Timeline): readonly number[] {
  const schedules = schedulesIn([policy.guards, policy.sensitivity, policy.tiers, policy.capabilities]);
  const capabilities = schedules.map((schedule, i) => ({
    id: `s${i}`,
    tier: 't',
    access: 'read',
    require: [schedule],
  }));
  const program = compile(
    normalize({
      language: 1,
      id: policy.id,
      version: 1,
      tiers: [{ id: 't', sensitivity: 'internal', require: [] }],
      capabilities,
    } as unknown as PolicyDocument),
  );
  const first = { at: 0, event: { type: 'session-established' as const, sub: 'u', amr: ['pwd'] }, path: '' };
  const zones = timeline.events.filter(({ event }) => event.type === 'time-zone-change');
  const { segments } = simulate([program], { ...timeline, events: [first, ...zones], expect: [] });
  const open = Object.values(segments).flat();
  return open.filter(({ decision }) => decision.outcome === 'permit').map(({ from }) => from);
}

function schedulesIn(value: unknown): readonly object[] {
  if (typeof value !== 'object' || value === null) return [];
  if ('kind' in value && value.kind === 'schedule') return [value];
  return Object.values(value).flatMap(schedulesIn);
}

/** Whether every instant of [from, to) is at most `slack` before something opens. */
function explained(openings: readonly number[], from: number, to: number, slack: number): boolean {
  const next = Math.max(...openings.filter((each) => each > from && each <= from + slack));
  return next >= to || (next > from && explained(openings, next, to, slack));
}
