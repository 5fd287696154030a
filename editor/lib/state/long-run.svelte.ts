/** A simulation that takes too long for the page: it is asked for backstage, and the last one stays until it is there. */
import type { Milliseconds } from 'latchkey';
import { segmentsAt, type CompactSimulation, type Probe, type Segment, type Timeline } from 'latchkey/timeline';
import type { Backstage } from './backstage.ts';
import type { Run } from './runnable.ts';

/** `running` shows the last one if there is one; `stopped` by a person; `failed` by the engine. */
export type RunState = 'done' | 'running' | 'stopped' | 'failed';

export interface Looked {
  readonly at: Milliseconds;
  readonly capability: string;
  readonly probe: Probe;
}

/** About 30 ms of work; a step of a thousandth of it is not noticed. */
const MOST_ON_THE_PAGE = 4000;
const DAY: Milliseconds = 86_400_000;

/** True when a run is better asked for backstage. Counts what has to be decided: events and days, times capabilities. */
export function isLong({ programs, timeline: { events, until } }: Run): boolean {
  const capabilities = Math.max(...programs.map(({ policy }) => policy.capabilities.length));
  return (events.length + until / DAY) * Math.max(capabilities, 10) > MOST_ON_THE_PAGE;
}

/** The newest long run that is there, and one look at it. */
export class LongRun {
  readonly #backstage: Backstage;
  #asked: Run | null = null;
  #done = $state.raw<{ readonly run: Run; readonly simulation: CompactSimulation } | null>(null);
  #looked = $state.raw<Looked | null>(null);
  #state = $state<RunState>('done');

  constructor(backstage: Backstage) {
    this.#backstage = backstage;
  }

  get state(): RunState {
    return this.#state;
  }

  /** The last simulation of this timeline, even while a newer one is on its way; null before the first. */
  of(timeline: Timeline): CompactSimulation | null {
    return this.#done?.run.timeline === timeline ? this.#done.simulation : null;
  }

  /** The last look; where it was may be behind what is looked at now. */
  get looked(): Looked | null {
    return this.#looked;
  }

  /** Asks for a run, once. */
  run(run: Run): void {
    if (this.#asked?.timeline === run.timeline && this.#asked.programs === run.programs) return;
    this.#asked = run;
    this.again();
  }

  /** Asks for the last run once more, as after it was stopped. */
  again(): void {
    const run = this.#asked;
    if (run === null) return;
    this.#state = 'running';
    const policies = run.programs.map(({ policy }) => policy);
    this.#backstage.ask('simulate', { policies, timeline: run.timeline }).then(
      (simulation) => {
        if (simulation === null || run !== this.#asked) return;
        this.#done = { run, simulation };
        this.#state = 'done';
      },
      () => {
        if (run === this.#asked) this.#state = 'failed';
      },
    );
  }

  /** Ends the run that is on its way. */
  stop(): void {
    if (this.#state !== 'running') return;
    this.#backstage.cancel('simulate');
    this.#state = 'stopped';
  }

  /** Looks at an instant of the simulation that is shown. */
  look(at: Milliseconds, capability: string): void {
    const run = this.#done?.run;
    if (run === undefined) return;
    this.#backstage.ask('look', { at, capability }).then(
      (look) => {
        if (look === null || run !== this.#done?.run) return;
        const { version, ...rest } = look;
        const program = run.programs.findLast(({ policy }) => policy.version === version);
        if (program !== undefined) this.#looked = { at, capability, probe: { program, ...rest } };
      },
      () => undefined,
    );
  }
}

/** Segments by capability, made when they are first looked at. */
export function segmentsBy(simulation: CompactSimulation): (index: number) => readonly Segment[] {
  const made: (readonly Segment[])[] = [];
  return (index) => (made[index] ??= segmentsAt(simulation, index));
}
