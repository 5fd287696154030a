/** `npm run bench:timelines`: how long simulations take, and that the time grows with the events and no faster. */
import { readFileSync } from 'node:fs';
import type { Policy } from 'latchkey';
import { load } from 'latchkey/load';
import { loadTimeline, simulate, type Timeline } from 'latchkey/timeline';
import { longTimeline, widePolicy } from './long-timelines.ts';

const folder = new URL('policies/field-service/', `file://${process.cwd()}/`);

function policy(): Policy {
  const loaded = load(readFileSync(new URL('1.json', folder), 'utf8'));
  if (!loaded.ok) throw new TypeError('field-service does not load');
  return loaded.value.policy;
}

function model(): Timeline {
  const loaded = loadTimeline(readFileSync(new URL('timelines/normal-day.json', folder), 'utf8'));
  if (!loaded.ok) throw new TypeError('the model timeline does not load');
  return loaded.value;
}

const rows: readonly (readonly [events: number, capabilities: number, rounds: number])[] = [
  [30, 50, 301],
  [1_000, 5, 21],
  [10_000, 5, 11],
  [100_000, 5, 3],
  [10_000, 50, 11],
];

console.log('  events  capabilities   median ms   spread ms      µs per event');
for (const [events, capabilities, rounds] of rows) {
  const programs = [widePolicy(policy(), capabilities)];
  const timeline = longTimeline(model(), events);
  simulate(programs, timeline);
  const times = Array.from({ length: rounds }, () => {
    const started = performance.now();
    simulate(programs, timeline);
    return performance.now() - started;
  }).sort((a, b) => a - b);
  const at = (share: number): number => times[Math.floor(share * (times.length - 1))] ?? 0;
  const spread = `${at(0).toFixed(1)}–${at(1).toFixed(1)}`;
  const each = ((at(0.5) * 1000) / events).toFixed(1);
  console.log(
    `${String(events).padStart(8)} ${String(capabilities).padStart(13)} ${at(0.5).toFixed(1).padStart(11)} ${spread.padStart(14)} ${each.padStart(14)}`,
  );
}
