import { redirect } from '@sveltejs/kit';
import { breakGlass, cancelPlanned, planRelease, publish } from '$lib/server/changes/index.ts';
import { answerForm, answerPage, signedIn } from '$lib/server/http/index.ts';
import { publishPage, revisionAt } from '$lib/server/screens/index.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = ({ params, url, locals }) =>
  answerPage(async () =>
    publishPage(locals.server, signedIn(locals), { ...params, environment: url.searchParams.get('environment') }),
  );

/** What the forms of this page send: the revision of the address, as it was looked at. */
async function wantedIn({ params, locals }: RequestEvent, field: (name: string) => string) {
  const { id: revisionId } = await revisionAt(locals.server, params.id, params.number);
  const target = { contentHash: field('contentHash'), environment: field('environment') };
  return { revisionId, ...target, reason: field('reason'), ticket: field('ticket') };
}

export const actions: Actions = {
  publish: (event) =>
    answerForm(event.request, async (field) => {
      const { params, locals } = event;
      await publish(locals.server.store, signedIn(locals), await wantedIn(event, field));
      redirect(303, `/policies/${params.id}/revisions/${params.number}`);
    }),
  plan: (event) =>
    answerForm(event.request, async (field) => {
      const { locals } = event;
      const plan = { ...(await wantedIn(event, field)), fireAt: Number(field('fireAt')) };
      await planRelease(locals.server.store, signedIn(locals), plan);
    }),
  cancel: ({ request, locals }) =>
    answerForm(request, async (field) => cancelPlanned(locals.server.store, signedIn(locals), field('planned'))),
  breakGlass: (event) =>
    answerForm(event.request, async (field) => {
      const { params, locals } = event;
      await breakGlass(locals.server.store, signedIn(locals), await wantedIn(event, field));
      redirect(303, `/policies/${params.id}/revisions/${params.number}`);
    }),
};
