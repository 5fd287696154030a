import { answerForm, answerPage, signedIn } from '$lib/server/http/index.ts';
import { may, type Role } from '$lib/server/person.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = ({ locals }) =>
  answerPage(async () => {
    const by = signedIn(locals);
    const { accounts } = locals.server;
    const people = await accounts.people(by);
    const open = may(by, 'administer') ? await accounts.invitations(by) : [];
    const names = await accounts.names(by);
    const invitations = open.map(({ id, role, madeBy, expiresAt }) => ({
      ...{ id, role, expiresAt, by: names.get(madeBy) ?? null },
    }));
    return { me: by.id, people, invitations };
  });

/** What administrators do about one person, named by the form. */
const about =
  (deed: (event: RequestEvent, person: string, field: (name: string) => string) => Promise<object | void>) =>
  (event: RequestEvent) =>
    answerForm(event.request, async (field) => (await deed(event, field('person'), field)) ?? { status: 'done' });

export const actions: Actions = {
  invite: ({ request, locals }) =>
    answerForm(request, async (field) => {
      const { accounts, origin } = locals.server;
      const invitation = { role: field('role') as Role, days: Number(field('days')) };
      const { token, expiresAt } = await accounts.invite(signedIn(locals), invitation);
      return { link: `${origin}/invitation?token=${token}`, expiresAt };
    }),
  withdraw: ({ request, locals }) =>
    answerForm(request, async (field) => {
      await locals.server.accounts.withdrawInvitation(signedIn(locals), field('invitation'));
      return { status: 'done' };
    }),
  reset: about(async ({ locals }, person) => {
    const { accounts, origin } = locals.server;
    const { token, expiresAt } = await accounts.issueReset(signedIn(locals), person);
    return { link: `${origin}/reset?token=${token}`, expiresAt };
  }),
  role: about(({ locals }, person, field) =>
    locals.server.accounts.setRole(signedIn(locals), person, field('role') as Role),
  ),
  factor: about(({ locals }, person) => locals.server.accounts.resetTwoFactor(signedIn(locals), person)),
  signOut: about(({ locals }, person) => locals.server.accounts.signOutEverywhere(signedIn(locals), person)),
  deactivate: about(({ locals }, person) => locals.server.accounts.deactivate(signedIn(locals), person)),
  reactivate: about(({ locals }, person) => locals.server.accounts.reactivate(signedIn(locals), person)),
  erase: about(({ locals }, person) => locals.server.accounts.erasePerson(signedIn(locals), person)),
};
