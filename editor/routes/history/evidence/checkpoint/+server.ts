import { newestCheckpoint } from '$lib/server/history/index.ts';
import { answerApi, download, signedIn } from '$lib/server/http/index.ts';
import { evidence as words } from '$lib/words/evidence-page.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = answerApi(async ({ locals }) => {
  const { size, note } = await newestCheckpoint(locals.server.store, signedIn(locals));
  return download([note], { name: words.checkpointFile(size), type: 'text/plain; charset=utf-8' });
});
