import { redirect } from '@sveltejs/kit';
import { answerForm, signedIn } from '$lib/server/http/index.ts';
import { makeFromTemplate, makeFromText, templates } from '$lib/server/screens/index.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = () => ({ templates: templates() });

export const actions: Actions = {
  make: ({ request, locals }) =>
    answerForm(request, async (field) => {
      const wanted = { template: field('template'), id: field('id'), title: field('title') };
      redirect(303, `/policies/${await makeFromTemplate(locals.server.store, signedIn(locals), wanted)}`);
    }),
  import: ({ request, locals }) =>
    answerForm(request, async (field) => {
      redirect(303, `/policies/${await makeFromText(locals.server.store, signedIn(locals), field('text'))}`);
    }),
};
