/** Timings as lines of a table. */
import type { Timing } from './rounds.ts';

/** One measured thing: ours, and what it is compared with. */
export interface Group {
  readonly title: string;
  readonly ours: Timing;
  readonly others: readonly Timing[];
}

function duration(nanoseconds: number): string {
  if (nanoseconds < 1e3) return `${nanoseconds.toFixed(0)} ns`;
  if (nanoseconds < 1e6) return `${(nanoseconds / 1e3).toFixed(2)} µs`;
  return `${(nanoseconds / 1e6).toFixed(2)} ms`;
}

/** How our time compares: `3.0× its time` is slower, `1/120 of its time` faster. */
function ratio(ours: number, other: number): string {
  const times = ours / other;
  if (times >= 0.95) return `${times.toFixed(times < 10 ? 2 : 0)}× its time`;
  const inverse = 1 / times;
  return `1/${inverse.toFixed(inverse < 10 ? 1 : 0)} of its time`;
}

function line(name: string, { median, quartiles: [low, high] }: Timing, compared: string): string {
  const spread = `${duration(low)} – ${duration(high)}`;
  return `  ${name.padEnd(44)}${duration(median).padStart(10)}   ${spread.padEnd(24)}${compared}`.trimEnd();
}

/** A group's heading, our own line, and a line for each contender with the ratio of our time to its. */
export function tableOf({ title, ours, others }: Group): string {
  const rows = others.map((other) => line(other.name, other, `${ours.name}: ${ratio(ours.median, other.median)}`));
  return [title, line(ours.name, ours, ''), ...rows].join('\n');
}
