import { policyTexts } from '$lib/server/catalogue.ts';
import { answerPage } from '$lib/server/http/index.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ params, locals }) =>
  answerPage(async () => ({ policy: await policyTexts(locals.server.store, params.id) }));
