import type { Right } from '../person.ts';

/** Who may come: everybody, whoever is signed in, a role that has the right, or an app that shows its key. */
export type Access = 'anyone' | 'signed_in' | Right | 'operator';

/**
 * Every way in, by method, route and (for forms) action, with who may use it. What is not named here is answered as if it
 * did not exist. `operator`: whoever holds the token for machines that watch, or an administrator.
 */
const ACCESS: ReadonlyMap<string, Access> = new Map<string, Access>([
  ['GET /', 'read'],
  ['GET /help/[code]', 'read'],
  ['GET /policies/[id]', 'read'],
  ['GET /not-allowed', 'signed_in'],
  ['GET /healthz', 'anyone'],
  ['GET /readyz', 'anyone'],
  ['GET /metrics', 'operator'],
  ['GET /sign-in', 'anyone'],
  ['GET /set-up', 'anyone'],
  ['POST /set-up', 'anyone'],
]);

/** Who may send a request of this method to this route; null when nobody may. */
export function accessTo(method: string, route: string | null, search: string): Access | null {
  const read = method === 'HEAD' ? 'GET' : method;
  const action = read === 'POST' ? (/^\?\/[A-Za-z]+/.exec(search)?.[0] ?? '') : '';
  return ACCESS.get(`${read} ${route ?? ''}${action}`) ?? null;
}
