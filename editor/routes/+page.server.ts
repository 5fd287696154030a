import { answerPage, signedIn } from '$lib/server/http/index.ts';
import { policiesPage } from '$lib/server/screens/index.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals }) =>
  answerPage(async () => policiesPage(locals.server, signedIn(locals)));
