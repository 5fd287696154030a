import { signedIn } from '$lib/server/http/index.ts';
import { may } from '$lib/server/person.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = ({ locals }) => {
  const mayChange = may(signedIn(locals), 'administer');
  const tabs = ['people', 'environments', 'app-keys', ...(mayChange ? (['sign-in', 'storage'] as const) : [])] as const;
  return { mayChange, tabs };
};
