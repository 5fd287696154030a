import { signedIn } from '$lib/server/http/index.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, url }) => {
  const { accounts, loopback } = locals.server;
  const way = url.searchParams.get('tried');
  return {
    provider: accounts.provider,
    callbackUrl: accounts.callbackUrl,
    factorNeeded: !loopback,
    worked: way === 'yes' ? signedIn(locals).name : null,
    failed: way === 'no' ? (url.searchParams.get('error') ?? 'no answer') : null,
  };
};
