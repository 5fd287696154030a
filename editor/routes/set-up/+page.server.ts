import { redirect } from '@sveltejs/kit';
import { answerForm } from '$lib/server/http/index.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ url, setHeaders }) => {
  // The address of this page makes an administrator: no copy of it is kept.
  setHeaders({ 'cache-control': 'no-store' });
  return { token: url.searchParams.get('token') ?? '' };
};

export const actions: Actions = {
  default: ({ request, locals }) =>
    answerForm(request, async (field) => {
      const identity = { name: field('name'), email: field('email'), password: field('password') };
      await locals.server.accounts.useSetupLink(field('token'), identity);
      redirect(303, '/sign-in');
    }),
};
