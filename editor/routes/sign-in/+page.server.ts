import { redirect } from '@sveltejs/kit';
import { ownPath } from '$lib/server/http/index.ts';
import { doneBefore, signIn } from '$lib/words/sign-in.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, url }) => {
  const to = ownPath(url.searchParams.get('to'));
  if (locals.person !== null) redirect(303, to);
  const failed = url.searchParams.has('failed') || url.searchParams.has('error') ? signIn.providerFailed : null;
  return { to, provider: locals.server.provider, failed, done: doneBefore(url.searchParams.get('done')) };
};
