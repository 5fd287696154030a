import type { Person } from '$lib/server/person.ts';
import type { Store } from '$lib/server/store/index.ts';

/** One person a role, and a second one where it takes two. */
export const viewer: Person = { id: 'u-viewer', role: 'viewer' };
export const author: Person = { id: 'u-author', role: 'author' };
export const coauthor: Person = { id: 'u-coauthor', role: 'author' };
export const approver: Person = { id: 'u-approver', role: 'approver' };
export const admin: Person = { id: 'u-admin', role: 'admin' };

/** Gives people the roles they come with; without names, all of the above. */
export async function enrol({ db }: Pick<Store, 'db'>, ...people: readonly Person[]): Promise<void> {
  const all = people.length === 0 ? [viewer, author, coauthor, approver, admin] : people;
  for (const { id, role } of all) {
    await db
      .insertInto('membership')
      .values({ person_id: id, role, created_at: 1, deactivated_at: null })
      .onConflict((same) => same.column('person_id').doUpdateSet({ role }))
      .execute();
  }
}

/** A policy document in a version; `limit` is what its only tier allows. */
export function policyText(version: number, limit = '7d', id = 'notes'): string {
  return `{
  "language": 1,
  "id": "${id}",
  "version": ${version},
  "tiers": [
    { "id": "A", "sensitivity": "internal", "require": [{ "kind": "maxAge", "of": "serverConfirmation", "limit": "${limit}" }] }
  ],
  "capabilities": [{ "id": "note.view", "tier": "A", "access": "read" }]
}
`;
}

/** A story of nine days in which reading is expected to end after so many hours. */
export function storyText(hours = 168, policy = 'notes'): string {
  return JSON.stringify({
    timeline: 1,
    title: 'Away',
    policy,
    start: '2026-03-02T08:00:00Z',
    until: '9d',
    session: { sub: 'u-3' },
    idp: { accessTokenLifetime: '1h', refreshIdle: '30d', refreshAbsolute: '90d' },
    events: [
      { at: '0s', type: 'session-established', amr: ['pwd'] },
      { at: '1m', type: 'connectivity-change', to: 'offline' },
    ],
    expect: [
      { at: `${hours - 1}h`, capability: 'note.view', outcome: 'permit' },
      { at: `${hours + 1}h`, capability: 'note.view', outcome: 'deny' },
    ],
  });
}
