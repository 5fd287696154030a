import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { answerTo, programOf } from './example-answer.ts';
import { examplesOf } from './guide-tables.ts';

const page = readFileSync('docs/constraints.md', 'utf8');
const examples = examplesOf(page);

test('there is an example of every kind of the language', () => {
  const schema = JSON.parse(readFileSync('schemas/policy.v1.schema.json', 'utf8')) as {
    readonly $defs: { readonly constraint: { readonly oneOf: readonly { readonly $ref: string }[] } };
  };
  const kinds = schema.$defs.constraint.oneOf.map(({ $ref }) => $ref.replace('#/$defs/', ''));
  expect([...new Set(examples.map(({ heading }) => heading))].sort()).toEqual([...kinds].sort());
});

describe.each(examples)('$heading', ({ heading, json, rows }) => {
  test('the example is of that kind, and the table shows it met and not met', () => {
    expect(JSON.parse(json)).toMatchObject({ kind: heading });
    const allowed = rows.map(({ answer }) => answer?.startsWith('Allowed'));
    expect(new Set(allowed)).toEqual(new Set([true, false]));
  });

  test.each(rows)('$situation', ({ situation = '', ...row }) => {
    expect(answerTo(programOf(json), situation)).toEqual(row);
  });
});
