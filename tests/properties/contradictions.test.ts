import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compile, permits, type Request } from 'latchkey';
import { load, normalize } from 'latchkey/load';

fc.configureGlobal({ seed: Number(process.env['PROPERTY_SEED'] ?? 20_261_120) });

const NOW = Date.parse('2026-03-02T08:00:00Z');
const HOUR = 3_600_000;

/** A few facts of few values, so that every assignment can be tried. */
const VALUES = {
  connectivity: ['online', 'offline', 'limited'],
  urgent: [true, false],
  job_value: [0, 1, 2, 3, 2.5],
  roles: [[], ['a'], ['b'], ['a', 'b']],
} as const;

const leaf = fc.oneof(
  fc.record({
    fact: fc.constant('connectivity'),
    operator: fc.constantFrom('equal', 'notEqual'),
    value: fc.constantFrom(...VALUES.connectivity),
  }),
  fc.record({
    fact: fc.constant('connectivity'),
    operator: fc.constantFrom('in', 'notIn'),
    value: fc.uniqueArray(fc.constantFrom(...VALUES.connectivity), { minLength: 1 }),
  }),
  fc.record({
    fact: fc.constant('urgent'),
    operator: fc.constantFrom('equal', 'notEqual'),
    value: fc.boolean(),
  }),
  fc.record({
    fact: fc.constant('job_value'),
    operator: fc.constantFrom(
      'equal',
      'notEqual',
      'lessThan',
      'lessThanInclusive',
      'greaterThan',
      'greaterThanInclusive',
    ),
    value: fc.constantFrom(1, 2, 3),
  }),
  fc.record({
    fact: fc.constant('permissions.roles'),
    operator: fc.constantFrom('contains', 'doesNotContain'),
    value: fc.constantFrom('a', 'b'),
  }),
);

const { group } = fc.letrec<{ group: unknown; node: unknown }>((tie) => ({
  group: fc.oneof(
    { depthSize: 'small' },
    fc.record({ all: fc.array(tie('node'), { minLength: 1, maxLength: 3 }) }),
    fc.record({ any: fc.array(tie('node'), { minLength: 1, maxLength: 2 }) }),
    fc.record({ not: tie('node') }),
    fc.record({ condition: fc.constantFrom('first', 'second') }),
  ),
  node: fc.oneof({ depthSize: 'small', withCrossShrink: true }, leaf, tie('group')),
}));
/** Named conditions refer to none. */
const flat = fc.oneof(fc.record({ all: fc.array(leaf, { minLength: 1, maxLength: 2 }) }), fc.record({ not: leaf }));

const hour = fc.integer({ min: 0, max: 23 }).map((at) => `${String(at).padStart(2, '0')}:00`);
const schedule = fc.record({
  kind: fc.constant('schedule'),
  timeZone: fc.constantFrom('Europe/Berlin', 'UTC'),
  windows: fc.array(
    fc.record({
      days: fc.uniqueArray(fc.constantFrom('mon', 'tue', 'sun'), { minLength: 1 }),
      start: hour,
      end: hour.map((end) => (end === '00:00' ? '24:00' : end)),
    }),
    { minLength: 1, maxLength: 2 },
  ),
});
const when = group.map((conditions) => ({ kind: 'when', conditions }));
/** One kind a document, so that every hour or every assignment of the facts is all there is to try. */
const documents = [schedule, when].map((kind: fc.Arbitrary<unknown>) => {
  const constraint = fc.oneof(
    kind,
    fc.array(kind, { minLength: 1, maxLength: 2 }).map((of) => ({ kind: 'anyOf', of })),
    fc.array(kind, { minLength: 1, maxLength: 2 }).map((of) => ({ kind: 'allOf', of })),
  );
  const constraints = fc.array(constraint, { maxLength: 2 });
  return fc
    .tuple(flat, flat, constraints, constraints, constraints, constraints)
    .map(([first, second, guards, internal, require, own]) => ({
      language: 1,
      id: 'sample',
      version: 1,
      facts: { urgent: { type: 'boolean' }, job_value: { type: 'number' } },
      conditions: { first, second },
      guards,
      sensitivity: { internal },
      tiers: [{ id: 'A', sensitivity: 'internal', require }],
      capabilities: [{ id: 'note.read', tier: 'A', access: 'read', require: own }],
    }));
});

const session = { authState: 'ACTIVE', sub: 'ann', lastConfirmedAt: NOW - HOUR };

/** Every hour of a week, and every assignment of the facts. */
function* requests(): Generator<Request> {
  for (let at = 0; at < 7 * 24; at++) yield requestWith(at, 'online', true, 2, ['a']);
  for (const connectivity of VALUES.connectivity)
    for (const urgent of VALUES.urgent)
      for (const value of VALUES.job_value)
        for (const roles of VALUES.roles) yield requestWith(0, connectivity, urgent, value, roles);
}

function requestWith(
  hours: number,
  connectivity: Request['connectivity'],
  urgent: boolean,
  value: number,
  roles: readonly string[],
): Request {
  return {
    capability: 'note.read',
    now: NOW + hours * HOUR,
    clock: { state: 'ok' },
    connectivity,
    session: session as NonNullable<Request['session']>,
    permissions: { roles },
    facts: { urgent, job_value: value },
  };
}

describe('what is reported as unsatisfiable', () => {
  it('is never permitted, whatever the facts and the hour', () => {
    let reported = 0;
    fc.assert(
      fc.property(fc.oneof(...documents), (written) => {
        const result = load(JSON.stringify(written));
        if (result.ok) return;
        const codes = new Set(result.diagnostics.map(({ code }) => code));
        if (codes.delete('unsatisfiable') && codes.size === 0) reported++;
        else return;
        const program = compile(normalize(written as unknown as Parameters<typeof normalize>[0]));
        for (const request of requests()) expect(permits(program, request)).toBe(false);
      }),
      { numRuns: 2000 },
    );
    expect(reported).toBeGreaterThan(300);
  });
});
