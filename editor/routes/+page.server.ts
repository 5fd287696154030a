import { policySummaries } from '$lib/server/catalogue.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => ({ policies: await policySummaries(locals.server.store) });
