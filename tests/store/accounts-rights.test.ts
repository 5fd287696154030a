import { expect, test } from 'vitest';
import { requiresTwoFactor } from '$lib/server/accounts/index.ts';
import { may, ROLES, type Right } from '$lib/server/person.ts';

/** What each role may do, written down a second time. */
const TABLE: Readonly<Record<(typeof ROLES)[number], readonly Right[]>> = {
  viewer: ['read'],
  auditor: ['read', 'audit'],
  author: ['read', 'edit'],
  approver: ['read', 'audit', 'edit', 'review', 'publish'],
  admin: ['read', 'audit', 'edit', 'review', 'publish', 'administer'],
};
const RIGHTS: readonly Right[] = ['read', 'audit', 'edit', 'review', 'publish', 'administer'];

test.each(ROLES)('what a person with the role %s may do', (role) => {
  expect(RIGHTS.filter((right) => may({ id: 'p', role }, right))).toEqual(TABLE[role]);
});

test('a second factor is asked of who can change what is in force, where others reach the server', () => {
  expect(ROLES.filter((role) => requiresTwoFactor({ id: 'p', role }, false))).toEqual(['approver', 'admin']);
  expect(ROLES.filter((role) => requiresTwoFactor({ id: 'p', role }, true))).toEqual([]);
});
