import { redirect } from '@sveltejs/kit';
import { requiresTwoFactor } from '$lib/server/accounts/index.ts';
import { answerForm, answerPage, signedIn } from '$lib/server/http/index.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals }) =>
  answerPage(async () => {
    const by = signedIn(locals);
    const { accounts, loopback } = locals.server;
    const needed = requiresTwoFactor(by, loopback);
    return {
      account: {
        ...{ name: by.name, email: by.email, role: by.role },
        ...(await accounts.ownAccount(by)),
        secondFactor: { needed, missing: needed && !by.twoFactor },
      },
    };
  });

export const actions: Actions = {
  password: ({ request, locals }) =>
    answerForm(request, async (field) => {
      const passwords = { current: field('currentPassword'), next: field('newPassword') };
      await locals.server.accounts.changePassword(request.headers, passwords);
      return { status: 'done' };
    }),
  signOutEverywhere: ({ request, locals }) =>
    answerForm(request, async () => {
      await locals.server.accounts.signOutEverywhere(signedIn(locals));
      redirect(303, '/sign-in?done=everywhere');
    }),
};
