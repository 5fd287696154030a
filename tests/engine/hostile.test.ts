import { decide, explain, nextChange, permits, type Decision, type Program, type Request } from 'latchkey';
import { evaluate, evaluationOf, type EvaluationResponse, type HostFacts } from 'latchkey/interop/authzen';
import { messageOf } from 'latchkey/messages';
import { describe, expect, test } from 'vitest';
import {
  frozen,
  holderOf,
  pointersOf,
  polluted,
  programOfBranches,
  programOfEverything,
  requestForEverything,
  valueAt,
} from './hostile-world.ts';

const program = programOfEverything();
const pointers = pointersOf(requestForEverything());

/** The decision, with which `permits` must agree. */
function decided(to: unknown, by: Program = program): Decision {
  const decision = decide(by, to as Request);
  expect(permits(by, to as Request)).toBe(decision.outcome === 'permit');
  return decision;
}

/** All that the engine answers to one request: nothing looks better than the decision does. */
function answers(to: unknown, by: Program = program): { decision: Decision; rest: unknown } {
  const decision = decided(to, by);
  const change = nextChange(by, to as Request);
  const explanation = explain(by, to as Request);
  if (decision.reason === 'engine_error') {
    expect(change).toBe(null);
    expect(explanation).toEqual([{ kind: 'gate', path: '', met: false, code: 'engine_error' }]);
  } else expect(explanation.every(({ met }) => met)).toBe(decision.outcome === 'permit');
  return { decision, rest: [change, explanation] };
}

/** The same question from another decision point, on the facts of a request. */
function evaluated(facts: unknown): EvaluationResponse {
  return evaluate(program, evaluationOf(requestForEverything()), facts as HostFacts);
}

/** What a fault is told as. */
const FAULT: EvaluationResponse = {
  decision: false,
  context: {
    reason_admin: { en: 'engine_error' },
    reason_user: { en: messageOf({ code: 'engine_error', path: '' }) },
  },
};

function requestWith(pointer: string, spoil: (holder: Record<string, unknown>, key: string) => void): Request {
  const request = requestForEverything();
  const { holder, key } = holderOf(request, pointer);
  spoil(holder, key);
  return request;
}

function without(pointer: string): Request {
  return requestWith(pointer, (holder, key) => Reflect.deleteProperty(holder, key));
}

test('the request that meets everything is permitted', () => {
  expect(answers(requestForEverything()).decision).toMatchObject({ outcome: 'permit', reasons: [] });
});

test.each(pointers)('without %s it is not', (pointer) => {
  const { decision } = answers(without(pointer));
  expect(decision.outcome).not.toBe('permit');
  expect(decision.reason).not.toBe('engine_error');
});

describe('frozen input', () => {
  test('decides like any other', () => {
    const request = frozen(requestForEverything());
    expect(answers(request, frozen(programOfEverything()))).toEqual(answers(requestForEverything()));
  });

  test('is what the engine would need: it changes nothing that it is given', () => {
    const request = requestForEverything();
    answers(request);
    expect(request).toEqual(requestForEverything());
  });
});

class Empty {}
const sparse = new Array<unknown>(1);
const cyclic: Record<string, unknown> = {};
cyclic['self'] = cyclic;

/** Values that JSON has no word for. */
const STRANGE: readonly (readonly [string, (good: unknown) => unknown])[] = [
  ['NaN', () => Number.NaN],
  ['infinity', () => Infinity],
  ['minus infinity', () => -Infinity],
  ['a BigInt', () => 1_772_352_000_000n],
  ['a symbol', () => Symbol('ok')],
  ['a function', () => () => true],
  ['a date', () => new Date('2026-03-01T08:00:00.000Z')],
  ['a broken date', () => new Date(Number.NaN)],
  ['a map', () => new Map([['state', 'ok']])],
  ['a set', () => new Set(['fpt'])],
  ['a regular expression', () => /ok/],
  ['a promise', () => Promise.resolve('ok')],
  ['an empty instance', () => new Empty()],
  ['an error', () => new Error('ok')],
  ['a typed array', () => new Uint8Array(1)],
  ['a sparse list', () => sparse],
  ['something like a list', () => ({ 0: 'fpt', length: 1 })],
  ['a cycle', () => cyclic],
  ['null', () => null],
  ['undefined', () => undefined],
  ['an object without prototype', () => Object.create(null) as unknown],
  ['the same, as an object', (good) => (typeof good === 'object' ? undefined : (Object(good) as unknown))],
  ['the same, out of a function', (good) => () => good],
  ['the same, in a list', (good) => [good]],
  ['the same, inherited', (good) => Object.create(typeof good === 'object' ? good : { good }) as unknown],
  [
    'something that can be turned into it',
    (good) => ({ valueOf: () => good, toString: () => good, toJSON: () => good }),
  ],
];

describe.each(STRANGE)('%s in place of a fact', (_, spoilt) => {
  test.each(pointers)('%s', (pointer) => {
    const request = requestWith(pointer, (holder, key) => (holder[key] = spoilt(holder[key])));
    const { decision } = answers(request);
    expect(decision.outcome).not.toBe('permit');
    expect(decision.reason).not.toBe('engine_error');
    // What is asked for is named by who asks.
    if (pointer !== '/capability') expect(evaluated(request).decision).toBe(false);
  });
});

test.each(STRANGE)('%s in place of a request', (_, spoilt) => {
  const { decision } = answers(spoilt(requestForEverything()));
  expect(decision.outcome).toBe('deny');
  expect(decision.reason).not.toBe('engine_error');
  expect(evaluated(spoilt(requestForEverything())).decision).toBe(false);
});

describe('lists', () => {
  const proof = requestForEverything().stepUps?.[0];

  test('with a hole have an element that is no text', () => {
    const roles = ['nurse', 'lead'];
    Reflect.deleteProperty(roles, 1);
    expect(
      answers({ ...requestForEverything(), permissions: { ...requestForEverything().permissions, roles } }).decision,
    ).toMatchObject({ outcome: 'deny', reason: 'fact_invalid' });
  });

  test('of proofs may have a hole, which is no proof', () => {
    const stepUps = [proof, proof];
    Reflect.deleteProperty(stepUps, 0);
    expect(answers({ ...requestForEverything(), stepUps }).decision.outcome).toBe('permit');
  });

  test.each([true, false])('have only elements of their own (enumerable: %s)', (enumerable) => {
    const roles = {
      ...requestForEverything(),
      permissions: { ...requestForEverything().permissions, roles: new Array(1) },
    };
    const proofs = { ...requestForEverything(), stepUps: new Array(1) };
    const found = [roles, proofs].map((request, i) =>
      polluted('0', i === 0 ? 'nurse' : proof, enumerable, () => decide(program, request as Request)),
    );
    expect(found).toEqual([roles, proofs].map((request) => decide(program, request as Request)));
    expect(found.map(({ outcome }) => outcome)).toEqual(['deny', 'challenge']);
  });
});

function throwing(): never {
  throw new Error('no');
}

describe('getters', () => {
  test.each(pointers)('%s from a getter is what the getter says', (pointer) => {
    const request = requestWith(pointer, (holder, key) => {
      const value = holder[key];
      Object.defineProperty(holder, key, { get: () => value, enumerable: true });
    });
    expect(answers(request)).toEqual(answers(requestForEverything()));
  });

  test.each(pointers)('%s from a getter that throws opens nothing', (pointer) => {
    const request = requestWith(pointer, (holder, key) =>
      Object.defineProperty(holder, key, { get: throwing, enumerable: true }),
    );
    const { decision } = answers(request);
    expect(decision).toMatchObject({ outcome: 'deny', reason: 'engine_error' });
    expect(evaluated(request)).toEqual(FAULT);
  });

  test('what fails beside the constraints does not look fine in an explanation', () => {
    const request = requestWith('/clock/state', (clock) =>
      Object.defineProperty(clock, 'provenNow', { get: throwing, enumerable: true }),
    );
    expect(answers(request).decision.outcome).toBe('permit');
    holderOf(request, '/session/lastConfirmedAt').holder['lastConfirmedAt'] = request.now - 100 * 3_600_000;
    expect(answers(request).decision.reason).toBe('engine_error');
  });

  test('a branch that the decision need not read, and that throws, is not met; all others are explained', () => {
    const [path, throws] = ['/capabilities/0/require/0', { enumerable: true, get: throwing }];
    const facts = Object.defineProperties({}, { job: throws }) as Readonly<Record<string, number>>;
    const request: Request = { ...requestForEverything(), capability: 'either', facts };
    expect(answers(request, programOfBranches()).decision.outcome).toBe('permit');
    expect(explain(programOfBranches(), request)).toEqual([
      {
        kind: 'anyOf',
        path,
        met: true,
        of: [
          { kind: 'online', path: `${path}/of/0`, met: true, actual: 'online', limit: 'online' },
          { kind: 'when', path: `${path}/of/1`, met: false, code: 'engine_error' },
        ],
      },
    ]);
  });

  test.each([1, 2, 3, 4, 5])('a policy that expires only the first %i times it is read opens nothing', (times) => {
    let reads = 0;
    const request = { ...requestForEverything() };
    Object.defineProperty(request, 'policy', {
      get: () => (reads++ < times ? { expiresAt: 1 } : undefined),
      enumerable: true,
    });
    const { outcome } = decide(program, request);
    reads = 0;
    expect(permits(program, request)).toBe(false);
    expect(outcome).toBe('deny');
  });

  test('time is looked at once in a decision', () => {
    let looks = 0;
    const request = { ...requestForEverything() };
    const { now } = request;
    Object.defineProperty(request, 'now', { get: () => now + looks++, enumerable: true });
    expect(decide(program, request).evaluatedAt).toBe(now);
    expect(looks).toBe(1);
  });
});

/** A prototype for `holder` that has one member more than the one it has. */
function heir(holder: object, key: string, value: unknown): object {
  return Object.assign(Object.create(Object.getPrototypeOf(holder) as object) as object, { [key]: value });
}

describe('instances', () => {
  test('with members of their own are read like any object', () => {
    class Request {}
    const request = Object.assign(new Request(), requestForEverything());
    expect(answers(request)).toEqual(answers(requestForEverything()));
  });

  test('without a prototype too', () => {
    const request = Object.assign(Object.create(null) as object, requestForEverything());
    expect(answers(request)).toEqual(answers(requestForEverything()));
  });

  test.each(pointers)('%s that is only inherited is not there', (pointer) => {
    const good = valueAt(requestForEverything(), pointer);
    const request = requestWith(pointer, (holder, key) => {
      Reflect.deleteProperty(holder, key);
      Object.setPrototypeOf(holder, heir(holder, key, good));
    });
    expect(answers(request).decision).toEqual(answers(without(pointer)).decision);
  });

  test.each(pointers)('%s behind a member named __proto__ is not there', (pointer) => {
    const good = valueAt(requestForEverything(), pointer);
    const request = requestWith(pointer, (holder, key) => {
      Reflect.deleteProperty(holder, key);
      Object.setPrototypeOf(holder, heir(holder, key, good));
      Object.defineProperty(holder, '__proto__', { value: Object.prototype, enumerable: true });
    });
    expect(answers(request).decision.outcome).toBe(answers(without(pointer)).decision.outcome);
  });
});

describe('proxies', () => {
  test('that pass everything on are read like what is behind them', () => {
    const request = new Proxy(requestForEverything(), {});
    expect(answers(request)).toEqual(answers(requestForEverything()));
  });

  test.each(['get', 'has', 'ownKeys', 'getOwnPropertyDescriptor', 'getPrototypeOf'] as const)(
    'that throw at %s open nothing that is not open anyway',
    (trap) => {
      for (const pointer of ['', '/session', '/stepUps', '/facts']) {
        const spoil = (good: object) => new Proxy(good, { [trap]: throwing });
        const request =
          pointer === ''
            ? spoil(requestForEverything())
            : requestWith(pointer, (holder, key) => (holder[key] = spoil(holder[key] as object)));
        const { decision } = answers(request);
        const response = evaluated(request);
        // The outermost object is copied, which asks for other things than to read it.
        if (pointer !== '' && decision.outcome !== 'permit') expect(response).toEqual(FAULT);
      }
    },
  );

  test('that were revoked open nothing', () => {
    const { proxy, revoke } = Proxy.revocable(requestForEverything(), {});
    revoke();
    expect(answers(proxy).decision).toMatchObject({ outcome: 'deny', reason: 'engine_error' });
    expect(evaluated(proxy)).toEqual(FAULT);
  });
});

/** What a page might find on every object, good enough to open something if it were read. */
const POLLUTION: readonly (readonly [string, unknown])[] = [
  ...['allow', 'permit', 'outcome', 'met', 'value', 'get', 'checks', 'test'].map((name) => [name, true] as const),
  ...pointers.map((pointer) => {
    const key = pointer.split('/').pop() ?? '';
    return [key, valueAt(requestForEverything(), pointer)] as const;
  }),
  ['surviveReboot', true],
  ['acceptDeviceUnlock', 300_000],
  ['unlockedAt', requestForEverything().now],
  ['interactive', true],
  ['sensitivity', 'public'],
  ['resource', { sensitivity: 'public' }],
  ['mode', 'report_only'],
  ['tiers', { all: 'full' }],
  // What only the engine itself would have given these objects.
  ['round', 1],
  ['settled', 'never'],
  ['next', 1],
  ['detail', 'deviceBinding'],
  ['alternatives', [1]],
];

describe.each([true, false])('a polluted prototype (enumerable: %s)', (enumerable) => {
  test.each(POLLUTION)('%s does not change what is permitted', (name, value) => {
    const found = polluted(name, value, enumerable, () => decide(program, requestForEverything()));
    expect(found).toEqual(decide(program, requestForEverything()));
  });

  test.each(pointers)('%s is still missing', (pointer) => {
    const name = pointer.split('/').pop() ?? '';
    const good = valueAt(requestForEverything(), pointer);
    const request = without(pointer);
    const [decision, allowed] = polluted(name, good, enumerable, () => [
      decide(program, request),
      permits(program, request),
    ]);
    expect(decision).toEqual(decide(program, request));
    expect(allowed).toBe(false);
  });

  test.each(POLLUTION)('%s does not change how a policy is compiled', (name, value) => {
    const found = polluted(name, value, enumerable, () => {
      const compiled = programOfEverything();
      return pointers.map((pointer) => decide(compiled, without(pointer)));
    });
    expect(found).toEqual(pointers.map((pointer) => decide(program, without(pointer))));
  });
});
