import { answerApi } from '$lib/server/http/index.ts';
import { answers } from '$lib/server/store/index.ts';
import type { RequestHandler } from './$types';

/** The store answers as well: traffic may come. */
export const GET: RequestHandler = ({ locals }) =>
  answerApi(async () => {
    await answers(locals.server.store);
    return new Response('ready\n', { headers: { 'cache-control': 'no-store' } });
  });
