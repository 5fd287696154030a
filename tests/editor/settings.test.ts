import { expect, test } from 'vitest';
import { keyState, type ListedKey } from '$lib/state/app-key-state.ts';
import { environmentId } from '$lib/state/environments.ts';
import { deedsFor, type Member } from '$lib/state/person-deeds.ts';
import { roleChoices, roleName } from '$lib/words/roles.ts';
import { storage } from '$lib/words/settings.ts';
import { doneBefore } from '$lib/words/sign-in.ts';

const ada: Member = {
  ...{ id: 'u-1', name: 'Ada', email: 'ada@example.org', role: 'admin' },
  ...{ active: true, twoFactor: false, signedInAt: null },
};
const bo: Member = { ...ada, id: 'u-2', name: 'Bo', email: 'bo@example.org', role: 'author', twoFactor: true };

/** The deeds on offer, those that cannot be done in brackets. */
function offered(member: Member, all: readonly Member[]): readonly string[] {
  return deedsFor(member, all).map(({ deed, why }) => (why === null ? deed : `(${deed})`));
}

test('who can be done what depends on who they are, and on who else administers', () => {
  expect(offered(ada, [ada, bo])).toEqual(['(role)', 'reset', 'signOut', '(deactivate)', '(erase)']);
  const other = { ...bo, role: 'admin' };
  expect(offered(ada, [ada, other])).toEqual(['role', 'reset', 'signOut', 'deactivate', 'erase']);
  expect(offered(ada, [ada, { ...other, active: false }])).toContain('(deactivate)');
  expect(offered(bo, [ada, bo])).toEqual(['role', 'reset', 'factor', 'signOut', 'deactivate', 'erase']);
  expect(offered({ ...bo, active: false }, [ada, bo])).toEqual(['factor', 'reactivate', 'erase']);
  expect(offered({ ...bo, active: false, name: null, email: null }, [ada])).toEqual([]);
});

test.each([
  ['Production', 'production'],
  ['Staging (EU)', 'staging-eu'],
  ['  Übung 2 ', 'ubung-2'],
  ['2nd line', 'nd-line'],
  ['Ωμέγα', ''],
  [`${'very '.repeat(7)}long`, 'very-very-very-very-very-very-ve'],
])('the title %j suggests the id %j', (title, id) => {
  expect(environmentId(title)).toBe(id);
  expect(id).toMatch(/^([a-z][a-z0-9-]{0,31})?$/);
});

test.each([
  [null, 2, 'works'],
  [null, 1, 'expired'],
  [0, 2, 'revoked'],
  [0, 1, 'revoked'],
])('a key revoked at %s that expires at %i is at 1: %s', (revokedAt, expiresAt, state) => {
  const key: ListedKey = {
    ...{ id: 'k', name: 'App', environment: 'Production', prefix: 'lk_production_', by: 'Ada' },
    ...{ createdAt: 0, lastUsedAt: null, revokedAt, expiresAt },
  };
  expect(keyState(key, 1)).toBe(state);
});

test.each([
  [0, '0 bytes'],
  [999, '999 bytes'],
  [1_000, '1 kB'],
  [1_536_000, '1.5 MB'],
  [45_600_000, '46 MB'],
  [3e15, '3,000 TB'],
])('%d bytes read %s', (bytes, text) => {
  expect(storage.sizes(bytes)).toBe(text);
});

test('an address cannot put words of its own on the sign-in page', () => {
  expect(doneBefore('joined')).toMatch(/Sign in/);
  for (const name of [null, '', 'toString', '__proto__', '<b>']) expect(doneBefore(name)).toBeNull();
});

test('every role has a name', () => {
  expect(roleChoices.map(({ value }) => value)).toEqual(['viewer', 'auditor', 'author', 'approver', 'admin']);
  expect(roleName('admin')).toBe('Administrator');
});
