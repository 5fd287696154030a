import { answerPage, signedIn } from '$lib/server/http/index.ts';
import { policyPage } from '$lib/server/policy-page.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ params, locals }) =>
  answerPage(async () => ({ policy: await policyPage(locals.server, signedIn(locals), params.id) }));
