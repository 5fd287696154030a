import { separationTable } from '$lib/server/history/index.ts';
import { answerApi, download, signedIn } from '$lib/server/http/index.ts';
import { separation as words } from '$lib/words/separation.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = answerApi(async ({ url, locals }) => {
  const lines = await separationTable(locals.server, { by: signedIn(locals), query: url.searchParams });
  return download(lines, { name: words.fileName, type: 'text/csv; charset=utf-8' });
});
