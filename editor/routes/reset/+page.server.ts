import { redirect } from '@sveltejs/kit';
import { answerForm, answerPage } from '$lib/server/http/index.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ url, locals, setHeaders }) =>
  answerPage(async () => {
    const token = url.searchParams.get('token') ?? '';
    // The address of this page lets somebody in: no copy of it is kept.
    setHeaders({ 'cache-control': 'no-store' });
    return { token, owner: await locals.server.accounts.resetOf(token), signedInAs: locals.person?.name ?? null };
  });

export const actions: Actions = {
  default: ({ request, locals }) =>
    answerForm(request, async (field) => {
      await locals.server.accounts.useReset(field('token'), field('password'));
      redirect(303, '/sign-in?done=reset');
    }),
};
