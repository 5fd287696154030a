import { keyText } from '$lib/server/history/index.ts';
import { answerApi, download, signedIn } from '$lib/server/http/index.ts';
import { evidence as words } from '$lib/words/evidence-page.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = answerApi(async ({ params, locals }) => {
  const text = await keyText(locals.server.store, signedIn(locals), params.name);
  return download([text], { name: words.keyFile(params.name), type: 'text/plain; charset=utf-8' });
});
