import { policiesFolder } from '$lib/server/folder.ts';
import { policyIds, readPolicy } from '$lib/server/policies.ts';
import { summarize } from '$lib/server/policy-summary.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async () => {
  const folder = policiesFolder();
  const files = await Promise.all((await policyIds(folder)).map(async (id) => readPolicy(folder, id)));
  return { folder, policies: files.flatMap((found) => (found === null ? [] : [summarize(found)])) };
};
