import { redirect } from '@sveltejs/kit';
import { comment, lookBack, restore, review, runTimelines } from '$lib/server/changes/index.ts';
import { answerForm, answerPage, oneOf, signedIn } from '$lib/server/http/index.ts';
import { revisionAt, revisionPage } from '$lib/server/screens/index.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ params, url, locals }) =>
  answerPage(async () =>
    revisionPage(locals.server, signedIn(locals), { ...params, against: url.searchParams.get('against') }),
  );

export const actions: Actions = {
  comment: ({ request, params, locals }) =>
    answerForm(request, async (field) => {
      const { id } = await revisionAt(locals.server, params.id, params.number);
      const replyTo = field('replyTo') === '' ? undefined : field('replyTo');
      const given = { revisionId: id, pointer: field('pointer').trim(), text: field('text'), replyTo };
      await comment(locals.server.store, signedIn(locals), given);
    }),
  review: ({ request, params, locals }) =>
    answerForm(request, async (field) => {
      const { id } = await revisionAt(locals.server, params.id, params.number);
      const verdict = oneOf(field('verdict'), ['approve', 'request_changes']);
      const given = { revisionId: id, contentHash: field('contentHash'), verdict, message: field('message') };
      await review(locals.server.store, signedIn(locals), given);
    }),
  run: ({ request, params, locals }) =>
    answerForm(request, async () => {
      const { id } = await revisionAt(locals.server, params.id, params.number);
      await runTimelines(locals.server.store, signedIn(locals), id);
    }),
  restore: ({ request, params, locals }) =>
    answerForm(request, async (field) => {
      const { id } = await revisionAt(locals.server, params.id, params.number);
      const said = { message: field('message'), reason: field('reason'), ticket: field('ticket') };
      const { number } = await restore(locals.server.store, signedIn(locals), { revisionId: id, ...said });
      redirect(303, `/policies/${params.id}/revisions/${number}`);
    }),
  lookBack: ({ request, locals }) =>
    answerForm(request, async (field) => {
      const verdict = oneOf(field('verdict'), ['accept', 'object']);
      const given = { releaseId: field('release'), verdict, message: field('message') };
      await lookBack(locals.server.store, signedIn(locals), given);
    }),
};
