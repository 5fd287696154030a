import { Answerer } from '$lib/state/backstage-answers.ts';
import type { OpenThread, Question, Reply } from '$lib/state/backstage.ts';

/** Threads turned by hand: what is asked waits until `deliver`; everything that crosses is copied, as for a worker. */
export class HandThreads {
  readonly asked: Question[] = [];
  opened = 0;
  ended = 0;
  /** What every answer fails with; null: none does. */
  failing: string | null = null;
  #deliver: (() => void) | null = null;

  readonly open: OpenThread = (reply) => {
    this.opened += 1;
    const answerer = new Answerer();
    return {
      send: (question) => {
        const copy = structuredClone(question);
        this.asked.push(copy);
        this.#deliver = () => {
          if (this.failing !== null) return reply({ failed: this.failing });
          const { answer, moved } = answerer.answer(copy);
          reply(structuredClone<Reply>({ answer }, { transfer: [...moved] }));
        };
      },
      end: () => {
        this.ended += 1;
        this.#deliver = null;
      },
    };
  };

  /** Answers what is being asked, and what follows from that, until nothing is. */
  async deliver(): Promise<void> {
    for (;;) {
      await Promise.resolve();
      const next = this.#deliver;
      if (next === null) break;
      this.#deliver = null;
      next();
    }
    await Promise.resolve();
  }
}
