/** A program in json-rules-engine: what the engine says is what `permits` says. */
import fc from 'fast-check';
import { Engine } from 'json-rules-engine';
import { compile, decide, permits, type Decision, type Program, type Request } from 'latchkey';
import { DECISION_FACT, REQUEST_FACT, toEngine } from 'latchkey/interop/json-rules-engine';
import { load } from 'latchkey/load';
import { describe, expect, test } from 'vitest';
import { richDocument } from '../properties/rich-arbitraries.ts';
import { KINDS } from '../properties/rich-constraints.ts';
import { richRequest } from '../properties/rich-requests.ts';

const SEED = Number(process.env['PROPERTY_SEED'] ?? 20_261_120);

function programOf(document: object): Program | undefined {
  const loaded = load(JSON.stringify(document));
  if (loaded.ok) return compile(loaded.value.policy);
  // One that can never permit is refused, and nothing else may be.
  expect(loaded.diagnostics.map(({ code }) => code)).toContain('unsatisfiable');
  return undefined;
}

const NOW = Date.parse('2026-03-02T08:00:00.000Z');
const request = {
  now: NOW,
  clock: { state: 'ok' },
  connectivity: 'offline',
  session: { authState: 'ACTIVE', sub: 'u-1', lastConfirmedAt: NOW - 1000 },
  facts: { job_value: 40 },
};
const program = compileOf({
  language: 1,
  id: 'field',
  version: 1,
  facts: { job_value: { type: 'number' }, trained: { type: 'boolean' }, unread: { type: 'string' } },
  conditions: { small: { all: [{ fact: 'job_value', operator: 'lessThan', value: 100 }] } },
  sensitivity: { restricted: [{ kind: 'online' }] },
  tiers: [
    { id: 'desk', sensitivity: 'internal', require: [{ kind: 'maxAge', of: 'serverConfirmation', limit: '1h' }] },
  ],
  capabilities: [
    { id: 'view', tier: 'desk', access: 'read' },
    {
      id: 'pay',
      tier: 'desk',
      access: 'write',
      require: [
        {
          kind: 'anyOf',
          of: [{ kind: 'online' }, { kind: 'when', conditions: { condition: 'small' } }],
        },
      ],
    },
    {
      id: 'drive',
      tier: 'desk',
      access: 'read',
      require: [{ kind: 'when', conditions: { not: { fact: 'trained', operator: 'equal', value: false } } }],
    },
  ],
});

function compileOf(document: object): Program {
  const made = programOf(document);
  if (made === undefined) throw new Error('the policy can never permit');
  return made;
}

interface Ran {
  readonly permitted: readonly string[];
  readonly decisions: ReadonlyMap<string, Decision>;
}

async function run(engine: Engine, facts: Record<string, unknown>): Promise<Ran> {
  const { events, failureEvents } = await engine.run(facts);
  const decisions = [...events, ...failureEvents].map(
    ({ params }) => [String(params?.['capability']), params?.['decision'] as Decision] as const,
  );
  return { permitted: events.map(({ params }) => String(params?.['capability'])), decisions: new Map(decisions) };
}

describe('a run', () => {
  test('permits what the program does, and gives the whole decision on each capability', async () => {
    const { permitted, decisions } = await run(toEngine(program, Engine), { [REQUEST_FACT]: request });
    expect(permitted.toSorted()).toEqual(['pay', 'view']);
    for (const [capability, decision] of decisions)
      expect(decision).toEqual(decide(program, { ...request, capability } as Request));
    expect(decisions.get('drive')?.reasons).toEqual([{ code: 'fact_missing', path: '/capabilities/2/require/0' }]);
  });

  test('a fact may be fetched, and one fetched late is as good as one given', async () => {
    const engine = toEngine(program, Engine);
    let fetched = 0;
    engine.addFact('trained', async () => {
      fetched += 1;
      return Promise.resolve(true);
    });
    expect((await run(engine, { [REQUEST_FACT]: request })).permitted).toContain('drive');
    expect(fetched).toBe(1);
  });

  test('a fact of the run stands in for the one in the request', async () => {
    const { permitted } = await run(toEngine(program, Engine), { [REQUEST_FACT]: request, job_value: 400 });
    expect(permitted).toEqual(['view']);
  });

  test('a fetched fact of another type is unknown, and so is what is said of it under `not`', async () => {
    const { decisions } = await run(toEngine(program, Engine), { [REQUEST_FACT]: request, trained: 'yes' });
    expect(decisions.get('drive')?.reason).toBe('fact_invalid');
  });

  test('facts that no rule needs are never fetched', async () => {
    const engine = toEngine(program, Engine, { capabilities: ['view', 'pay'] });
    engine.addFact('trained', () => Promise.reject(new Error('fetched')));
    engine.addFact('unread', () => Promise.reject(new Error('fetched')));
    expect((await run(engine, { [REQUEST_FACT]: request })).permitted.toSorted()).toEqual(['pay', 'view']);
  });

  test('a fact that cannot be fetched fails the run, so that nothing is permitted by half', async () => {
    const engine = toEngine(program, Engine);
    engine.addFact('trained', () => Promise.reject(new Error('no connection')));
    await expect(engine.run({ [REQUEST_FACT]: request })).rejects.toThrow('no connection');
  });

  test('the request itself may be fetched', async () => {
    const engine = toEngine(program, Engine);
    engine.addFact(REQUEST_FACT, () => Promise.resolve(request));
    expect((await run(engine, {})).permitted).toContain('view');
  });

  test.each([undefined, null, 7, 'request', [], {}])('nothing is permitted on the request %j', async (given) => {
    const { permitted, decisions } = await run(toEngine(program, Engine), { [REQUEST_FACT]: given });
    expect(permitted).toEqual([]);
    expect(decisions.size).toBe(3);
  });

  test('nothing is permitted on a request that throws when it is read, be it at once or further in', async () => {
    const throws = {
      enumerable: true,
      get: () => {
        throw new Error('unreadable');
      },
    };
    const whole = Object.defineProperty({ ...request }, 'session', throws);
    await expect(toEngine(program, Engine).run({ [REQUEST_FACT]: whole })).rejects.toThrow('unreadable');
    const part = { ...request, session: Object.defineProperty({ ...request.session }, 'authState', throws) };
    const { permitted, decisions } = await run(toEngine(program, Engine), { [REQUEST_FACT]: part });
    expect(permitted).toEqual([]);
    expect([...decisions.values()].map(({ reason }) => reason)).toEqual(Array(3).fill('engine_error'));
  });

  test('runs do not know each other', async () => {
    const engine = toEngine(program, Engine);
    const late = { ...request, now: NOW + 2 * 3_600_000 };
    const [first, second] = await Promise.all([
      run(engine, { [REQUEST_FACT]: request }),
      run(engine, { [REQUEST_FACT]: late }),
    ]);
    expect(first.permitted).toContain('view');
    expect(second.permitted).toEqual([]);
  });

  test('the rule shows the policy’s structure, with what each constraint answered', async () => {
    const engine = toEngine(program, Engine, { capabilities: ['pay'] });
    const { results } = await engine.run({ [REQUEST_FACT]: request });
    const shown = results[0]?.toJSON(false).conditions as { readonly all: readonly Record<string, unknown>[] };
    expect(shown.all.map(({ name, factResult }) => [name, factResult])).toEqual([
      ['gates', 'met'],
      ['maxAge', 'met'],
      ['online', 'not_applicable'],
      ['anyOf', undefined],
    ]);
    expect(shown.all[3]?.['any']).toMatchObject([
      { name: 'online', factResult: 'online_required', result: false },
      { name: 'when', factResult: 'met', result: true },
    ]);
  });

  test('a rule of the host’s own may ask for a decision', async () => {
    const engine = toEngine(program, Engine, { capabilities: [] });
    engine.addRule({
      conditions: {
        all: [
          {
            fact: DECISION_FACT,
            params: { capability: 'view' },
            path: '$.outcome',
            operator: 'equal',
            value: 'permit',
          },
        ],
      },
      event: { type: 'greet' },
    });
    const { events } = await engine.run({ [REQUEST_FACT]: request });
    expect(events.map(({ type }) => type)).toEqual(['greet']);
  });
});

test('a capability that there is not is the programmer’s mistake', () => {
  expect(() => toEngine(program, Engine, { capabilities: ['fly'] })).toThrow(TypeError);
});

test('whatever the policy and however broken the facts, the engine permits exactly what `permits` does', async () => {
  const seen = { permit: 0, not: 0 };
  const agree = fc.asyncProperty(richDocument(KINDS), richRequest, async (document, made) => {
    const each = programOf(document);
    if (each === undefined) return;
    const given = made;
    const { permitted, decisions } = await run(toEngine(each, Engine), { [REQUEST_FACT]: given });
    for (const capability of each.capabilities.keys()) {
      const asked = { ...given, capability } as unknown as Request;
      expect(permitted.includes(capability)).toBe(permits(each, asked));
      expect(decisions.get(capability)?.reasons).toEqual(decide(each, asked).reasons);
      seen[permits(each, asked) ? 'permit' : 'not'] += 1;
    }
  });
  await fc.assert(agree, { numRuns: 1000, seed: SEED });
  console.log(`exported programs: ${seen.permit} permits, ${seen.not} others`);
  expect(seen.permit).toBeGreaterThan(200);
  expect(seen.not).toBeGreaterThan(200);
});
