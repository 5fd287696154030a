import { answerForm, answerPage, signedIn } from '$lib/server/http/index.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals }) =>
  answerPage(async () => {
    const by = signedIn(locals);
    const { accounts } = locals.server;
    const [environments, names, all] = [
      await accounts.environments(),
      await accounts.names(by),
      await accounts.appKeys(by),
    ];
    const titles = new Map(environments.map(({ id, title }) => [id, title]));
    const keys = all.map(({ environment, createdBy, ...key }) => ({
      ...key,
      environment: titles.get(environment) ?? environment,
      by: names.get(createdBy) ?? null,
    }));
    return { keys, environments, now: Date.now() };
  });

export const actions: Actions = {
  make: ({ request, locals }) =>
    answerForm(request, async (field) => {
      const expiresAt = Date.parse(field('expires'));
      const key = { name: field('name'), environment: field('environment'), expiresAt };
      const { token } = await locals.server.accounts.makeAppKey(signedIn(locals), key);
      return { key: token, expiresAt };
    }),
  revoke: ({ request, locals }) =>
    answerForm(request, async (field) => {
      await locals.server.accounts.revokeAppKey(signedIn(locals), field('key'));
      return { status: 'done' };
    }),
};
