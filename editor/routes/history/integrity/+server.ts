import { checkedNow, integrityTold } from '$lib/server/history/index.ts';
import { answerApi, signedIn } from '$lib/server/http/index.ts';
import { json } from '@sveltejs/kit';
import type { RequestHandler } from './$types';

/** The last answer, for a badge. */
export const GET: RequestHandler = answerApi(async ({ locals }) =>
  json(await integrityTold(locals.server.store, Date.now())),
);

/** A check now, told while it runs. */
export const POST: RequestHandler = answerApi(({ locals }) => {
  const body = checkedNow(locals.server.store, signedIn(locals), Date.now());
  return Promise.resolve(new Response(body, { headers: { 'content-type': 'application/x-ndjson' } }));
});
