import { exportOf } from '$lib/server/history/index.ts';
import { answerApi, download, signedIn } from '$lib/server/http/index.ts';
import { evidence as words } from '$lib/words/evidence-page.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = answerApi(({ locals }) => {
  const pieces = exportOf(locals.server.store, signedIn(locals));
  return download(pieces, { name: words.fileName, type: 'application/zip' });
});
