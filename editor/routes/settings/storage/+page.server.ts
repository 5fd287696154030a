import { integrity } from '$lib/server/history/index.ts';
import { answerPage } from '$lib/server/http/index.ts';
import { storeFacts } from '$lib/server/store/index.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals: { server } }) =>
  answerPage(async () => ({
    facts: await storeFacts(server.store),
    // A long history takes seconds to check: the page does not wait for it.
    integrity: integrity(server.store, Date.now()).then(
      ({ verification, checkedAt }) => ({
        ...{ entries: verification.size, problems: verification.problems.length, checkedAt },
      }),
      (error: unknown) => {
        server.log.error({ err: error }, 'integrity not checked');
        return null;
      },
    ),
  }));
