import { randomUUID } from 'node:crypto';
import { json, type Handle, type HandleServerError, type ServerInit } from '@sveltejs/kit';
import { sequence } from '@sveltejs/kit/hooks';
import { createInitialModeExpression } from 'mode-watcher';
import { dev } from '$app/environment';
import { env } from '$env/dynamic/private';
import { withPageHeaders } from '$lib/server/headers.ts';
import { demandOwnSite, guard, readsPages, refusalOf, storeTrouble, tell } from '$lib/server/http/index.ts';
import { isOurs } from '$lib/server/loopback.ts';
import { reasonOf } from '$lib/server/reason-of.ts';
import { Refusal } from '$lib/server/refusal.ts';
import { running, stopRunning } from '$lib/server/running.ts';
import { http } from '$lib/words/http.ts';
import { refused } from '$lib/words/shell.ts';
import { startup } from '$lib/words/startup.ts';

type Asked = Parameters<Handle>[0]['event'];

/** The tool that reloads sources listens where its configuration says, on this machine. */
const settings = dev ? { HOST: '127.0.0.1', PORT: '5173', ...env } : env;

export const init: ServerInit = async () => {
  const server = await running(settings).catch(cannotStart);
  process.once('sveltekit:shutdown', () => void stopRunning());
  server.log.info({ origin: server.origin, store: server.store.kind }, 'started');
};

/** Ends the process with a sentence: where a store or an address is wrong, a stack helps nobody. */
function cannotStart(error: unknown): never {
  process.stderr.write(startup.failed(reasonOf(error)));
  process.exit(1);
}

/** Gives every request a number, measures it, and writes it down without what it carries. */
const observed: Handle = async ({ event, resolve }) => {
  const { locals, request, route } = event;
  locals.requestId = randomUUID();
  locals.server = await running(settings);
  locals.person = null;
  const { log, metrics, origin } = locals.server;
  const started = performance.now();
  const response = await (async () => resolve(event))().catch((error: unknown) => broken(error, event));
  const seconds = (performance.now() - started) / 1000;
  metrics.answered(route.id ?? 'none', request.method, response.status, seconds);
  const { requestId: id } = locals;
  const person = personIn(locals);
  log.info({ id, method: request.method, route: route.id, status: response.status, seconds, person }, 'answered');
  response.headers.set('x-request-id', id);
  return withPageHeaders(response, { route: route.id, origin });
};

/** Read anew after the request, because the handles further in find out who it is. */
function personIn({ person }: App.Locals): string | null {
  return person?.id ?? null;
}

/** What nobody foresaw goes to the log; who asked is told under which number. */
function broken(error: unknown, event: Asked): Response {
  const { locals, route } = event;
  const { requestId: id, server } = locals;
  server.log.error({ id, route: route.id, err: error }, 'failed');
  return tell(new Refusal(500, 'broken', http.broken(id)), event);
}

/** A page of another site that points its name at this server still sends that name: it gets nothing. */
const named: Handle = ({ event, resolve }) =>
  isOurs(event.request.headers.get('host'), event.locals.server.origin)
    ? resolve(event)
    : tell(new Refusal(421, 'other_host', refused), event);

/** Only those who may come any further, and not too often. */
const guarded: Handle = async ({ event, resolve }) => {
  const { locals, request, route, url } = event;
  const { server } = locals;
  try {
    await server.rate.count(event.getClientAddress());
    if (url.pathname.startsWith('/api/auth/')) {
      demandOwnSite(request, server);
      return await server.accounts.handler(request, event.getClientAddress());
    }
    locals.person = await server.accounts.personOf(request.headers);
    guard(
      { method: request.method, route: route.id, search: url.search, headers: request.headers, person: locals.person },
      server,
    );
  } catch (error) {
    const refusal = refusalOf(error) ?? (await storeTrouble(server.store));
    if (refusal === null) throw error;
    return refuse(refusal, event);
  }
  return resolve(event);
};

/** A page that needs a sign-in leads there and back; everything else is told. */
function refuse(refusal: Refusal, event: Asked): Response {
  const { request, url, isDataRequest } = event;
  const page = request.method === 'GET' && (isDataRequest || readsPages(request.headers));
  const to = encodeURIComponent(url.pathname + url.search);
  if (page && refusal.status === 401) return lead(event, `/sign-in?to=${to}`);
  if (page && refusal.code === 'second_factor_needed') return lead(event, '/account');
  if (page && refusal.status === 403) return lead(event, '/not-allowed');
  const wait = refusal.extra['retryAfter'];
  return tell(refusal, event, typeof wait === 'number' ? { 'retry-after': `${wait}` } : {});
}

/** Leads a browser elsewhere; a page's own script reads that in its own form. */
function lead({ isDataRequest }: Asked, location: string): Response {
  const headers = { 'cache-control': 'no-store' };
  return isDataRequest
    ? json({ type: 'redirect', location }, { headers })
    : new Response(null, { status: 303, headers: { ...headers, location } });
}

/** Sets the theme before the first paint; what breaks where the framework has no page of ours is told as every other refusal. */
const page: Handle = async ({ event, resolve }) => {
  const response = await resolve(event, {
    transformPageChunk: ({ html }) => html.replace('%latchkey.theme%', createInitialModeExpression()),
  });
  const { isDataRequest, locals, request } = event;
  // A page’s own script and its forms read the framework’s form of it.
  const framework = isDataRequest || request.headers.has('x-sveltekit-action');
  const shown = readsPages(request.headers) && response.headers.has('x-sveltekit-page');
  if (response.status !== 500 || framework || shown) return response;
  return tell(new Refusal(500, 'broken', http.broken(locals.requestId)), event);
};

export const handle = sequence(observed, named, page, guarded);

/** What a person is told when something breaks, and what the log keeps of it. */
export const handleError: HandleServerError = ({ error, event, status, message }) => {
  if (status === 404) return { message };
  const refusal = refusalOf(error);
  if (refusal !== null) return { message: refusal.message };
  const { requestId, server } = event.locals;
  server.log.error({ id: requestId, route: event.route.id, err: error }, 'failed');
  return { message: http.broken(requestId) };
};
