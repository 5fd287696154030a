import { error } from '@sveltejs/kit';
import { http } from '$lib/words/http.ts';
import type { PageServerLoad } from './$types';

/** Where pages lead whom they refuse: the sentence on a page, under the status that fits it. */
export const load: PageServerLoad = () => {
  error(403, http.notAllowed);
};
