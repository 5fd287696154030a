import { historyTable } from '$lib/server/history/index.ts';
import { answerApi, download, signedIn } from '$lib/server/http/index.ts';
import { history as words } from '$lib/words/history.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = answerApi(async ({ url, locals }) => {
  const lines = await historyTable(locals.server, { by: signedIn(locals), query: url.searchParams });
  return download(lines, { name: words.fileName, type: 'text/csv; charset=utf-8' });
});
