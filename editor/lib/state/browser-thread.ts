import { Backstage, type OpenThread, type Question, type Reply } from './backstage.ts';
import { browserSchedule } from './browser-schedule.ts';

/** A worker of the page's own origin, which loads the engine once more. */
const browserThread: OpenThread = (reply) => {
  const worker = new Worker(new URL('./backstage-worker.ts', import.meta.url), { type: 'module', name: 'engine' });
  worker.addEventListener('message', ({ data }: MessageEvent<Reply>) => reply(data));
  worker.addEventListener('error', ({ message }) => reply({ failed: message }));
  return {
    send: (question: Question) => worker.postMessage(question),
    end: () => worker.terminate(),
  };
};

/** A thread of the browser, started at the first question. */
export function openBackstage(): Backstage {
  return new Backstage(browserThread, browserSchedule);
}
