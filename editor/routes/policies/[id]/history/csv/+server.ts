import { historyTable } from '$lib/server/history/index.ts';
import { answerApi, download, signedIn } from '$lib/server/http/index.ts';
import { history as words } from '$lib/words/history.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = answerApi(async ({ params, url, locals }) => {
  const asked = { by: signedIn(locals), query: url.searchParams, policy: params.id };
  const name = words.fileNameOf(params.id);
  return download(await historyTable(locals.server, asked), { name, type: 'text/csv; charset=utf-8' });
});
