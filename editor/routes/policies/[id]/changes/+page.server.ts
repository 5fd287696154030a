import { redirect } from '@sveltejs/kit';
import { submit } from '$lib/server/changes/index.ts';
import { answerForm, answerPage, signedIn } from '$lib/server/http/index.ts';
import { changesPage } from '$lib/server/screens/index.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ params, locals }) =>
  answerPage(async () => changesPage(locals.server, signedIn(locals), params.id));

export const actions: Actions = {
  submit: ({ request, params, locals }) =>
    answerForm(request, async (field) => {
      const said = { message: field('message'), reason: field('reason'), ticket: field('ticket') };
      const seen = { policyId: params.id, lockVersion: Number(field('lockVersion')) };
      const { number } = await submit(locals.server.store, signedIn(locals), { ...seen, ...said });
      redirect(303, `/policies/${params.id}/revisions/${number}`);
    }),
};
