import { evidencePage } from '$lib/server/history/index.ts';
import { answerPage, signedIn } from '$lib/server/http/index.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals }) =>
  answerPage(() => evidencePage(locals.server.store, signedIn(locals)));
