import type { Handle } from '@sveltejs/kit';
import { sequence } from '@sveltejs/kit/hooks';
import { createInitialModeExpression } from 'mode-watcher';
import { isLoopback } from '$lib/server/loopback.ts';
import { withPageHeaders } from '$lib/server/headers.ts';
import { refused } from '$lib/words/shell.ts';

/** A page of another site that points its name at this machine still sends that name: it gets nothing. */
const loopbackOnly: Handle = ({ event, resolve }) =>
  isLoopback(event.request.headers.get('host')) ? resolve(event) : new Response(refused, { status: 421 });

/** Sets the theme before the first paint, and the headers every answer carries. */
const page: Handle = async ({ event, resolve }) => {
  const response = await resolve(event, {
    transformPageChunk: ({ html }) => html.replace('%latchkey.theme%', createInitialModeExpression()),
  });
  return withPageHeaders(response, event.route.id);
};

export const handle = sequence(loopbackOnly, page);
