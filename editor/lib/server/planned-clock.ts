import type { Logger } from 'pino';
import { firePlanned } from './changes/index.ts';
import type { Person } from './person.ts';
import type { Store } from './store/index.ts';

export interface PlanHouse {
  readonly store: Store;
  readonly log: Logger;
  readonly memberOf: (id: string) => Promise<Person | null>;
  /** How long a plan may wait past its hour, in ms; people plan by the minute. */
  readonly every?: number;
}

const EVERY = 10_000;

/** Publishes what is due, again and again. A store that is away is asked again; `stop` waits for what is under way. */
export function keepPlans({ store, log, memberOf, every = EVERY }: PlanHouse): { stop(): Promise<void> } {
  let working: Promise<void> | null = null;
  const look = async (): Promise<void> => {
    try {
      for (const { id, state, outcome } of await firePlanned(store, Date.now(), memberOf)) {
        log.info({ planned: id, state, outcome }, 'planned release');
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
