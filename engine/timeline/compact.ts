/** A simulation small enough to hand from a worker to a page: decisions once each, times in typed arrays. */
import type { Decision } from '../decision.ts';
import type { Milliseconds } from '../request.ts';
import type { Segment, Simulation } from './simulation.ts';

/** Plain data and typed arrays: it can be cloned, and its buffers transferred. */
export interface CompactSimulation extends Omit<Simulation, 'segments'> {
  /** In document order. */
  readonly capabilities: readonly string[];
  /** The segments of capability `i` stand at `first[i]` up to `first[i + 1]` in the columns below. */
  readonly first: Uint32Array<ArrayBuffer>;
  /** Where each segment starts; it ends where the next one of its capability starts, the last at `until`. */
  readonly from: Float64Array<ArrayBuffer>;
  /** Which of `answers` is the decision of each segment. */
  readonly answer: Uint32Array<ArrayBuffer>;
  /** Decisions on no capability: many capabilities get the same one. */
  readonly answers: readonly Decision[];
}

export function compact({ segments, ...rest }: Simulation): CompactSimulation {
  const entries = Object.entries(segments);
  const count = entries.reduce((sum, [, each]) => sum + each.length, 0);
  const first = new Uint32Array(entries.length + 1);
  const from = new Float64Array(count);
  const answer = new Uint32Array(count);
  const answers = new Map<string, readonly [index: number, answer: Decision]>();
  let place = 0;
  entries.forEach(([, each], index) => {
    first[index] = place;
    for (const segment of each) {
      const found = { ...segment.decision, capability: '' };
      const key = JSON.stringify(found);
      const known = answers.get(key) ?? ([answers.size, found] as const);
      answers.set(key, known);
      from[place] = segment.from;
      answer[place] = known[0];
      place += 1;
    }
  });
  first[entries.length] = place;
  return {
    ...rest,
    ...{ capabilities: entries.map(([capability]) => capability), first, from, answer },
    answers: Array.from(answers.values(), ([, found]) => found),
  };
}

/** What to name as transferred when handing it over. */
export function buffersOf({ first, from, answer }: CompactSimulation): readonly ArrayBuffer[] {
  return [first.buffer, from.buffer, answer.buffer];
}

/** The segments of one capability, by its place in `capabilities`. */
export function segmentsAt(simulation: CompactSimulation, index: number): readonly Segment[] {
  const { capabilities, first, from, answer, answers, until } = simulation;
  const capability = capabilities[index] ?? '';
  const [begin, end] = [first[index] ?? 0, first[index + 1] ?? 0];
  return Array.from({ length: end - begin }, (_, offset): Segment => {
    const place = begin + offset;
    const to: Milliseconds = place + 1 < end ? (from[place + 1] ?? until) : until;
    const decision = { ...(answers[answer[place] ?? 0] as Decision), capability };
    return { from: from[place] ?? 0, to, decision };
  });
}

/** The simulation as it was. */
export function expanded(simulation: CompactSimulation): Simulation {
  const { start, until, capabilities, lanes, attempts, expectations, marks, effects } = simulation;
  const segments = capabilities.map((capability, index) => [capability, segmentsAt(simulation, index)] as const);
  return { start, until, segments: Object.fromEntries(segments), lanes, attempts, expectations, marks, effects };
}
