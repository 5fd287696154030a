import type { Logger } from 'pino';
import { firePlanned } from './changes/index.ts';
import type { Store } from './store/index.ts';

export interface PlanHouse {
  readonly store: Store;
  readonly log: Logger;
  /** How long a plan may wait past its hour, in ms; people plan by the minute. */
  readonly every?: number;
}

const EVERY = 10_000;

/** Publishes what is due, again and again. A store that is away is asked again; `stop` waits for what is under way. */
export function keepPlans({ store, log, every = EVERY }: PlanHouse): { stop(): Promise<void> } {
  let working: Promise<void> | null = null;
  const look = async (): Promise<void> => {
    try {
      for (const plan of await firePlanned(store, Date.now())) {
        const { id, state } = plan;
        if (plan.state === 'waiting')
          log.error({ planned: id, err: plan.error }, 'planned release could not be decided');
        else log.info({ planned: id, state, outcome: plan.outcome }, 'planned release');
      }
    } catch (error) {
      log.error({ err: error }, 'planned releases could not be looked at');
    }
    working = null;
  };
  const timer = setInterval(() => {
    working ??= look();
  }, every);
  timer.unref();
  return {
    async stop() {
      clearInterval(timer);
      await working;
    },
  };
}
