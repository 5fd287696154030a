import { error } from '@sveltejs/kit';
import { refusalOf } from './refusal-of.ts';
import { tell, type Told } from './tell.ts';

/** An endpoint: a refusal is told to who asked, anything else is thrown on. */
export function answerApi<E extends Told>(work: (event: E) => Promise<Response>): (event: E) => Promise<Response> {
  return async (event) => {
    try {
      return await work(event);
    } catch (thrown) {
      const refusal = refusalOf(thrown);
      if (refusal === null) throw thrown;
      return tell(refusal, event);
    }
  };
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
