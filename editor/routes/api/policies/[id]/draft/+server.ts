import { json } from '@sveltejs/kit';
import { discardDraft, saveDraft } from '$lib/server/changes/index.ts';
import { draftSaveIn, lockVersionIn } from '$lib/server/draft-requests.ts';
import { answerApi, readJson, signedIn } from '$lib/server/http/index.ts';
import { presentNow, sharedVersion, tagOf } from '$lib/server/policy-page.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = answerApi(async ({ params, locals, request }) => {
  const by = signedIn(locals);
  const version = await sharedVersion(locals.server, by, params.id);
  const present = await presentNow(locals.server, by, params.id);
  const headers = { etag: tagOf(version, present), 'cache-control': 'no-store' };
  if (request.headers.get('if-none-match') === headers.etag) return new Response(null, { status: 304, headers });
  return json({ ...version, present }, { headers });
});

export const PUT: RequestHandler = answerApi(async ({ params, locals, request }) => {
  const save = { ...draftSaveIn(await readJson(request)), policyId: params.id };
  return json(await saveDraft(locals.server.store, signedIn(locals), save));
});

export const DELETE: RequestHandler = answerApi(async ({ params, locals, request }) => {
  const asked = { policyId: params.id, lockVersion: lockVersionIn(await readJson(request)) };
  return json(await discardDraft(locals.server.store, signedIn(locals), asked));
});
