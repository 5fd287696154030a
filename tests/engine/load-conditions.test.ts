import { describe, expect, it } from 'vitest';
import { compile } from 'latchkey';
import { load, type Diagnostic } from 'latchkey/load';

const ONLINE = { fact: 'connectivity', operator: 'equal', value: 'online' };
const FACTS = { job_value: { type: 'number' }, urgent: { type: 'boolean' }, tags: { type: 'string[]' } };

function when(conditions: unknown): Readonly<Record<string, unknown>> {
  return { kind: 'when', conditions };
}

/** What is said of a document with one capability and whatever is added; one without errors also compiles. */
function diagnosticsOf(members: Readonly<Record<string, unknown>>): readonly Diagnostic[] {
  const tiers = [{ id: 'low', sensitivity: 'internal', require: [] }];
  const capabilities = [{ id: 'note.read', tier: 'low', access: 'read' }];
  const base = { language: 1, id: 'sample', version: 1, facts: FACTS, tiers, capabilities };
  const result = load(JSON.stringify({ ...base, ...members }));
  if (!result.ok) return result.diagnostics;
  compile(result.value.policy);
  return result.warnings;
}

function codesOf(members: Readonly<Record<string, unknown>>): readonly string[] {
  return diagnosticsOf(members).map(({ code }) => code);
}

function nested(depth: number, inner: unknown): unknown {
  return depth === 0 ? inner : { not: nested(depth - 1, inner) };
}

describe('load, of conditions', () => {
  it.each([
    ['job_value', 'equal', 5],
    ['job_value', 'notEqual', -0.5],
    ['job_value', 'in', [1, 2.5]],
    ['job_value', 'greaterThan', { fact: 'job_value' }],
    ['urgent', 'equal', { fact: 'device.compliant' }],
    ['urgent', 'in', [true]],
    ['tags', 'contains', 'red'],
    ['tags', 'doesNotContain', { fact: 'resource.type' }],
    ['permissions.roles', 'contains', { fact: 'tags', path: '$[2]' }],
    ['session.tenant', 'in', { fact: 'tags' }],
    ['session.tenant', 'equal', ''],
  ])('takes %s %s %j', (fact, operator, value) => {
    expect(codesOf({ guards: [when({ all: [{ fact, operator, value }] })] })).toEqual([]);
  });

  it('takes an element of a list for text', () => {
    const first = { fact: 'tags', path: '$[0]', operator: 'equal', value: 'red' };
    expect(codesOf({ guards: [when({ all: [first] })] })).toEqual([]);
    expect(codesOf({ guards: [when({ all: [{ ...first, operator: 'contains' }] })] })).toEqual(['type_mismatch']);
  });

  it('warns of words that a fact never has, wherever they stand', () => {
    const offline = { fact: 'connectivity', operator: 'notEqual', value: 'offlin' };
    expect(diagnosticsOf({ guards: [when({ all: [offline] })] })).toMatchObject([
      {
        code: 'unknown_value',
        severity: 'warning',
        pointer: '/guards/0/conditions/all/0/value',
        help: 'did you mean `offline`?',
      },
    ]);
    const level = { fact: 'risk.level', operator: 'in', value: ['LOW', 'low'] };
    expect(diagnosticsOf({ conditions: { calm: { any: [level] } } })).toMatchObject([
      { code: 'unknown_value', severity: 'warning', pointer: '/conditions/calm/any/0/value/1' },
    ]);
  });

  it('takes 16 groups on one path, around, inside and by reference', () => {
    expect(codesOf({ guards: [when(nested(16, ONLINE))] })).toEqual([]);
    const guards = [{ kind: 'anyOf', of: [{ kind: 'allOf', of: [when(nested(4, { condition: 'deep' }))] }] }];
    expect(codesOf({ conditions: { deep: nested(10, ONLINE) }, guards })).toEqual([]);
    expect(codesOf({ conditions: { deep: nested(11, ONLINE) }, guards })).toEqual(['cap_exceeded']);
  });

  it('counts names that stand for names like groups, however many there are', () => {
    const names = (count: number): Readonly<Record<string, unknown>> =>
      Object.fromEntries(
        Array.from({ length: count }, (_, i) => [
          `n${i}`,
          i === count - 1 ? { all: [ONLINE] } : { condition: `n${i + 1}` },
        ]),
      );
    expect(codesOf({ conditions: names(16), guards: [when({ condition: 'n0' })] })).toEqual([]);
    expect(codesOf({ conditions: names(17) })).toEqual(['cap_exceeded']);
    expect(codesOf({ conditions: names(20_000) })).toEqual(['cap_exceeded']);
    expect(codesOf({ conditions: { ...names(20_000), n19999: { condition: 'n0' } } })).toEqual(['condition_cycle']);
  });

  it('lets conditions share others, and names be those of prototypes', () => {
    const conditions = {
      toString: { any: [ONLINE] },
      both: { all: [{ condition: 'toString' }, { not: { condition: 'toString' } }] },
      either: { any: [{ condition: 'toString' }, { condition: 'both' }] },
    };
    expect(codesOf({ conditions, guards: [when({ condition: 'either' })] })).toEqual([]);
  });

  it('finds what clashes below a name, and nothing where one of several will do', () => {
    const offline = { ...ONLINE, value: 'offline' };
    const conditions = {
      on: { all: [ONLINE] },
      off: { all: [{ condition: 'on2' }] },
      on2: { not: { condition: 'on' } },
    };
    const clashing = { conditions, guards: [when({ condition: 'on' }), when({ condition: 'off' })] };
    expect(diagnosticsOf(clashing)).toMatchObject([
      { code: 'unsatisfiable', pointer: '/guards/1/conditions/condition' },
    ]);
    expect(codesOf({ guards: [when({ any: [ONLINE, offline] }), when({ all: [ONLINE] })] })).toEqual([]);
    expect(codesOf({ guards: [when({ not: { all: [ONLINE, offline] } }), when({ all: [ONLINE] })] })).toEqual([]);
    expect(codesOf({ guards: [{ kind: 'anyOf', of: [when({ all: [ONLINE] }), when({ all: [offline] })] }] })).toEqual(
      [],
    );
  });

  it('refuses conditions made to be written out without end', () => {
    const wide = (width: number): Readonly<Record<string, unknown>> =>
      Object.fromEntries(
        Array.from({ length: 16 }, (_, i) => [
          `n${i}`,
          { all: i === 15 ? [ONLINE] : Array.from({ length: width }, () => ({ condition: `n${i + 1}` })) },
        ]),
      );
    const guards = Array.from({ length: 500 }, () => when({ condition: 'n0' }));
    expect(codesOf({ conditions: wide(1), guards })).toEqual([]);
    expect(diagnosticsOf({ conditions: wide(40), guards })).toMatchObject([
      { code: 'cap_exceeded', pointer: '/guards/0/conditions' },
    ]);
  });
});
