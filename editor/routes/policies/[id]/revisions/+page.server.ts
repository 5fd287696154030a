import { answerPage, signedIn } from '$lib/server/http/index.ts';
import { revisionsPage } from '$lib/server/screens/index.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ params, locals }) =>
  answerPage(async () => revisionsPage(locals.server, signedIn(locals), params.id));
