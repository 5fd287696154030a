/** Where our conditions differ from json-rules-engine 7 on purpose: both answers, from both engines. */
import { Engine, type RuleProperties, type TopLevelCondition } from 'json-rules-engine';
import { load } from 'latchkey/load';
import { describe, expect, test } from 'vitest';
import { readCases, requestOf } from '../conformance/case.ts';

/** Whether the rule's event happened, or that the library refused to build or to run the rule. */
type Answer = boolean | 'refused';

async function library(conditions: object, facts: object, named: object = {}, lenient = false): Promise<Answer> {
  try {
    const engine = new Engine([], { allowUndefinedFacts: lenient });
    for (const [name, condition] of Object.entries(named))
      engine.setCondition(name, structuredClone(condition) as TopLevelCondition);
    engine.addRule({ conditions: structuredClone(conditions), event: { type: 'held' } } as RuleProperties);
    const { events } = await engine.run({ ...facts });
    return events.length > 0;
  } catch {
    return 'refused';
  }
}

/** What the library says where a conformance case of `dialect` is a deny for us, by the case's description. */
const HELD_BY_LIBRARY: Readonly<Record<string, Answer>> = {
  'a missing fact under `not` stays unknown': true,
  'a missing fact is not known to differ': true,
  'a missing fact is not known to be outside a list': true,
  'a missing list is not known to lack something': true,
  'a missing number is not known to be large': true,
  'a fact compared with a missing one is not known to differ': true,
  'a group that is unknown stays so under `not`': true,
  'an element beyond the end is missing': true,
  'text of digits is no number': true,
  'text under `not` is not known to be large': true,
  'null is not known to differ': true,
  'a number is not known to differ from text': true,
  'part of a text is no member of a list': true,
  'text has no elements': true,
  'a list with something else in it is no list of texts': true,
  'a word that a built-in fact never has is not known to differ': true,
  'a list in place of text spoils the group under `not`': true,
};

interface Written {
  readonly capabilities: readonly {
    readonly id: string;
    readonly require: readonly { readonly conditions: object }[];
  }[];
}

describe('facts that are not as declared: the library goes on, we deny', () => {
  const cases = ['missing', 'ill-typed'].flatMap((file) => readCases(`tests/conformance/cases/dialect/${file}.json`));
  const asks = cases.flatMap((found) => found.requests.map((ask) => ({ found, ask, description: ask.description })));

  test('each case has its answer, and each answer its case', () => {
    expect(asks.map(({ description }) => description).sort()).toEqual(Object.keys(HELD_BY_LIBRARY).sort());
  });

  test.each(asks)('$description', async ({ found, ask, description }) => {
    const { capability, facts = {}, risk } = requestOf(found, ask);
    const { capabilities } = found.policy as Written;
    const { conditions = {} } = capabilities.find(({ id }) => id === capability)?.require[0] ?? {};
    expect(ask.expect['outcome']).toBe('deny');
    const answer = await library(conditions, { ...facts, 'risk.level': risk?.level }, {}, true);
    expect(answer).toBe(HELD_BY_LIBRARY[description]);
  });
});

interface Difference {
  readonly name: string;
  readonly conditions: object;
  readonly named?: object;
  readonly library: Answer;
  readonly ours: string;
}

const FACTS = { job_value: 120, region: 'north', home: '120', trained: true, rooms: ['north', 'ward'] };
const yes = { fact: 'trained', operator: 'equal', value: true };
const no = { fact: 'trained', operator: 'equal', value: false };
const one = (fact: string, operator: string, value: unknown, more: object = {}) => ({
  all: [{ fact, operator, value, ...more }],
});

const differences: readonly Difference[] = [
  { name: 'an empty `all` holds there', conditions: { all: [] }, library: true, ours: 'empty_group' },
  { name: 'an empty `any` holds there', conditions: { any: [] }, library: true, ours: 'empty_group' },
  {
    name: 'an empty group inside another holds there',
    conditions: { all: [yes, { any: [] }] },
    library: true,
    ours: 'empty_group',
  },
  {
    name: 'of `all` beside `any` only `any` counts there',
    conditions: { all: [no], any: [yes] },
    library: true,
    ours: 'conflicting_keys',
  },
  {
    name: 'a comparison beside a group is passed over there',
    conditions: { all: [{ ...no, any: [yes] }] },
    library: true,
    ours: 'conflicting_keys',
  },
  { name: '`not` holds one condition', conditions: { not: [no] }, library: 'refused', ours: 'wrong_type' },
  { name: 'a comparison is no root', conditions: yes, library: 'refused', ours: 'missing_key' },
  {
    name: 'an unknown operator fails when the rule is run there',
    conditions: one('region', 'startsWith', 'n'),
    library: 'refused',
    ours: 'unknown_operator',
  },
  {
    name: 'an unknown operator behind a group that is settled goes unnoticed there',
    conditions: {
      any: [
        { ...yes, priority: 2 },
        { fact: 'region', operator: 'startsWith', value: 'n' },
      ],
    },
    library: true,
    ours: 'unknown_operator',
  },
  {
    name: 'operators have no decorators',
    conditions: one('rooms', 'someFact:equal', 'ward'),
    library: true,
    ours: 'unknown_operator',
  },
  {
    name: 'an unknown fact fails when the rule is run there',
    conditions: one('colour', 'equal', 'red'),
    library: 'refused',
    ours: 'unknown_fact',
  },
  {
    name: 'an unknown condition fails when the rule is run there',
    conditions: { condition: 'ready' },
    library: 'refused',
    ours: 'unknown_condition',
  },
  {
    name: 'conditions that name each other overflow there',
    conditions: { condition: 'a' },
    named: { a: { all: [{ condition: 'b' }] }, b: { all: [{ condition: 'a' }] } },
    library: 'refused',
    ours: 'condition_cycle',
  },
  {
    name: 'text of digits is compared as a number there',
    conditions: one('job_value', 'greaterThan', '100'),
    library: true,
    ours: 'type_mismatch',
  },
  {
    name: 'a text fact is compared as a number there',
    conditions: one('home', 'greaterThan', 100),
    library: true,
    ours: 'type_mismatch',
  },
  {
    name: 'a number and a text never are equal there',
    conditions: { not: { fact: 'job_value', operator: 'equal', value: '120' } },
    library: true,
    ours: 'type_mismatch',
  },
  {
    name: 'facts of two types never are equal there',
    conditions: one('job_value', 'notEqual', { fact: 'home' }),
    library: true,
    ours: 'type_mismatch',
  },
  {
    name: 'lists never are equal there',
    conditions: one('rooms', 'notEqual', ['north', 'ward']),
    library: true,
    ours: 'type_mismatch',
  },
  {
    name: '`in` a text finds parts of it there',
    conditions: one('region', 'in', 'northern'),
    library: true,
    ours: 'type_mismatch',
  },
  {
    name: '`doesNotContain` on a text never holds there',
    conditions: one('region', 'doesNotContain', 'x'),
    library: false,
    ours: 'type_mismatch',
  },
  {
    name: 'a list is searched for a number there',
    conditions: one('rooms', 'doesNotContain', 7),
    library: true,
    ours: 'type_mismatch',
  },
  {
    name: '`in` a list of several types never finds some of them there',
    conditions: one('region', 'in', ['north', 7]),
    library: true,
    ours: 'type_mismatch',
  },
  {
    name: '`notIn` an empty list always holds there',
    conditions: one('region', 'notIn', []),
    library: true,
    ours: 'empty_list',
  },
  {
    name: 'null is a value there',
    conditions: one('region', 'notEqual', null),
    library: true,
    ours: 'wrong_type',
  },
  {
    name: 'paths lead anywhere there',
    conditions: one('rooms', 'equal', 2, { path: '$.length' }),
    library: true,
    ours: 'bad_path',
  },
  {
    name: 'a path into a text is passed over there',
    conditions: one('region', 'equal', 'north', { path: '$[0]' }),
    library: true,
    ours: 'bad_path',
  },
  {
    name: 'facts take parameters there',
    conditions: one('region', 'equal', 'north', { params: { of: 'home' } }),
    library: true,
    ours: 'unknown_key',
  },
  {
    name: 'conditions have priorities there',
    conditions: one('region', 'equal', 'north', { priority: 2 }),
    library: true,
    ours: 'unknown_key',
  },
  {
    name: 'keys that nobody knows are passed over there',
    conditions: one('region', 'equal', 'north', { unless: 'raining' }),
    library: true,
    ours: 'unknown_key',
  },
  {
    name: 'what can never hold is found before anyone waits for it',
    conditions: {
      all: [
        { fact: 'region', operator: 'equal', value: 'north' },
        { fact: 'region', operator: 'equal', value: 'south' },
      ],
    },
    library: false,
    ours: 'unsatisfiable',
  },
];

function diagnosed(conditions: object, named: object): readonly string[] {
  const loaded = load(
    JSON.stringify({
      language: 1,
      id: 'dialect',
      version: 1,
      facts: {
        job_value: { type: 'number' },
        region: { type: 'string' },
        home: { type: 'string' },
        trained: { type: 'boolean' },
        rooms: { type: 'string[]' },
      },
      conditions: named,
      tiers: [{ id: 'desk', sensitivity: 'public', require: [] }],
      capabilities: [{ id: 'it', tier: 'desk', access: 'read', require: [{ kind: 'when', conditions }] }],
    }),
  );
  return loaded.ok ? [] : loaded.diagnostics.map(({ code }) => code);
}

describe('conditions that mean too little or too much: we say so before anything is decided', () => {
  test.each(differences)('$name', async ({ conditions, named = {}, library: answer, ours }) => {
    expect(await library(conditions, FACTS, named)).toBe(answer);
    expect(diagnosed(conditions, named)).toContain(ours);
  });
});
