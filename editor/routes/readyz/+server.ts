import { readiness } from '$lib/server/http/index.ts';
import type { RequestHandler } from './$types';

/** The store answers as well: traffic may come. */
export const GET: RequestHandler = ({ locals }) => readiness(locals.server.store);
