import { error } from '@sveltejs/kit';
import { policiesFolder } from '$lib/server/folder.ts';
import { readPolicy } from '$lib/server/policies.ts';
import { page } from '$lib/words/document.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params }) => {
  const policy = await readPolicy(policiesFolder(), params.id);
  if (policy === null) error(404, page.missing(params.id));
  return { policy };
};
