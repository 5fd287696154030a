import { describe, expect, test } from 'vitest';
import { decide } from './decide.ts';
import type { Condition, Document } from './document.ts';

const yes = { fact: 'yes', operator: 'equal', value: true } as const;
const no = { fact: 'yes', operator: 'equal', value: false } as const;
const missing = { fact: 'absent', operator: 'equal', value: 1 } as const;
const invalid = { fact: 'spoilt', operator: 'equal', value: 1 } as const;

function codeOf(conditions: Condition): string | null {
  const document: Document = {
    id: 'conditions',
    version: 1,
    facts: {
      yes: { type: 'boolean' },
      absent: { type: 'number' },
      spoilt: { type: 'number' },
      tags: { type: 'string[]' },
    },
    conditions: { known: { all: [{ condition: 'deeper' }] }, deeper: { any: [no, yes] } },
    tiers: [{ id: 't', require: [{ kind: 'when', conditions }] }],
    capabilities: [{ id: 'it', tier: 't', access: 'read' }],
  };
  const session = { authState: 'ACTIVE', lastConfirmedAt: 0, acr: 'aal2' };
  const facts = { yes: true, spoilt: '1', tags: ['a', 'b'] };
  return decide(document, { capability: 'it', now: 0, clock: { state: 'ok' }, connectivity: 'online', session, facts })
    .reason;
}

describe('groups are three-valued', () => {
  test.each<readonly [string, Condition, string | null]>([
    ['all of true', { all: [yes, yes] }, null],
    ['all with a false beside an unknown', { all: [missing, no] }, 'condition_not_met'],
    ['all with an unknown beside a true', { all: [yes, invalid] }, 'fact_invalid'],
    ['all with a missing and an ill-typed', { all: [invalid, missing] }, 'fact_missing'],
    ['any with a true beside an unknown', { any: [invalid, yes] }, null],
    ['any with a false beside an unknown', { any: [no, missing] }, 'fact_missing'],
    ['any of false', { any: [no] }, 'condition_not_met'],
    ['not of true', { not: yes }, 'condition_not_met'],
    ['not of false', { not: no }, null],
    ['not of unknown', { not: missing }, 'fact_missing'],
    ['not of a group that is unknown for an ill-typed fact', { not: { any: [invalid, no] } }, 'fact_invalid'],
    ['a name that leads to a name', { condition: 'known' }, null],
  ])('%s', (_, conditions, code) => {
    expect(codeOf(conditions)).toBe(code);
  });
});

describe('leaves compare', () => {
  test.each<readonly [string, Condition, string | null]>([
    ['a word with a list', { fact: 'session.acr', operator: 'in', value: ['aal1', 'aal2'] }, null],
    ['a word with the entries of a list, not their letters', { fact: 'tags', operator: 'contains', value: 'a' }, null],
    ['an entry by its place', { fact: 'tags', path: '$[1]', operator: 'equal', value: 'b' }, null],
    ['an entry beyond the end', { fact: 'tags', path: '$[2]', operator: 'notEqual', value: 'b' }, 'fact_missing'],
    ['with a fact', { fact: 'session.acr', operator: 'notIn', value: { fact: 'tags' } }, null],
    [
      'with a fact that is absent',
      { fact: 'session.acr', operator: 'equal', value: { fact: 'session.iss' } },
      'fact_missing',
    ],
    [
      'with a list that is absent',
      { fact: 'session.acr', operator: 'notIn', value: { fact: 'permissions.roles' } },
      'fact_missing',
    ],
  ])('%s', (_, leaf, code) => {
    expect(codeOf({ all: [leaf] })).toBe(code);
  });
});
