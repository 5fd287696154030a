import { historyPage } from '$lib/server/history/index.ts';
import { answerPage, signedIn } from '$lib/server/http/index.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ url, locals }) =>
  answerPage(() => historyPage(locals.server, { by: signedIn(locals), query: url.searchParams }));
