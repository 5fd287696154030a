import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Store } from '../store/index.ts';

/** What machines that watch may read. */
export interface Metrics {
  readonly contentType: string;
  /** One answered request. */
  answered(route: string, method: string, status: number, seconds: number): void;
  /** The text of every figure. */
  text(): Promise<string>;
}

/** Figures of this process, of its answers and of the log. */
export function openMetrics(store: Store): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const answers = new Histogram({
    ...{ name: 'latchkey_http_request_duration_seconds', help: 'Time to answer a request', registers },
    labelNames: ['route', 'method', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10],
  });
  const failures = new Counter({
    ...{ name: 'latchkey_http_failures_total', help: 'Requests answered with 500 or more', registers },
  });
  new Gauge({
    ...{ name: 'latchkey_audit_events', help: 'Entries in the log', registers },
    async collect() {
      const { size } = await store.db
        .selectFrom('audit_event')
        .select(({ fn }) => fn.max<number | null>('seq').as('size'))
        .where('log', '=', store.log)
        .executeTakeFirstOrThrow();
      this.set(size ?? 0);
    },
  });
  return {
    contentType: registry.contentType,
    answered(route, method, status, seconds) {
      answers.observe({ route, method, status: String(status) }, seconds);
      if (status >= 500) failures.inc();
    },
    text: () => registry.metrics(),
  };
}
