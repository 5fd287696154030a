import { compile, decide, type Request } from 'latchkey';
import { importRules } from 'latchkey/interop/json-rules-engine';
import { load, normalize } from 'latchkey/load';
import { describe, expect, test } from 'vitest';

const leaf = (fact: string, operator: string, value: unknown, more: object = {}) => ({
  fact,
  operator,
  value,
  ...more,
});
const rule = (conditions: unknown, more: object = {}) => ({ conditions, event: { type: 'go' }, ...more });
const all = (...conditions: readonly unknown[]) => ({ all: conditions });

/** The library's first example, as people have it. */
const FOULS = {
  name: 'fouls',
  conditions: {
    any: [
      all(leaf('gameDuration', 'equal', 40), leaf('personalFoulCount', 'greaterThanInclusive', 5)),
      all(leaf('gameDuration', 'equal', 48), { not: leaf('personalFoulCount', 'lessThan', 6) }),
    ],
  },
  event: { type: 'fouledOut', params: { message: 'Player has fouled out!' } },
};

function imported(rules: unknown) {
  const result = importRules(rules);
  if (!result.ok) throw new Error(JSON.stringify(result.diagnostics, null, 1));
  return result.value;
}

describe('a policy out of rules', () => {
  test('each event is a capability, facts are declared as they are used, and the document loads as it is', () => {
    const document = imported([FOULS]);
    expect(document).toEqual({
      language: 1,
      id: 'imported',
      version: 1,
      facts: { gameDuration: { type: 'number' }, personalFoulCount: { type: 'number' } },
      tiers: [{ id: 'imported', require: [] }],
      capabilities: [
        {
          id: 'fouled_out',
          title: 'fouls',
          tier: 'imported',
          access: 'write',
          require: [{ kind: 'when', conditions: FOULS.conditions }],
        },
      ],
    });
    expect(load(JSON.stringify(document)).ok).toBe(true);
  });

  test.each([
    [40, 5, 'permit'],
    [40, 4, 'deny'],
    [48, 6, 'permit'],
    [48, 5, 'deny'],
    [48, undefined, 'deny'],
  ])('after %j minutes with %j fouls it is a %s', (gameDuration, personalFoulCount, outcome) => {
    const program = compile(normalize(imported([FOULS])));
    const request = {
      ...{ capability: 'fouled_out', now: 0, clock: { state: 'ok' }, connectivity: 'offline' },
      session: { authState: 'ACTIVE', lastConfirmedAt: 0 },
      facts: { gameDuration, ...(personalFoulCount === undefined ? {} : { personalFoulCount }) },
    };
    expect(decide(program, request as unknown as Request).outcome).toBe(outcome);
  });

  test('text, bytes, a value, one rule and a list of them come to the same', () => {
    const text = JSON.stringify([FOULS]);
    const forms = [text, new TextEncoder().encode(text), [FOULS], FOULS, { rules: [FOULS] }];
    for (const form of forms) expect(imported(form)).toEqual(imported([FOULS]));
  });

  test('rules with one event open it each by itself, and keep their names', () => {
    const { capabilities } = imported({
      rules: [
        rule(all(leaf('age', 'greaterThan', 65)), { name: 'pensioners' }),
        rule({ condition: 'staff' }, { name: 'staff' }),
        rule(all(leaf('guest', 'equal', true))),
        { ...rule(all(leaf('age', 'lessThan', 6))), event: { type: 'other' } },
      ],
      conditions: { staff: all(leaf('roles', 'contains', 'staff')) },
    });
    expect(capabilities.map(({ id }) => id)).toEqual(['go', 'other']);
    expect(capabilities[0]).not.toHaveProperty('title');
    expect(capabilities[0]?.require).toEqual([
      {
        kind: 'when',
        conditions: {
          any: [
            { name: 'pensioners', ...all(leaf('age', 'greaterThan', 65)) },
            { name: 'staff', condition: 'staff' },
            all(leaf('guest', 'equal', true)),
          ],
        },
      },
    ]);
  });

  test.each([
    ['a literal', leaf('a', 'equal', 'x'), { a: 'string' }],
    ['a list of literals', leaf('a', 'notIn', [1, 2]), { a: 'number' }],
    ['an operator', leaf('a', 'lessThan', { fact: 'b' }), { a: 'number', b: 'number' }],
    ['membership', leaf('a', 'in', { fact: 'b' }), { a: 'string', b: 'string[]' }],
    ['containment', leaf('a', 'contains', { fact: 'b' }), { a: 'string[]', b: 'string' }],
    ['a path', leaf('a', 'equal', { fact: 'b' }, { path: '$[0]' }), { a: 'string[]', b: 'string' }],
    ['a path on the right', leaf('a', 'equal', { fact: 'b', path: '$[1]' }), { a: 'string', b: 'string[]' }],
    ['two paths', leaf('a', 'equal', { fact: 'b', path: '$[1]' }, { path: '$[0]' }), { a: 'string[]', b: 'string[]' }],
    ['a fact that is built in', leaf('a', 'equal', { fact: 'device.compliant' }), { a: 'boolean' }],
  ])('the type of a fact is shown by %s', (_, condition, types) => {
    const { facts = {} } = imported([rule(all(condition))]);
    expect(Object.fromEntries(Object.entries(facts).map(([name, { type }]) => [name, type]))).toEqual(types);
  });

  test('types pass along a chain of facts that are compared, and may be given where nothing shows them', () => {
    const chain = all(leaf('a', 'equal', { fact: 'b' }), leaf('b', 'equal', { fact: 'c' }), leaf('c', 'equal', true));
    expect(imported([rule(chain)]).facts).toMatchObject({ a: { type: 'boolean' }, b: { type: 'boolean' } });
    const bare = {
      rules: [rule(all(leaf('a', 'equal', { fact: 'b' })))],
      facts: { b: { type: 'string' }, a: { type: 'string' } },
    };
    expect(imported(bare).facts).toEqual(bare.facts);
  });
});

interface Objection {
  readonly name: string;
  readonly rules: unknown;
  readonly code: string;
  readonly pointer: string;
  readonly help: RegExp;
  readonly warning?: true;
}

const at = '/0/conditions/all/0';
const odd = (condition: unknown) => [rule(all(condition))];
const objections: readonly Objection[] = [
  {
    name: 'an operator of the app',
    rules: odd(leaf('a', 'startsWith', 'x')),
    code: 'unknown_operator',
    pointer: `${at}/operator`,
    help: /give it as a fact/,
  },
  {
    name: 'a slip in an operator',
    rules: odd(leaf('a', 'equals', 'x')),
    code: 'unknown_operator',
    pointer: `${at}/operator`,
    help: /did you mean `equal`/,
  },
  {
    name: 'a decorated operator',
    rules: odd(leaf('a', 'everyFact:lessThan', 3)),
    code: 'unknown_operator',
    pointer: `${at}/operator`,
    help: /`all` group/,
  },
  {
    name: 'parameters of a fact',
    rules: odd(leaf('a', 'equal', 1, { params: { x: 1 } })),
    code: 'unknown_key',
    pointer: `${at}/params`,
    help: /one fact for each/,
  },
  {
    name: 'parameters of the fact on the right',
    rules: odd(leaf('a', 'lessThan', { fact: 'b', params: {} })),
    code: 'unknown_key',
    pointer: `${at}/value/params`,
    help: /one fact for each/,
  },
  {
    name: 'a path into an object',
    rules: odd(leaf('account', 'equal', 1, { path: '$.balance' })),
    code: 'bad_path',
    pointer: `${at}/path`,
    help: /`account\.balance`/,
  },
  {
    name: 'an older path',
    rules: odd(leaf('account', 'equal', 1, { path: '.balance' })),
    code: 'bad_path',
    pointer: `${at}/path`,
    help: /`account\.balance`/,
  },
  {
    name: 'a path that searches',
    rules: odd(leaf('a', 'equal', 'x', { path: '$..b[0]' })),
    code: 'bad_path',
    pointer: `${at}/path`,
    help: /fact of its own/,
  },
  {
    name: 'null',
    rules: odd(leaf('a', 'equal', null)),
    code: 'wrong_type',
    pointer: `${at}/value`,
    help: /absent is unknown/,
  },
  {
    name: 'text for a number',
    rules: odd(leaf('a', 'lessThan', '30')),
    code: 'type_mismatch',
    pointer: `${at}/value`,
    help: /without quotes/,
  },
  {
    name: 'a fact of two types',
    rules: [rule(all(leaf('a', 'equal', 1), leaf('a', 'equal', 'x')))],
    code: 'type_mismatch',
    pointer: '/0/conditions/all/1/value',
    help: /number/,
  },
  {
    name: 'a fact of no type',
    rules: odd(leaf('a', 'equal', { fact: 'b' })),
    code: 'unknown_fact',
    pointer: `${at}/fact`,
    help: /"facts"/,
  },
  {
    name: 'a fact with a name that facts cannot have',
    rules: odd(leaf('job value', 'equal', 1)),
    code: 'bad_id',
    pointer: `${at}/fact`,
    help: /letter/,
  },
  {
    name: 'an empty group',
    rules: odd({ any: [] }),
    code: 'empty_group',
    pointer: `${at}/any`,
    help: /remove the group/,
  },
  {
    name: '`all` beside `any`',
    rules: [rule({ all: [leaf('a', 'equal', 1)], any: [leaf('a', 'equal', 2)] })],
    code: 'conflicting_keys',
    pointer: '/0/conditions/any',
    help: /keep one/,
  },
  {
    name: 'a condition that there is not',
    rules: [rule({ condition: 'x' })],
    code: 'unknown_condition',
    pointer: '/0/conditions/condition',
    help: /conditions/,
  },
  {
    name: 'conditions that name each other',
    rules: { rules: [rule({ condition: 'x' })], conditions: { x: all({ condition: 'x' }) } },
    code: 'condition_cycle',
    pointer: '/conditions/x/all/0/condition',
    help: /./,
  },
  {
    name: 'a comparison for a root',
    rules: [rule(leaf('a', 'equal', 1))],
    code: 'missing_key',
    pointer: '/0/conditions',
    help: /into a group/,
  },
  {
    name: 'a rule that can never hold',
    rules: [rule(all(leaf('a', 'equal', 1), leaf('a', 'equal', 2)))],
    code: 'unsatisfiable',
    pointer: '/0/conditions/all/1',
    help: /./,
  },
  {
    name: 'a slip in the second rule of an event',
    rules: [rule(all(leaf('a', 'equal', 1))), rule(all(leaf('a', 'equals', 2)))],
    code: 'unknown_operator',
    pointer: '/1/conditions/all/0/operator',
    help: /equal/,
  },
  {
    name: 'a rule without conditions',
    rules: [{ event: { type: 'go' } }],
    code: 'missing_key',
    pointer: '/0',
    help: /conditions/,
  },
  {
    name: 'a rule without an event',
    rules: [{ conditions: all(leaf('a', 'equal', 1)) }],
    code: 'missing_key',
    pointer: '/0',
    help: /event/,
  },
  {
    name: 'an event without a type',
    rules: [rule(all(leaf('a', 'equal', 1)), { event: {} })],
    code: 'missing_key',
    pointer: '/0/event',
    help: /type/,
  },
  {
    name: 'a function',
    rules: [{ ...rule(all(leaf('a', 'equal', 1))), onSuccess: () => undefined }],
    code: 'wrong_type',
    pointer: '/0/onSuccess',
    help: /in the app/,
  },
  {
    name: 'a value that JSON lacks',
    rules: odd(leaf('a', 'lessThan', Infinity)),
    code: 'wrong_type',
    pointer: `${at}/value`,
    help: /JSON/,
  },
  { name: 'an object with code', rules: [new Map()], code: 'wrong_type', pointer: '/0', help: /JSON/ },
  {
    name: 'operators beside the rules',
    rules: { rules: [], operators: {} },
    code: 'unknown_key',
    pointer: '/operators',
    help: /in the app/,
  },
  {
    name: 'two events with one id',
    rules: [
      rule(all(leaf('a', 'equal', 1)), { event: { type: 'goOn' } }),
      rule(all(leaf('a', 'equal', 1)), { event: { type: 'go_on' } }),
    ],
    code: 'duplicate_id',
    pointer: '/1/event/type',
    help: /rename/,
  },
  {
    name: 'an event without a letter',
    rules: [rule(all(leaf('a', 'equal', 1)), { event: { type: '…' } })],
    code: 'bad_id',
    pointer: '/0/event/type',
    help: /letters/,
  },
  { name: 'no rules at all', rules: 5, code: 'wrong_type', pointer: '', help: /list of rules/ },
  { name: 'text that is no JSON', rules: '[1,', code: 'invalid_json', pointer: '', help: /./ },
  {
    name: 'a priority of a rule',
    rules: [rule(all(leaf('a', 'equal', 1)), { priority: 9 })],
    code: 'unknown_key',
    pointer: '/0/priority',
    help: /remove/,
    warning: true,
  },
  {
    name: 'a priority of a condition',
    rules: odd(leaf('a', 'equal', 1, { priority: 9 })),
    code: 'unknown_key',
    pointer: `${at}/priority`,
    help: /remove/,
    warning: true,
  },
  {
    name: 'parameters of an event',
    rules: [rule(all(leaf('a', 'equal', 1)), { event: { type: 'go', params: {} } })],
    code: 'unknown_key',
    pointer: '/0/event/params',
    help: /by the id/,
    warning: true,
  },
  {
    name: 'an event that cannot be an id',
    rules: [rule(all(leaf('a', 'equal', 1)), { event: { type: 'Go on!' } })],
    code: 'bad_id',
    pointer: '/0/event/type',
    help: /`go_on_`/,
    warning: true,
  },
];

describe('what rules may say and policies may not is pointed out', () => {
  test.each(objections)('$name', ({ rules, code, pointer, help, warning }) => {
    const result = importRules(rules);
    expect(result.ok).toBe(warning === true);
    const found = (result.ok ? result.warnings : result.diagnostics).filter((each) => each.code === code);
    expect(found.map((each) => each.pointer)).toContain(pointer);
    const one = found.find((each) => each.pointer === pointer);
    expect(one?.severity).toBe(warning ? 'warning' : 'error');
    expect(one?.help).toMatch(help);
  });

  test('each with its line and column, all at once and in order', () => {
    const text = `[
  { "conditions": { "all": [{ "fact": "a", "operator": "starts", "value": "x" }] }, "priority": 3,
    "event": { "type": "go" } },
  { "conditions": { "any": [] },
    "event": { "type": "stop" } }
]`;
    const result = importRules(text);
    const places = (result.ok ? [] : result.diagnostics).map(({ code, line, column }) => [code, line, column]);
    expect(places).toEqual([
      ['unknown_operator', 2, 56],
      ['unknown_key', 2, 97],
      ['empty_group', 4, 28],
    ]);
  });

  test('a ring is no JSON', () => {
    const ring: unknown[] = [];
    ring.push(ring);
    expect(importRules(ring).ok).toBe(false);
  });
});
