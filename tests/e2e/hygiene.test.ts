import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { request as begin, type IncomingMessage } from 'node:http';
import { connect, createServer, type AddressInfo } from 'node:net';
import path from 'node:path';
import { text as whole } from 'node:stream/consumers';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { signIn, startAgain, startEditor, startEmpty } from '../../scripts/editor-server.mjs';
import { databases, type Place } from '../store/databases.ts';
import { policyText, storyText } from '../store/people.ts';
import { openProxy, type Proxy } from '../store/proxy.ts';
import { join, PASSWORD, submit } from './crew.ts';
import { cookieOf } from './harness.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const TOKEN = 'for machines that watch';
const DRAFT = '/api/policies/notes/draft';
const REVISION = '/policies/notes/revisions/1';
const PAGE = { accept: 'text/html' };
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

/** What every answer carries, whatever it is. */
const ALWAYS = {
  'x-request-id': expect.stringMatching(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/) as string,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
};

type Headers = Readonly<Record<string, string>>;

interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

interface Sent {
  readonly method?: string;
  readonly body?: string;
}

/** Asks a server as any program can, also under another name than it has; from an address of one's own. */
async function ask(url: string, headers: Headers = {}, { method = 'GET', body }: Sent = {}): Promise<Answer> {
  const sending = begin(url, { method, headers: { 'x-forwarded-for': '192.0.2.1', ...headers }, agent: false });
  sending.end(body);
  return answerTo(sending);
}

async function answerTo(sending: ReturnType<typeof begin>): Promise<Answer> {
  const [response] = (await once(sending, 'response')) as [IncomingMessage];
  return { status: response.statusCode ?? 0, headers: response.headers, body: await whole(response) };
}

const problemOf = ({ headers, body }: Answer): unknown => {
  expect(headers['content-type']).toBe('application/problem+json');
  return JSON.parse(body);
};

/** Members that problem details have, besides the sentence. */
const told = (status: number, code: string) => ({
  ...{ type: `urn:latchkey:problem:${code}`, status, code },
  ...{ title: expect.stringMatching(/^\w/) as string, detail: expect.stringMatching(/\.$/) as string },
});

/** A refusal as a browser shows it: in words, with its code, and without anything that could run. */
function demandPage({ headers, body }: Answer, code: string): void {
  expect(headers).toMatchObject({
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': expect.stringContaining("default-src 'none'") as string,
    'cache-control': 'no-store',
  });
  expect(body).toMatch(/<title>\w.* · Latchkey<\/title>[^]*<p>[A-Z].*\.<\/p>/);
  expect(body).toContain(`<code>${code}</code>`);
}

function demandDone(answer: string): void {
  expect(JSON.parse(answer)).toMatchObject({ type: expect.stringMatching(/^(success|redirect)$/) as string });
}

describe.each(await databases())('$name', ({ name, missing, place: make }) => {
  describe.skipIf(missing !== null)('a server', () => {
    let place: Place;
    /** The way to PostgreSQL; a file needs none. */
    let proxy: Proxy | null = null;
    let server: Awaited<ReturnType<typeof startAgain>>;
    let admin: Headers;
    let approver: Headers;

    beforeAll(async () => {
      place = await make();
      if (place.url !== undefined) proxy = await openProxy(place.url);
      const env = {
        ...{ LATCHKEY_DATA: place.folder, LATCHKEY_POLICIES: path.join(place.folder, 'none'), SHUTDOWN_TIMEOUT: '30' },
        ...{ LATCHKEY_METRICS_TOKEN: TOKEN, LATCHKEY_LOG: 'silent', ADDRESS_HEADER: 'x-forwarded-for' },
        ...(proxy === null ? {} : { DATABASE_URL: proxy.url }),
      };
      const beginning = await startEditor(env);
      demandDone(await submit(beginning, '/settings/environments?/make', { id: 'field', title: 'In the field' }));
      const email = await join(beginning, 'Ben', 'approver');
      approver = cookieOf({ signedIn: await signIn(beginning.url, { email, password: PASSWORD }) });
      admin = cookieOf(beginning);
      demandDone(await submit(beginning, '/new?/import', { text: policyText(1) }));
      await beginning.stop();
      server = await startAgain(place.folder, env);
    });
    afterAll(async () => {
      await server?.stop();
      await place?.remove();
      await proxy?.cut();
    });

    /** What a page of ours sends: as somebody, with JSON or a form. */
    const own = (who: Headers, more: Headers = {}) => ({ ...who, origin: server.url, ...more });
    const save = async (who: Headers, text: string, lockVersion: number) =>
      ask(server.url + DRAFT, own(who, { 'content-type': 'application/json' }), {
        ...{
          method: 'PUT',
          body: JSON.stringify({ text, timelines: [{ name: 'away', text: storyText() }], lockVersion }),
        },
      });
    const post = async (who: Headers, address: string, fields: Record<string, string>) => {
      const body = new URLSearchParams(fields).toString();
      const headers = own(who, { ...FORM, accept: 'application/json', 'x-sveltekit-action': 'true' });
      return (await ask(server.url + address, headers, { method: 'POST', body })).body;
    };
    const figure = async (name: string): Promise<number> => {
      const { body } = await ask(`${server.url}/metrics`, { authorization: `Bearer ${TOKEN}` });
      return Number(
        body
          .split('\n')
          .find((line) => line.startsWith(`${name} `))
          ?.slice(name.length) ?? 0,
      );
    };
    const counted = (route: string, method: string, status: number) =>
      figure(`latchkey_http_request_duration_seconds_count{route="${route}",method="${method}",status="${status}"}`);

    test.each([
      [
        'a page',
        '/sign-in',
        PAGE,
        200,
        { 'content-security-policy': expect.stringContaining("default-src 'none'") as string },
      ],
      ['a page that lets somebody in', '/set-up?token=x', PAGE, 200, { 'cache-control': 'no-store' }],
      ['a page that is not there', '/no/such/page', PAGE, 404, { 'content-type': 'text/html' }],
      [
        'a page for who is signed in',
        '/history',
        PAGE,
        303,
        { location: '/sign-in?to=%2Fhistory', 'cache-control': 'no-store' },
      ],
      ['what such a page loads', '/history/__data.json', {}, 200, { 'cache-control': 'no-store' }],
      ['an endpoint', '/healthz', {}, 200, { 'cache-control': 'no-store' }],
      ['an endpoint for who is signed in', DRAFT, {}, 401, { 'content-type': 'application/problem+json' }],
      ['nothing', '/api/nothing', {}, 404, { 'content-type': 'application/problem+json' }],
      ['nothing where one signs in', '/api/auth/sign-up', {}, 404, { 'content-type': 'application/problem+json' }],
      ['a server by another name', '/', { host: 'evil.example' }, 421, { 'content-type': 'application/problem+json' }],
    ])('answers for %s carry what every answer does', async (_what, address, headers, status, more) => {
      const answer = await ask(server.url + address, headers);
      expect(answer.status).toBe(status);
      expect(answer.headers).toMatchObject({ ...ALWAYS, ...more });
      expect(answer.headers).not.toHaveProperty('strict-transport-security');
      expect((await ask(server.url + address, headers)).headers['x-request-id']).not.toBe(
        answer.headers['x-request-id'],
      );
    });

    test('a form of another site is refused like everything else, and counted', async () => {
      const before = await counted('/set-up', 'POST', 403);
      const answer = await ask(
        `${server.url}/set-up`,
        { ...FORM, origin: 'https://evil.example' },
        { method: 'POST', body: 'token=x' },
      );
      expect(answer).toMatchObject({ status: 403, headers: ALWAYS });
      expect(problemOf(answer)).toMatchObject(told(403, 'other_origin'));
      const seen = await ask(`${server.url}/set-up`, { ...PAGE, origin: 'https://evil.example' }, { method: 'POST' });
      demandPage(seen, 'other_origin');
      expect(await counted('/set-up', 'POST', 403)).toBe(before + 2);
    });

    test('whoever a page leads elsewhere is counted, and a page’s own script is led in its own form', async () => {
      const before = await counted('/settings/storage', 'GET', 303);
      const storage = await ask(`${server.url}/settings/storage`, { ...approver, ...PAGE });
      expect(storage).toMatchObject({ status: 303, headers: { ...ALWAYS, location: '/not-allowed' } });
      expect(await counted('/settings/storage', 'GET', 303)).toBe(before + 1);
      const data = await ask(`${server.url}/settings/storage/__data.json`, approver);
      expect(JSON.parse(data.body)).toEqual({ type: 'redirect', location: '/not-allowed' });
    });

    test('what nobody foresaw is told under its number, and counted', async () => {
      const store = await place.open();
      const rename = (from: string, to: string) =>
        sql`alter table ${sql.table(from)} rename to ${sql.table(to)}`.execute(store.db);
      const before = await figure('latchkey_http_failures_total');
      await rename('login_session', 'put_away');
      const page = await ask(server.url, { ...admin, ...PAGE }).finally(() => rename('put_away', 'login_session'));
      await rename('draft', 'put_away');
      const api = await ask(server.url + DRAFT, admin).finally(() => rename('put_away', 'draft'));
      for (const answer of [page, api]) expect(answer).toMatchObject({ status: 500, headers: ALWAYS });
      demandPage(page, 'broken');
      expect(page.body).toContain(String(page.headers['x-request-id']));
      expect(problemOf(api)).toMatchObject({
        ...told(500, 'broken'),
        detail: expect.stringContaining(String(api.headers['x-request-id'])) as string,
      });
      expect(await figure('latchkey_http_failures_total')).toBe(before + 2);
      expect((await ask(server.url + DRAFT, admin)).status).toBe(200);
    });

    test.each([
      ['/history/csv?kind=sign-ins', 'audit_event', '/history'],
      ['/policies/notes/history/csv', 'audit_event', '/policies/notes/history'],
      ['/history/separation/csv', 'release', '/history/separation'],
      ['/history/evidence/zip', 'audit_event', '/history/evidence'],
      ['/history/evidence/checkpoint', 'checkpoint', '/history/evidence'],
      ['/history/evidence/keys/any', 'signing_key', '/history/evidence'],
    ])('a download that breaks is told as everything else, with a way back: %s', async (address, table, back) => {
      const store = await place.open();
      const rename = (from: string, to: string) =>
        sql`alter table ${sql.table(from)} rename to ${sql.table(to)}`.execute(store.db);
      await rename(table, 'put_away');
      const [page, program] = await Promise.all([
        ask(server.url + address, { ...admin, ...PAGE }),
        ask(server.url + address, admin),
      ]).finally(() => rename('put_away', table));
      for (const answer of [page, program]) expect(answer).toMatchObject({ status: 500, headers: ALWAYS });
      demandPage(page, 'broken');
      expect(page.body).toContain(`<a href="${back}">Go back</a>`);
      expect(page.headers).not.toHaveProperty('content-disposition');
      expect(problemOf(program)).toMatchObject(told(500, 'broken'));
    });

    test('a refused download is told as well, with a way back', async () => {
      const [page, program] = await Promise.all([
        ask(`${server.url}/history/evidence/keys/none`, { ...admin, ...PAGE }),
        ask(`${server.url}/history/evidence/keys/none`, admin),
      ]);
      demandPage(page, 'key_unknown');
      expect(page.body).toContain('<a href="/history/evidence">Go back</a>');
      expect(problemOf(program)).toMatchObject(told(404, 'key_unknown'));
    });

    test('too many requests from one address are refused until it waited, others go on', async () => {
      const from = { 'x-forwarded-for': '192.0.2.66' };
      for (let count = 0; count < 600; count += 1) {
        const { status } = await ask(`${server.url}/healthz`, from);
        if (status !== 200) throw new Error(`request ${count} was answered with ${status}`);
      }
      for (const address of ['/healthz', '/sign-in', '/api/auth/sign-in/email']) {
        const answer = await ask(server.url + address, from);
        const retryAfter = Number(answer.headers['retry-after']);
        expect([answer.status, retryAfter > 0 && retryAfter <= 60]).toEqual([429, true]);
        expect(problemOf(answer)).toMatchObject({ ...told(429, 'too_many_requests'), retryAfter });
      }
      demandPage(await ask(server.url, { ...from, ...PAGE }), 'too_many_requests');
      expect((await ask(`${server.url}/healthz`)).status).toBe(200);
    });

    test('a conflict carries both versions, and what they were made from', async () => {
      const { lockVersion } = JSON.parse((await ask(server.url + DRAFT, admin)).body) as { lockVersion: number };
      const saved = JSON.parse((await save(admin, policyText(1), lockVersion)).body) as { lockVersion: number };
      const said = { message: 'First', reason: 'Asked for', lockVersion: `${saved.lockVersion}` };
      demandDone(await post(admin, '/policies/notes/changes?/submit', said));
      const kept = JSON.parse((await ask(server.url + DRAFT, admin)).body) as { lockVersion: number };
      const [theirs, yours] = [policyText(2, '3d'), policyText(2, '5d')];
      expect((await save(admin, theirs, kept.lockVersion)).status).toBe(200);
      const answer = await save(approver, yours, kept.lockVersion);
      const timelines = [{ name: 'away', text: storyText() }];
      expect(answer.status).toBe(409);
      expect(problemOf(answer)).toMatchObject({
        ...told(409, 'draft_conflict'),
        yours: { text: yours, timelines, lockVersion: kept.lockVersion },
        theirs: { text: theirs, timelines, lockVersion: kept.lockVersion + 1 },
        base: { number: 1, text: policyText(1), timelines },
      });
    });

    const why = name === 'SQLite' ? ' (skipped: a file is not away)' : '';
    test.skipIf(why !== '')(
      `a database that is away is told by /readyz, and nothing needs a restart${why}`,
      async () => {
        await proxy?.cut();
        for (const [address, headers] of [
          ['/readyz', {}],
          ['/', { ...admin, ...PAGE }],
          [DRAFT, admin],
        ] as const) {
          const answer = await ask(server.url + address, headers);
          expect([address, answer]).toMatchObject([address, { status: 503, headers: ALWAYS }]);
          if (address === '/') demandPage(answer, 'store_away');
          else expect(problemOf(answer)).toMatchObject(told(503, 'store_away'));
        }
        expect((await ask(`${server.url}/healthz`)).status).toBe(200);
        await proxy?.restore();
        await vi.waitFor(async () => expect((await ask(`${server.url}/readyz`)).status).toBe(200), 10_000);
        expect((await ask(server.url + DRAFT, admin)).status).toBe(200);
      },
    );

    test('told to stop, it ends what it began: a publish on its way is made and acknowledged', async () => {
      const { body: page } = await ask(server.url + REVISION, { ...approver, ...PAGE });
      const [, contentHash = ''] = /data-testid="content-hash">(\w+)</.exec(page) ?? [];
      demandDone(await post(approver, `${REVISION}?/review`, { contentHash, verdict: 'approve', message: '' }));
      const fields = { contentHash, environment: 'field', reason: 'Approved and awaited.', ticket: 'OPS-1' };
      const body = new URLSearchParams(fields).toString();
      const sending = begin(`${server.url}${REVISION}/publish?/publish`, {
        ...{ method: 'POST', agent: false },
        headers: {
          ...own(approver, { ...FORM, accept: 'application/json', 'x-sveltekit-action': 'true' }),
          ...{ 'x-forwarded-for': '192.0.2.1', 'content-length': body.length, expect: '100-continue' },
        },
      });
      sending.flushHeaders();
      await once(sending, 'continue');
      process.kill(server.pid, 'SIGTERM');
      await vi.waitFor(async () => expect(await takesMore(server.url)).toBe(false), { timeout: 10_000, interval: 20 });
      sending.end(body);
      demandDone((await answerTo(sending)).body);
      expect(await server.ended, 'a wish to stop is no failure').toBe(0);

      const store = await place.open();
      const released = await store.db.selectFrom('release').select(['environment', 'ticket']).execute();
      expect(released).toEqual([{ environment: 'field', ticket: 'OPS-1' }]);
      const verify = ['editor/command/latchkey-server.mjs', 'verify', '--data', place.folder];
      const env = { ...process.env, DATABASE_URL: place.url ?? '' };
      const { status, stdout, stderr } = spawnSync(process.execPath, verify, { cwd: ROOT, env, encoding: 'utf8' });
      expect([status, stdout, stderr]).toEqual([0, expect.stringMatching(/^✓/), expect.any(String)]);
    });
  });
});

test('a server behind https tells browsers to stay there, on every answer', async () => {
  const port = await freePort();
  const { stop } = await startEmpty({ PORT: `${port}`, LATCHKEY_ORIGIN: 'https://latchkey.example:8443' });
  try {
    for (const [address, host] of [
      ['/sign-in', 'latchkey.example:8443'],
      ['/', 'latchkey.example:8443'],
      ['/', 'evil.example'],
    ]) {
      const { headers } = await ask(`http://127.0.0.1:${port}${address}`, { ...PAGE, host: host ?? '' });
      expect(headers).toMatchObject({ ...ALWAYS, 'strict-transport-security': 'max-age=31536000' });
    }
  } finally {
    await stop();
  }
});

test('a build that is started by itself, told nothing, does not listen to everybody', () => {
  const env = { PATH: process.env['PATH'], LATCHKEY_DATA: '/nowhere' };
  const { status, stderr } = spawnSync(process.execPath, ['build/index.js'], { cwd: ROOT, env, encoding: 'utf8' });
  expect([status, stderr]).toEqual([1, expect.stringMatching(/HOST is not set.*`latchkey-server start`/)]);
});

async function takesMore(url: string): Promise<boolean> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
