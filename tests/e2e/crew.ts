import { ADMIN, type SignedIn } from '../../scripts/editor-server.mjs';
import { cookieOf } from './harness.ts';

/** A server that was started for a test. */
export interface Server {
  readonly url: string;
  readonly signedIn: SignedIn;
}

export type Role = 'viewer' | 'auditor' | 'author' | 'approver' | 'admin';

/** What everybody signs in with who joins here. */
export const PASSWORD = ADMIN.password;

/** Sends a form as the page’s own script does; what the action answered, as text. */
export async function submit(
  server: Server,
  address: string,
  fields: Record<string, string>,
  cookie = cookieOf(server).cookie,
): Promise<string> {
  const response = await fetch(server.url + address, {
    method: 'POST',
    headers: { origin: server.url, accept: 'application/json', 'x-sveltekit-action': 'true', cookie, ...FROM_HERE },
    body: new URLSearchParams(fields),
  });
  return response.text();
}

/** Lets somebody join by an invitation; their address is `<name>@example.org`. */
export async function join(server: Server, name: string, role: Role): Promise<string> {
  const invited = await submit(server, '/settings/people?/invite', { role, days: '1' });
  const token = /token=([\w-]+)/.exec(invited)?.[1];
  if (token === undefined) throw new Error(`no invitation: ${invited}`);
  const email = `${name.toLowerCase()}@example.org`;
  const joined = await submit(server, '/invitation', { token, name, email, password: PASSWORD }, '');
  if (!joined.includes('"redirect"')) throw new Error(`nobody joined: ${joined}`);
  return email;
}

/** For a server that is told by this header whom it talks to. */
const FROM_HERE = { 'x-forwarded-for': '127.0.0.1' };
