import { redirect } from '@sveltejs/kit';
import { answerForm, answerPage } from '$lib/server/http/index.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ url, locals, setHeaders }) =>
  answerPage(async () => {
    const token = url.searchParams.get('token') ?? '';
    const { accounts } = locals.server;
    // The address of this page lets somebody in: no copy of it is kept.
    setHeaders({ 'cache-control': 'no-store' });
    const invitation = await accounts.invitationOf(token);
    const signedInAs = locals.person?.name ?? null;
    return { token, role: invitation?.role ?? null, signedInAs, provider: accounts.providerName };
  });

export const actions: Actions = {
  default: ({ request, locals }) =>
    answerForm(request, async (field) => {
      const password = field('password');
      const identity = { name: field('name'), email: field('email'), ...(password === '' ? {} : { password }) };
      await locals.server.accounts.useInvitation(field('token'), identity);
      redirect(303, '/sign-in?done=joined');
    }),
};
