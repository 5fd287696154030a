import { problemResponse } from '../problem.ts';
import { answers, type Store } from '../store/index.ts';
import { refusalOf } from './refusal-of.ts';

/** Whether traffic may come: the store answers, too. Full, it is ready all the same, because it can be read. */
export async function readiness(store: Pick<Store, 'db'>): Promise<Response> {
  try {
    await answers(store);
    return new Response('ready\n', { headers: { 'cache-control': 'no-store' } });
  } catch (thrown) {
    const refusal = refusalOf(thrown);
    if (refusal === null) throw thrown;
    return problemResponse(refusal);
  }
}
