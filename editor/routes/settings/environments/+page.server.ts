import { answerForm, answerPage, signedIn } from '$lib/server/http/index.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals }) =>
  answerPage(async () => ({ environments: await locals.server.accounts.environments() }));

export const actions: Actions = {
  make: ({ request, locals }) =>
    answerForm(request, async (field) => {
      const environment = { id: field('id'), title: field('title') };
      await locals.server.accounts.makeEnvironment(signedIn(locals), environment);
      return { status: 'done' };
    }),
  approval: ({ request, locals }) =>
    answerForm(request, async (field) => {
      const rule = { environment: field('environment'), required: field('required') !== 'no' };
      await locals.server.accounts.setApproval(signedIn(locals), { ...rule, reason: field('reason') });
      return { status: 'done' };
    }),
};
