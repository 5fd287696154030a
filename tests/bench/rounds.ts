/** Measures things in turn, round after round, so that whatever slows the machine slows all of them. */
import { measure } from 'mitata';

export interface Measured {
  readonly name: string;
  /** One pass; everything it computes is consumed. */
  readonly pass: () => unknown;
  /** What a time is given per: calls in one pass. */
  readonly calls: number;
}

export interface Timing {
  readonly name: string;
  /** Nanoseconds per call: the median over the rounds, and the quartiles around it. */
  readonly median: number;
  readonly quartiles: readonly [number, number];
}

/**
 * No collection is forced before a measure: it also throws away what the compiler knows of short-lived objects, and the
 * next thousands of calls would be measured while it learns that again.
 */
const BUDGET = { min_samples: 2, min_cpu_time: 60e6, warmup_samples: 1, gc: false, now: processorTime };

/** Nanoseconds this process has computed, its collector included: waiting for a busy machine is not counted. */
function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) * 1e3;
}

function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.round((sorted.length - 1) * share)] ?? Number.NaN;
}

/** The median of times, and the quartiles around it. */
export function timingOf(name: string, times: readonly number[]): Timing {
  const sorted = times.toSorted((a, b) => a - b);
  return { name, median: quantile(sorted, 0.5), quartiles: [quantile(sorted, 0.25), quantile(sorted, 0.75)] };
}

/**
 * All of them once a round, each round starting with another one; the first round only warms up. A round counts with
 * its fastest pass, because whatever else runs can only make a pass slower. Gives nanoseconds of processor time.
 */
export async function measureInRounds(
  all: readonly Measured[],
  rounds: number,
  onRound: (round: number) => void = () => undefined,
): Promise<readonly Timing[]> {
  const times = new Map<Measured, number[]>(all.map((each) => [each, []]));
  for (let round = 0; round <= rounds; round += 1) {
    const first = round % all.length;
    for (const each of [...all.slice(first), ...all.slice(0, first)]) {
      const { min } = await measure(each.pass, BUDGET);
      if (round > 0) times.get(each)?.push(min / each.calls);
    }
    onRound(round);
  }
  return all.map((each) => timingOf(each.name, times.get(each) ?? []));
}
