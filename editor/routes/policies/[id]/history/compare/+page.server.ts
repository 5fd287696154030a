import { comparePage } from '$lib/server/history/index.ts';
import { answerPage, signedIn } from '$lib/server/http/index.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ params, url, locals }) =>
  answerPage(() => comparePage(locals.server, { by: signedIn(locals), query: url.searchParams, policy: params.id }));
