/** What comes of a timeline on the programs at hand: the run, its lanes and segments, and whether expectations hold. */
import type { Capability, Milliseconds, Policy, Program } from 'latchkey';
import type { Diagnostic } from 'latchkey/load';
import {
  checkTimeline,
  play,
  simulationOf,
  type Playback,
  type Segment,
  type Simulation,
  type Timeline,
} from 'latchkey/timeline';
import type { Backstage } from './backstage.ts';
import { isLong, LongRun, segmentsBy, type RunState } from './long-run.svelte.ts';
import { stuckBy, type Run } from './runnable.ts';

/** Where the simulator reads from and what it moves. `at` is an offset in ms; null stands for nothing chosen yet. */
export interface SimulatorSource {
  readonly programs: readonly Program[];
  readonly timeline: Timeline | null;
  /** The timeline's own text, for the places of problems. */
  readonly text: string;
  at: Milliseconds | null;
  capability: string | null;
}

/** A capability as the simulator lists it. `title` is its id when the policy gives no title. */
export interface ListedCapability {
  readonly id: string;
  readonly title: string;
  readonly tier: string | null;
  readonly segments: readonly Segment[];
}

/** A simulation without its segments, which `capabilities` has. */
export type Outline = Omit<Simulation, 'segments'>;

/** Everything is derived from the source, so an edit of the policy needs no call here. */
export class Simulated {
  protected readonly source: SimulatorSource;
  protected readonly longRun: LongRun | null;

  constructor(source: SimulatorSource, backstage: Backstage | null = null) {
    this.source = source;
    this.longRun = backstage === null ? null : new LongRun(backstage);
  }

  get timeline(): Timeline | null {
    return this.source.timeline;
  }

  /** What in the timeline does not fit these programs; empty while there is nothing to run. */
  readonly problems: readonly Diagnostic[] = $derived.by(() => {
    const { programs, timeline, text } = this.source;
    return timeline === null || programs.length === 0 ? [] : checkTimeline(timeline, programs, text);
  });

  /** True when a problem keeps the timeline from running at all; an unknown capability does not. */
  readonly stuck: boolean = $derived(stuckBy(this.problems));

  /** What is there to run; null while there is no policy or no timeline, or the timeline has problems. */
  readonly run: Run | null = $derived.by(() => {
    const { programs, timeline } = this.source;
    return timeline === null || programs.length === 0 || this.stuck ? null : { programs, timeline };
  });

  /** The long run, while the run takes too long for the page. */
  protected readonly long: LongRun | null = $derived.by(() =>
    this.run !== null && isLong(this.run) ? this.longRun : null,
  );

  protected readonly playback: Playback | null = $derived(
    this.run === null || this.long !== null ? null : play(this.run.programs, this.run.timeline),
  );

  /** The simulation with its segments, of a run short enough for the page. */
  readonly whole: Simulation | null = $derived(this.playback === null ? null : simulationOf(this.playback));

  /** Null while there is nothing to run, or a long run has not come back yet. */
  readonly simulation: Outline | null = $derived(
    this.run === null ? null : this.long === null ? this.whole : this.long.of(this.run.timeline),
  );

  /** How a long run is getting on; `done` for a short one. */
  readonly progress: RunState = $derived(this.long?.state ?? 'done');

  /** Every version that what runs may be about; none while there is nothing to run. */
  readonly policies: readonly Policy[] = $derived.by(() => (this.run?.programs ?? []).map(({ policy }) => policy));

  /** How many capabilities a run is about. */
  readonly size: number = $derived(Math.max(0, ...this.policies.map(({ capabilities }) => capabilities.length)));

  /** Capabilities in document order, with titles from the newest program that has them. */
  readonly capabilities: readonly ListedCapability[] = $derived.by(() => {
    const run = this.run;
    if (run === null) return [];
    const known = new Map<string, Capability>();
    for (const { policy } of run.programs)
      for (const capability of policy.capabilities) known.set(capability.id, capability);
    const listed = (id: string): Pick<ListedCapability, 'id' | 'title' | 'tier'> => ({
      id,
      title: known.get(id)?.title ?? id,
      tier: known.get(id)?.tier ?? null,
    });
    if (this.whole !== null)
      return Object.entries(this.whole.segments).map(([id, segments]) => ({ ...listed(id), segments }));
    const simulation = this.long?.of(run.timeline) ?? null;
    if (simulation === null) return [];
    const segments = segmentsBy(simulation);
    return simulation.capabilities.map((id, index) => ({
      ...listed(id),
      get segments() {
        return segments(index);
      },
    }));
  });

  /** Offsets at which any decision changes, sorted, without repeats and without the start. */
  readonly changes: readonly Milliseconds[] = $derived.by(() => {
    const long = this.run === null ? null : (this.long?.of(this.run.timeline) ?? null);
    const found = new Set<Milliseconds>(long?.from);
    if (long === null) for (const { segments } of this.capabilities) for (const { from } of segments) found.add(from);
    found.delete(0);
    return [...found].sort((a, b) => a - b);
  });

  /** What a dragged cursor snaps to: changes, events and both ends; sorted. */
  readonly stops: readonly Milliseconds[] = $derived.by(() => {
    const events = (this.timeline?.events ?? []).map(({ at }) => at);
    return [...new Set([0, ...this.changes, ...events, this.until])].sort((a, b) => a - b);
  });

  get until(): Milliseconds {
    return this.source.timeline?.until ?? 0;
  }

  /** Expectations that do not hold. */
  readonly failing = $derived((this.simulation?.expectations ?? []).filter(({ ok }) => !ok));
}
