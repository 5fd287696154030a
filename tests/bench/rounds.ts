/** Measures contenders in turn, round after round, so that whatever slows the machine slows all of them. */
import { measure } from 'mitata';

export interface Contender {
  readonly name: string;
  /** One pass; everything it computes is consumed. */
  readonly pass: () => unknown;
  /** What a time is given per: calls in one pass. */
  readonly calls: number;
}

export interface Timing {
  readonly name: string;
  /** Nanoseconds of processor time per call: the median over the rounds, and the quartiles around it. */
  readonly median: number;
  readonly quartiles: readonly [number, number];
}

const BUDGET = { min_samples: 2, min_cpu_time: 30e6, warmup_samples: 1, now: processorTime };

/** Nanoseconds this process has computed, its collector included: waiting for a busy machine is not counted. */
function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) * 1e3;
}

function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.round((sorted.length - 1) * share)] ?? Number.NaN;
}

/**
 * Every contender once a round, each round starting with another one; the first round only warms up. A round
 * counts with its fastest pass, because whatever else runs can only make a pass slower.
 */
export async function measureInRounds(
  contenders: readonly Contender[],
  rounds: number,
): Promise<(contender: Contender) => Timing> {
  const times = new Map<Contender, number[]>(contenders.map((contender) => [contender, []]));
  for (let round = 0; round <= rounds; round += 1) {
    const first = round % contenders.length;
    for (const contender of [...contenders.slice(first), ...contenders.slice(0, first)]) {
      const { min } = await measure(contender.pass, BUDGET);
      if (round > 0) times.get(contender)?.push(min / contender.calls);
    }
  }
  return (contender) => timingOf(contender, times.get(contender) ?? []);
}

function timingOf({ name }: Contender, times: readonly number[]): Timing {
  const sorted = [...times].sort((a, b) => a - b);
  return { name, median: quantile(sorted, 0.5), quartiles: [quantile(sorted, 0.25), quantile(sorted, 0.75)] };
}
