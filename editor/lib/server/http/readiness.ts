import { answers, type Store } from '../store/index.ts';
import { answerApi } from './answer.ts';

/** Whether traffic may come: the store answers, too. Full, it is ready all the same, because it can be read. */
export async function readiness(store: Pick<Store, 'db'>): Promise<Response> {
  return answerApi(async () => {
    await answers(store);
    return new Response('ready\n', { headers: { 'cache-control': 'no-store' } });
  });
}
