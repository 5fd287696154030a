import { randomUUID } from 'node:crypto';
import { redirect, type Handle, type HandleServerError, type ServerInit } from '@sveltejs/kit';
import { sequence } from '@sveltejs/kit/hooks';
import { createInitialModeExpression } from 'mode-watcher';
import { env } from '$env/dynamic/private';
import { withPageHeaders } from '$lib/server/headers.ts';
import { guard, problemResponse, refusalOf } from '$lib/server/http/index.ts';
import { isOurs } from '$lib/server/loopback.ts';
import { reasonOf } from '$lib/server/reason-of.ts';
import type { Refusal } from '$lib/server/refusal.ts';
import { running, stopRunning } from '$lib/server/running.ts';
import { http } from '$lib/words/http.ts';
import { refused } from '$lib/words/shell.ts';
import { startup } from '$lib/words/startup.ts';

export const init: ServerInit = async () => {
  const server = await running(env).catch(cannotStart);
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
  locals.server = await running(env);
  locals.person = null;
  const { log, metrics } = locals.server;
  const started = performance.now();
  const response = await resolve(event);
  const seconds = (performance.now() - started) / 1000;
  metrics.answered(route.id ?? 'none', request.method, response.status, seconds);
  const { requestId: id } = locals;
  const person = personIn(locals);
  log.info({ id, method: request.method, route: route.id, status: response.status, seconds, person }, 'answered');
  response.headers.set('x-request-id', id);
  return response;
};

/** Read anew after the request, because the handles further in find out who it is. */
function personIn({ person }: App.Locals): string | null {
  return person?.id ?? null;
}

/** A page of another site that points its name at this server still sends that name: it gets nothing. */
const named: Handle = ({ event, resolve }) =>
  isOurs(event.request.headers.get('host'), event.locals.server.origin)
    ? resolve(event)
    : new Response(refused, { status: 421 });

/** Only those who may come any further, and not too often. */
const guarded: Handle = async ({ event, resolve }) => {
  const { locals, request, route, url } = event;
  const { server } = locals;
  try {
    await server.rate.count(event.getClientAddress());
    if (url.pathname.startsWith('/api/auth/')) return await server.accounts.handler(request, event.getClientAddress());
    locals.person = await server.accounts.personOf(request.headers);
    guard(
      { method: request.method, route: route.id, search: url.search, headers: request.headers, person: locals.person },
      server,
    );
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal === null) throw error;
    return refuse(refusal, event);
  }
  return resolve(event);
};

/** A page that needs a sign-in leads there and back; everything else is told in problem details. */
function refuse(refusal: Refusal, { request, url, isDataRequest }: Parameters<Handle>[0]['event']): Response {
  const page = request.method === 'GET' && (isDataRequest || /text\/html/.test(request.headers.get('accept') ?? ''));
  const to = encodeURIComponent(url.pathname + url.search);
  if (page && refusal.status === 401) redirect(303, `/sign-in?to=${to}`);
  if (page && refusal.code === 'second_factor_needed') redirect(303, '/account');
  if (page && refusal.status === 403) redirect(303, '/not-allowed');
  const wait = refusal.extra['retryAfter'];
  return problemResponse(refusal, typeof wait === 'number' ? { 'retry-after': `${wait}` } : {});
}

/** Sets the theme before the first paint, and the headers every answer carries. */
const page: Handle = async ({ event, resolve }) => {
  const response = await resolve(event, {
    transformPageChunk: ({ html }) => html.replace('%latchkey.theme%', createInitialModeExpression()),
  });
  return withPageHeaders(response, event.route.id);
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
