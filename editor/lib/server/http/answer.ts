import { error } from '@sveltejs/kit';
import { problemResponse } from '../problem.ts';
import { refusalOf } from './refusal-of.ts';

/** Runs an endpoint; a refusal is answered as problem details, anything else is thrown on. */
export async function answerApi(work: () => Promise<Response>): Promise<Response> {
  try {
    return await work();
  } catch (thrown) {
    const refusal = refusalOf(thrown);
    if (refusal === null) throw thrown;
    return problemResponse(refusal);
  }
}

/** Runs what a page loads; a refusal becomes the error page with its own status. */
export async function answerPage<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (thrown) {
    const refusal = refusalOf(thrown);
    if (refusal === null) throw thrown;
    return error(refusal.status, refusal.message);
  }
}
