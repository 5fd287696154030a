/** The other thread’s end: a question comes in, its answer goes back. */
import { Answerer } from './backstage-answers.ts';
import type { Question, Reply } from './backstage.ts';

const answerer = new Answerer();

self.onmessage = ({ data }: MessageEvent<Question>): void => {
  let reply: Reply;
  let moved: readonly ArrayBuffer[] = [];
  try {
    const answered = answerer.answer(data);
    reply = { answer: answered.answer };
    moved = answered.moved;
  } catch (error) {
    reply = { failed: error instanceof Error ? error.message : String(error) };
  }
  self.postMessage(reply, { transfer: [...moved] });
};
