import type { Right } from '../person.ts';

/** Who may come: everybody, whoever is signed in, a role that has the right, or an app that shows its key. */
export type Access = 'anyone' | 'signed_in' | Right | 'operator';

/**
 * Every way in, by method, route and (for forms) action, with who may use it. What is not named here is answered as if it
 * did not exist. `operator`: whoever holds the token for machines that watch, or an administrator.
 */
const ACCESS: ReadonlyMap<string, Access> = new Map<string, Access>([
  ['GET /', 'read'],
  ['GET /new', 'edit'],
  ['POST /new?/make', 'edit'],
  ['POST /new?/import', 'edit'],
  ['GET /help/[code]', 'read'],
  ['GET /policies/[id]', 'read'],
  ['GET /policies/[id]/changes', 'read'],
  ['POST /policies/[id]/changes?/submit', 'edit'],
  ['GET /policies/[id]/revisions', 'read'],
  ['GET /api/policies/[id]/draft', 'read'],
  ['PUT /api/policies/[id]/draft', 'edit'],
  ['DELETE /api/policies/[id]/draft', 'edit'],
  ['GET /policies/[id]/revisions/[number]', 'read'],
  ['POST /policies/[id]/revisions/[number]?/comment', 'edit'],
  ['POST /policies/[id]/revisions/[number]?/review', 'review'],
  ['POST /policies/[id]/revisions/[number]?/run', 'edit'],
  ['POST /policies/[id]/revisions/[number]?/restore', 'edit'],
  ['POST /policies/[id]/revisions/[number]?/lookBack', 'review'],
  ['GET /policies/[id]/revisions/[number]/publish', 'read'],
  ['POST /policies/[id]/revisions/[number]/publish?/publish', 'publish'],
  ['POST /policies/[id]/revisions/[number]/publish?/plan', 'publish'],
  ['POST /policies/[id]/revisions/[number]/publish?/cancel', 'publish'],
  ['POST /policies/[id]/revisions/[number]/publish?/breakGlass', 'publish'],
  ['GET /policies/[id]/history', 'read'],
  ['GET /policies/[id]/history/csv', 'read'],
  ['GET /policies/[id]/history/in-force', 'read'],
  ['GET /policies/[id]/history/compare', 'read'],
  ['GET /history', 'audit'],
  ['GET /history/csv', 'audit'],
  ['GET /history/integrity', 'read'],
  ['POST /history/integrity', 'audit'],
  ['GET /history/in-force', 'audit'],
  ['GET /history/separation', 'audit'],
  ['GET /history/separation/csv', 'audit'],
  ['GET /history/evidence', 'audit'],
  ['GET /history/evidence/zip', 'audit'],
  ['GET /history/evidence/checkpoint', 'audit'],
  ['GET /history/evidence/keys/[name]', 'audit'],
  ['GET /not-allowed', 'signed_in'],
  ['GET /healthz', 'anyone'],
  ['GET /readyz', 'anyone'],
  ['GET /metrics', 'operator'],
  ['GET /sign-in', 'anyone'],
  ['GET /set-up', 'anyone'],
  ['POST /set-up', 'anyone'],
  ['GET /invitation', 'anyone'],
  ['POST /invitation', 'anyone'],
  ['GET /reset', 'anyone'],
  ['POST /reset', 'anyone'],
  ['GET /account', 'signed_in'],
  ['POST /account?/password', 'signed_in'],
  ['POST /account?/signOutEverywhere', 'signed_in'],
  ['GET /settings', 'audit'],
  ['GET /settings/people', 'audit'],
  ['POST /settings/people?/invite', 'administer'],
  ['POST /settings/people?/withdraw', 'administer'],
  ['POST /settings/people?/role', 'administer'],
  ['POST /settings/people?/reset', 'administer'],
  ['POST /settings/people?/factor', 'administer'],
  ['POST /settings/people?/signOut', 'administer'],
  ['POST /settings/people?/deactivate', 'administer'],
  ['POST /settings/people?/reactivate', 'administer'],
  ['POST /settings/people?/erase', 'administer'],
  ['GET /settings/environments', 'audit'],
  ['POST /settings/environments?/make', 'administer'],
  ['POST /settings/environments?/approval', 'administer'],
  ['GET /settings/app-keys', 'audit'],
  ['POST /settings/app-keys?/make', 'administer'],
  ['POST /settings/app-keys?/revoke', 'administer'],
  ['GET /settings/sign-in', 'administer'],
  ['GET /settings/storage', 'administer'],
]);

/** Who may send a request of this method to this route; null when nobody may. */
export function accessTo(method: string, route: string | null, search: string): Access | null {
  const read = method === 'HEAD' ? 'GET' : method;
  const action = read === 'POST' ? (/^\?\/[A-Za-z]+/.exec(search)?.[0] ?? '') : '';
  return ACCESS.get(`${read} ${route ?? ''}${action}`) ?? null;
}
