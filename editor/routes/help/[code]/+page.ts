import { error } from '@sveltejs/kit';
import { helpTopic } from '$lib/state/help-topic.ts';
import { missing } from '$lib/words/help.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = ({ params }) => {
  const topic = helpTopic(params.code);
  if (topic === null) error(404, missing(params.code));
  return { topic };
};
