import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ADMIN, signIn, startEditor } from '../../scripts/editor-server.mjs';
import { ENDPOINTS } from '$lib/server/accounts/endpoints.ts';
import { join, PASSWORD, submit, type Role } from './crew.ts';
import { cookieOf } from './harness.ts';
import { databases, type Place } from '../store/databases.ts';
import { waysIn, type Way } from './route-files.ts';

/**
 * Who may come in where, written by hand from what each role is for. `yes`: let through to the route; `in`: sent to sign
 * in; `no`: told that the role does not allow it. `app` is an app that shows its key and nothing else.
 */
const TABLE = `
  GET    /                                     in   yes   yes   yes   yes   yes   in
  GET    /new                                  in   no    no    yes   yes   yes   in
  POST   /new?/make                            in   no    no    yes   yes   yes   in
  POST   /new?/import                          in   no    no    yes   yes   yes   in
  GET    /help/[code]                          in   yes   yes   yes   yes   yes   in
  GET    /policies/[id]                        in   yes   yes   yes   yes   yes   in
  GET    /policies/[id]/changes               in   yes   yes   yes   yes   yes   in
  POST   /policies/[id]/changes?/submit       in   no    no    yes   yes   yes   in
  GET    /policies/[id]/revisions             in   yes   yes   yes   yes   yes   in
  GET    /policies/[id]/revisions/[number]    in   yes   yes   yes   yes   yes   in
  POST   /policies/[id]/revisions/[number]?/comment in   no    no    yes   yes   yes   in
  POST   /policies/[id]/revisions/[number]?/run in   no    no    yes   yes   yes   in
  POST   /policies/[id]/revisions/[number]?/restore in   no    no    yes   yes   yes   in
  POST   /policies/[id]/revisions/[number]?/review in   no    no    no    yes   yes   in
  POST   /policies/[id]/revisions/[number]?/lookBack in   no    no    no    yes   yes   in
  GET    /policies/[id]/revisions/[number]/publish in   yes   yes   yes   yes   yes   in
  POST   /policies/[id]/revisions/[number]/publish?/publish in   no    no    no    yes   yes   in
  POST   /policies/[id]/revisions/[number]/publish?/plan in   no    no    no    yes   yes   in
  POST   /policies/[id]/revisions/[number]/publish?/cancel in   no    no    no    yes   yes   in
  POST   /policies/[id]/revisions/[number]/publish?/breakGlass in   no    no    no    yes   yes   in
  GET    /policies/[id]/history                in   yes   yes   yes   yes   yes   in
  GET    /policies/[id]/history/csv            in   yes   yes   yes   yes   yes   in
  GET    /policies/[id]/history/in-force       in   yes   yes   yes   yes   yes   in
  GET    /policies/[id]/history/compare        in   yes   yes   yes   yes   yes   in
  GET    /history                              in   no    yes   no    yes   yes   in
  GET    /history/csv                          in   no    yes   no    yes   yes   in
  GET    /history/integrity                    in   yes   yes   yes   yes   yes   in
  POST   /history/integrity                    in   no    yes   no    yes   yes   in
  GET    /history/in-force                     in   no    yes   no    yes   yes   in
  GET    /history/separation                   in   no    yes   no    yes   yes   in
  GET    /history/separation/csv               in   no    yes   no    yes   yes   in
  GET    /history/evidence                     in   no    yes   no    yes   yes   in
  GET    /history/evidence/zip                 in   no    yes   no    yes   yes   in
  GET    /history/evidence/checkpoint          in   no    yes   no    yes   yes   in
  GET    /history/evidence/keys/[name]         in   no    yes   no    yes   yes   in
  GET    /api/policies/[id]/draft              in   yes   yes   yes   yes   yes   in
  PUT    /api/policies/[id]/draft              in   no    no    yes   yes   yes   in
  DELETE /api/policies/[id]/draft              in   no    no    yes   yes   yes   in
  GET    /not-allowed                          in   no    no    no    no    no    in
  GET    /healthz                              yes  yes   yes   yes   yes   yes   yes
  GET    /readyz                               yes  yes   yes   yes   yes   yes   yes
  GET    /metrics                              in   no    no    no    no    yes   in
  GET    /sign-in                              yes  yes   yes   yes   yes   yes   yes
  GET    /set-up                               yes  yes   yes   yes   yes   yes   yes
  POST   /set-up                               yes  yes   yes   yes   yes   yes   yes
  GET    /invitation                           yes  yes   yes   yes   yes   yes   yes
  POST   /invitation                           yes  yes   yes   yes   yes   yes   yes
  GET    /reset                                yes  yes   yes   yes   yes   yes   yes
  POST   /reset                                yes  yes   yes   yes   yes   yes   yes
  GET    /account                              in   yes   yes   yes   yes   yes   in
  POST   /account?/password                    in   yes   yes   yes   yes   yes   in
  POST   /account?/signOutEverywhere           in   yes   yes   yes   yes   yes   in
  GET    /settings                             in   no    yes   no    yes   yes   in
  GET    /settings/people                      in   no    yes   no    yes   yes   in
  POST   /settings/people?/invite              in   no    no    no    no    yes   in
  POST   /settings/people?/withdraw            in   no    no    no    no    yes   in
  POST   /settings/people?/role                in   no    no    no    no    yes   in
  POST   /settings/people?/reset               in   no    no    no    no    yes   in
  POST   /settings/people?/factor              in   no    no    no    no    yes   in
  POST   /settings/people?/signOut             in   no    no    no    no    yes   in
  POST   /settings/people?/deactivate          in   no    no    no    no    yes   in
  POST   /settings/people?/reactivate          in   no    no    no    no    yes   in
  POST   /settings/people?/erase               in   no    no    no    no    yes   in
  GET    /settings/environments                in   no    yes   no    yes   yes   in
  POST   /settings/environments?/make          in   no    no    no    no    yes   in
  POST   /settings/environments?/approval      in   no    no    no    no    yes   in
  GET    /settings/app-keys                    in   no    yes   no    yes   yes   in
  POST   /settings/app-keys?/make              in   no    no    no    no    yes   in
  POST   /settings/app-keys?/revoke            in   no    no    no    no    yes   in
  GET    /settings/sign-in                     in   no    no    no    no    yes   in
  GET    /settings/storage                     in   no    no    no    no    yes   in
  POST   /api/auth/sign-in/email               yes  yes   yes   yes   yes   yes   yes
  POST   /api/auth/sign-in/social              yes  yes   yes   yes   yes   yes   yes
  GET    /api/auth/callback/oidc               yes  yes   yes   yes   yes   yes   yes
  POST   /api/auth/sign-out                    yes  yes   yes   yes   yes   yes   yes
  POST   /api/auth/two-factor/enable           in   yes   yes   yes   yes   yes   in
  POST   /api/auth/two-factor/disable          in   yes   yes   yes   yes   yes   in
  POST   /api/auth/two-factor/verify-totp      yes  yes   yes   yes   yes   yes   yes
  POST   /api/auth/two-factor/verify-backup-code yes yes  yes   yes   yes   yes   yes
  POST   /api/auth/two-factor/generate-backup-codes in yes yes  yes   yes   yes   in
`;
const COLUMNS = ['nobody', 'viewer', 'auditor', 'author', 'approver', 'admin', 'app'] as const;
type Column = (typeof COLUMNS)[number];

const rows = TABLE.trim()
  .split('\n')
  .map((line) => line.trim().split(/\s+/))
  .map(([method, address, ...cells]) => ({ name: `${method} ${address}`, cells }));
/** The sign-in library is no route: what is let through to it is a list of its own. */
const AUTH = '/api/auth';
const library = [...ENDPOINTS.keys()].map((name): Way => {
  const [method = '', address = ''] = name.split(' ');
  return { name: `${method} ${AUTH}${address}`, method, route: AUTH + address, action: null, page: false };
});
const ways = [...waysIn(fileURLToPath(new URL('../../editor/routes', import.meta.url))), ...library];

/** What stands in the place of a route’s parameters. */
const EXAMPLES: Readonly<Record<string, string>> = {
  ...{ id: 'field-service', number: '1', code: 'reauth_required', name: 'any' },
};

let server: Awaited<ReturnType<typeof startEditor>>;
let appKey = '';
const cookies = new Map<Column, string>();

async function signEverybodyIn(): Promise<void> {
  for (const role of ['viewer', 'auditor', 'author', 'approver', 'admin'] as const) {
    const email = role === 'admin' ? ADMIN.email : `${role}@example.org`;
    cookies.set(role, cookieOf({ signedIn: await signIn(server.url, { email, password: PASSWORD }) }).cookie);
  }
}

function addressOf({ route, action }: Pick<Way, 'route' | 'action'>): string {
  const path = route.replace(/\[(\w+)\]/g, (_, name: string) => EXAMPLES[name] ?? `no example for ${name}`);
  return `${path}${action === null ? '' : `?/${action}`}`;
}

function headersFor(column: Column, way: Pick<Way, 'method' | 'page'>): Record<string, string> {
  const cookie = cookies.get(column);
  return {
    'x-forwarded-for': `192.0.2.${COLUMNS.indexOf(column) + 1}`,
    accept: way.page && way.method === 'GET' ? 'text/html' : 'application/json',
    ...(cookie === undefined ? {} : { cookie }),
    ...(column === 'app' ? { authorization: `Bearer ${appKey}` } : {}),
    ...(way.method === 'GET' ? {} : { origin: server.url }),
    ...(way.method === 'GET' || way.page ? {} : { 'content-type': 'application/json' }),
    ...(way.method === 'POST' && way.page
      ? { 'x-sveltekit-action': 'true', 'content-type': 'application/x-www-form-urlencoded' }
      : {}),
  };
}

async function ask(way: Pick<Way, 'method' | 'page' | 'route' | 'action'>, headers: HeadersInit) {
  const body = way.method === 'GET' ? {} : { body: way.page ? 'empty=' : JSON.stringify(fieldsOf(way)) };
  return fetch(server.url + addressOf(way), { method: way.method, headers, redirect: 'manual', ...body });
}

/** What the sign-in library reads, all of it wrong; nothing for anybody else. */
function fieldsOf({ method, route }: Pick<Way, 'method' | 'route'>): Readonly<Record<string, string>> {
  const fields = ENDPOINTS.get(`${method} ${route.slice(AUTH.length)}`)?.fields ?? [];
  return Object.fromEntries(fields.map((field) => [field, field === 'email' ? 'nobody@example.org' : 'wrong']));
}

/** What the answer means for who asked. */
async function verdictOf(response: Response): Promise<string> {
  const location = response.headers.get('location');
  if (location?.startsWith('/sign-in?to=') === true) return 'in';
  if (location === '/not-allowed') return 'no';
  const text = await response.text();
  if (response.status >= 500) return `broken: ${text}`;
  if (response.headers.get('content-type')?.startsWith('application/problem+json') === true) {
    const { code } = JSON.parse(text) as { code: string };
    return { signed_out: 'in', not_allowed: 'no', nothing_here: 'nothing here' }[code] ?? 'yes';
  }
  if (/not_allowed|signed_out/.test(text)) return 'refused only inside';
  return response.status === 403 ? 'no' : 'yes';
}

test('every route, method and action has a row, and every row is one', () => {
  expect(rows.map(({ name }) => name).toSorted()).toEqual(ways.map(({ name }) => name).toSorted());
  expect(
    rows.filter(({ cells }) => cells.length !== COLUMNS.length || !cells.every((cell) => /^(in|no|yes)$/.test(cell))),
  ).toEqual([]);
});

describe.each(await databases())('$name', ({ missing, place: make }) => {
  describe.skipIf(missing !== null)('a server', () => {
    let place: Place;
    beforeAll(async () => {
      // Each visitor from an address of its own, because one address may not ask this often.
      place = await make();
      const database = place.url === undefined ? {} : { DATABASE_URL: place.url };
      server = await startEditor({ ADDRESS_HEADER: 'x-forwarded-for', LATCHKEY_DATA: place.folder, ...database });
      for (const role of ['viewer', 'auditor', 'author', 'approver'] as const) await join(server, role, role);
      const expires = new Date(Date.now() + 86_400_000 * 30).toISOString().slice(0, 10);
      const made = await submit(server, '/settings/app-keys?/make', {
        name: 'App',
        environment: 'production',
        expires,
      });
      appKey = /lk_[\w-]+/.exec(made)?.[0] ?? '';
      expect(appKey).toMatch(/^lk_production_/);
      await signEverybodyIn();
    });

    afterAll(async () => {
      await server?.stop();
      await place?.remove();
    });

    describe('to each way in', () => {
      test.each(rows)('$name', async ({ name, cells }) => {
        const way = ways.find((each) => each.name === name);
        if (way === undefined) throw new Error('there is no such route');
        const answers: string[] = [];
        for (const column of COLUMNS) answers.push(await verdictOf(await ask(way, headersFor(column, way))));
        expect(answers).toEqual(cells);
        if (/signOutEverywhere|sign-out/.test(name)) await signEverybodyIn();
      });
    });

    describe('from another site', () => {
      test.each(ways.filter(({ method }) => method !== 'GET'))(
        '$name is refused, whoever is signed in',
        async (way) => {
          for (const origin of ['https://evil.example', 'null', undefined]) {
            const headers = new Headers(headersFor('admin', way));
            headers.delete('origin');
            if (origin !== undefined) headers.set('origin', origin);
            const answer = await ask(way, headers);
            expect(answer.status).toBe(403);
            expect(await answer.json()).toMatchObject({ code: 'other_origin' });
          }
        },
      );
    });

    describe('where nothing is', () => {
      const routes = [...new Set(ways.map(({ route }) => route))].map((route) => ({ route }));

      test.each(routes)('$route answers no other method, and no other action', async ({ route }) => {
        const here = ways.filter((way) => way.route === route);
        const methods = ['POST', 'PUT', 'PATCH', 'DELETE'].filter((method) =>
          here.every((way) => way.method !== method),
        );
        const tries = [
          ...methods.map((method) => ({ method, action: null })),
          ...(route.startsWith(AUTH) ? [] : [{ method: 'POST', action: 'noSuchAction' }]),
        ];
        for (const { method, action } of tries) {
          const way = { method, route, action, page: method === 'POST' };
          expect([method, action, await verdictOf(await ask(way, headersFor('admin', way)))]).toEqual([
            ...[method, action, 'nothing here'],
          ]);
        }
      });

      test('an action that hides behind another name, or an encoded one, is not reached', async () => {
        for (const query of ['?x=1&/erase', '?%2Ferase', '?/erase%20', '?/nothing&/erase']) {
          const way = { method: 'POST', route: `/settings/people${query}`, action: null, page: true };
          const answer = await ask(way, headersFor('viewer', way));
          expect([query, await verdictOf(answer)]).toEqual([query, expect.stringMatching(/nothing here|no/)]);
        }
      });
    });

    describe('too much', () => {
      const draft = { method: 'PUT', route: '/api/policies/[id]/draft', action: null, page: false };

      test.each([
        ['a body of 20 MB', `{"text":"${'x'.repeat(20_000_000)}"}`],
        ['JSON nested 100,000 deep', `{"text":${'['.repeat(100_000)}${']'.repeat(100_000)}}`],
      ])('%s is refused, and the server goes on', async (_what, body) => {
        const answer = await fetch(server.url + addressOf(draft), {
          ...{ method: 'PUT', headers: headersFor('author', draft), body },
        });
        expect(answer.status).toBe(413);
        const health = await fetch(`${server.url}/healthz`, { headers: { 'x-forwarded-for': '192.0.2.99' } });
        expect(health.status).toBe(200);
      });

      test('a document nested 400,000 deep is neither kept nor read, and its page goes on', async () => {
        const text = '{"id":"field-service","a":['.repeat(200_000);
        const body = JSON.stringify({ text, timelines: [], lockVersion: 0 });
        const saved = await fetch(server.url + addressOf(draft), {
          method: 'PUT',
          headers: headersFor('author', draft),
          body,
        });
        expect([saved.status, await saved.json()]).toMatchObject([413, { code: 'too_deep' }]);
        const short = text.slice(0, 900_000);
        expect(await submit(server, '/new?/import', { text: short }, cookies.get('author'))).toMatch(
          /"status":413.*too_deep/,
        );
        const page = { method: 'GET', route: '/policies/[id]/changes', action: null, page: true };
        expect((await ask(page, headersFor('author', page))).status).toBe(200);
      });

      test.each([
        ['/api/auth/sign-in/email', 'application/json', `{"email":"${'a'.repeat(200_000)}","password":"x"}`],
        ['/api/auth/sign-in/email', 'application/json', `{"email":${'['.repeat(4_000)}${']'.repeat(4_000)}}`],
        ['/invitation', 'application/x-www-form-urlencoded', `token=x&name=${'n'.repeat(500_000)}&email=a%40b.example`],
      ])('to %s as %s it is refused with words', async (address, type, body) => {
        const headers = { ...headersFor('nobody', { method: 'POST', page: true }), 'content-type': type };
        const answer = await fetch(server.url + address, { method: 'POST', headers, body });
        const text = await answer.text();
        expect([answer.status < 500, /"code"|problem/.test(text)]).toEqual([true, true]);
      });
    });

    describe('a role', () => {
      const rolesNow = async (): Promise<readonly string[]> => {
        const page = await fetch(`${server.url}/settings/people/__data.json`, {
          headers: { ...headersFor('admin', { method: 'GET', page: true }), accept: 'application/json' },
        });
        return [...(await page.text()).matchAll(/"(viewer|auditor|author|approver|admin)"/g)].map(
          ([, role]) => role ?? '',
        );
      };

      test('is the invitation’s, whatever a form adds to it', async () => {
        const invited = await submit(
          server,
          '/settings/people?/invite',
          { role: 'viewer', days: '1' },
          cookies.get('admin'),
        );
        const token = /token=([\w-]+)/.exec(invited)?.[1] ?? '';
        const greedy = {
          name: 'Eve',
          email: 'eve@example.org',
          password: PASSWORD,
          role: 'admin',
          'person.role': 'admin',
        };
        expect(await submit(server, '/invitation', { token, ...greedy }, '')).toContain('/sign-in');
        const cookie = cookieOf({
          signedIn: await signIn(server.url, { email: 'eve@example.org', password: PASSWORD }),
        }).cookie;
        const refused = await submit(server, '/settings/people?/invite', { role: 'admin', days: '1' }, cookie);
        expect(refused).toContain('not_allowed');
      });

      test.each(['viewer', 'auditor', 'author', 'approver'] satisfies Role[])('%s raises nobody', async (role) => {
        const before = await rolesNow();
        expect(before).toEqual(expect.arrayContaining(['viewer', 'auditor', 'author', 'approver', 'admin']));
        const cookie = cookies.get(role) ?? '';
        for (const address of [
          '/settings/people?/role',
          '/account?/password',
          '/account?/role',
          '/settings/people?/erase',
        ]) {
          await submit(
            server,
            address,
            { person: role, role: 'admin', currentPassword: 'x', newPassword: 'y' },
            cookie,
          );
        }
        expect(await rolesNow()).toEqual(before);
      });
    });
  });
});
