/** What the simulator shows and where it stands: one simulation, one instant, one capability. Knows no DOM. */
import type { Capability, Decision, Milliseconds, Program } from 'latchkey';
import type { Diagnostic } from 'latchkey/load';
import {
  checkTimeline,
  play,
  probeAt,
  simulationOf,
  type Playback,
  type Probe,
  type Segment,
  type Simulation,
  type TimedEvent,
  type Timeline,
} from 'latchkey/timeline';
import { stuckBy } from './runnable.ts';

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

/** A change of outcome, and the event of that time if there is one. */
export interface Turn {
  readonly at: Milliseconds;
  readonly decision: Decision;
  readonly event: TimedEvent | null;
}

const MINUTE = 60_000;
const LARGEST_ZOOM = 4096;
/** A whole timeline plays in this many milliseconds at speed 1. */
const PLAYING_TIME = 30_000;

/** One simulator over a source; everything is derived, so an edit of the policy needs no call here. */
export class Simulator {
  readonly #source: SimulatorSource;

  #zoom = $state(1);
  #playing = $state(false);
  speed = $state(1);

  constructor(source: SimulatorSource) {
    this.#source = source;
  }

  get timeline(): Timeline | null {
    return this.#source.timeline;
  }

  /** What in the timeline does not fit these programs; empty while there is nothing to run. */
  readonly problems: readonly Diagnostic[] = $derived.by(() => {
    const { programs, timeline, text } = this.#source;
    return timeline === null || programs.length === 0 ? [] : checkTimeline(timeline, programs, text);
  });

  /** True when a problem keeps the timeline from running at all; an unknown capability does not. */
  readonly stuck: boolean = $derived(stuckBy(this.problems));

  readonly #playback: Playback | null = $derived.by(() => {
    const { programs, timeline } = this.#source;
    return timeline === null || programs.length === 0 || this.stuck ? null : play(programs, timeline);
  });

  /** Null while there is no policy or no timeline, or the timeline has problems. */
  readonly simulation: Simulation | null = $derived(this.#playback === null ? null : simulationOf(this.#playback));

  /** Capabilities in document order, with titles from the newest program that has them. */
  readonly capabilities: readonly ListedCapability[] = $derived.by(() => {
    if (this.simulation === null) return [];
    const known = new Map<string, Capability>();
    for (const { policy } of this.#source.programs)
      for (const capability of policy.capabilities) known.set(capability.id, capability);
    return Object.entries(this.simulation.segments).map(([id, segments]) => ({
      id,
      title: known.get(id)?.title ?? id,
      tier: known.get(id)?.tier ?? null,
      segments,
    }));
  });

  /** Offsets at which any decision changes, sorted, without repeats and without the start. */
  readonly changes: readonly Milliseconds[] = $derived.by(() => {
    const found = new Set<Milliseconds>();
    for (const { segments } of this.capabilities) for (const { from } of segments) found.add(from);
    found.delete(0);
    return [...found].sort((a, b) => a - b);
  });

  /** What a dragged cursor snaps to: changes, events and both ends; sorted. */
  readonly stops: readonly Milliseconds[] = $derived.by(() => {
    const events = (this.timeline?.events ?? []).map(({ at }) => at);
    return [...new Set([0, ...this.changes, ...events, this.until])].sort((a, b) => a - b);
  });

  get until(): Milliseconds {
    return this.#source.timeline?.until ?? 0;
  }

  /** The instant looked at, as an offset within [0, until]. */
  get instant(): Milliseconds {
    return Math.min(Math.max(this.#source.at ?? 0, 0), this.until);
  }

  /** The capability looked at: the chosen one while it is listed, else the first; null when there is none. */
  readonly capability: ListedCapability | null = $derived.by(() => {
    const chosen = this.#source.capability;
    return this.capabilities.find(({ id }) => id === chosen) ?? this.capabilities[0] ?? null;
  });

  /** The decision at the instant with everything behind it; null when there is nothing to look at. */
  readonly probe: Probe | null = $derived.by(() =>
    this.#playback === null || this.capability === null
      ? null
      : probeAt(this.#playback, this.instant, this.capability.id),
  );

  /** The event that brings the next change; null when time alone does, or nothing changes any more. */
  readonly nextEvent: TimedEvent | null = $derived.by(() => {
    const next = this.probe?.next ?? null;
    if (next === null || next.because === 'time') return null;
    return this.#eventAt(next.at);
  });

  /** The first later time at which the chosen capability has another outcome; null when it keeps the one it has. */
  readonly nextOutcome: Turn | null = $derived.by(() => {
    const outcome = this.probe?.decision.outcome;
    const segment = this.capability?.segments.find(
      ({ from, decision }) => from > this.instant && decision.outcome !== outcome,
    );
    if (segment === undefined) return null;
    return { at: segment.from, decision: segment.decision, event: this.#eventAt(segment.from) };
  });

  /** Expectations that do not hold. */
  readonly failing = $derived((this.simulation?.expectations ?? []).filter(({ ok }) => !ok));

  /** Moves to an offset; with `within` to the nearest stop no further away than that. */
  moveTo(offset: Milliseconds, within: Milliseconds = 0): void {
    const clamped = Math.min(Math.max(Math.round(offset), 0), this.until);
    this.#source.at = within > 0 ? this.#nearestStop(clamped, within) : clamped;
  }

  /** Moves by whole minutes and lands on them: from 10:07, a step of 15 minutes ends at 10:15. */
  step(minutes: number): void {
    const size = Math.abs(minutes) * MINUTE;
    const here = this.instant / size;
    this.moveTo((minutes > 0 ? Math.floor(here) + 1 : Math.ceil(here) - 1) * size);
  }

  /** Moves to the next change, or to the end when there is none. */
  nextChange(): void {
    this.moveTo(this.changes.find((at) => at > this.instant) ?? this.until);
  }

  /** Moves to the change before, or to the start when there is none. */
  previousChange(): void {
    this.moveTo(this.changes.findLast((at) => at < this.instant) ?? 0);
  }

  /** Chooses a capability by id. */
  select(id: string): void {
    this.#source.capability = id;
  }

  /** How many times wider than its frame the timeline is drawn; 1 shows all of it. */
  get zoom(): number {
    return this.#zoom;
  }

  /** Zooms to at most one minute in a hundredth of the frame. */
  zoomTo(zoom: number): void {
    const largest = Math.min(LARGEST_ZOOM, Math.max(1, this.until / (100 * MINUTE)));
    this.#zoom = Math.min(Math.max(zoom, 1), largest);
  }

  get playing(): boolean {
    return this.#playing;
  }

  /** Starts over when it stands at the end. */
  play(): void {
    if (this.instant >= this.until) this.moveTo(0);
    this.#playing = this.simulation !== null;
  }

  pause(): void {
    this.#playing = false;
  }

  /** Moves on by what `elapsed` real milliseconds are worth while playing; stops at the end. */
  advance(elapsed: Milliseconds): void {
    if (!this.#playing) return;
    this.moveTo(this.instant + (elapsed * this.speed * this.until) / PLAYING_TIME);
    if (this.instant >= this.until) this.pause();
  }

  /** The last event of a time, attempts only when there is no other; null when nothing happens then. */
  #eventAt(offset: Milliseconds): TimedEvent | null {
    const events = (this.timeline?.events ?? []).filter(({ at }) => at === offset);
    return events.findLast(({ event }) => event.type !== 'attempt') ?? events.at(-1) ?? null;
  }

  /** Moves on to the next change while playing, for those who want no motion; stops at the end. */
  hop(): void {
    if (!this.#playing) return;
    this.nextChange();
    if (this.instant >= this.until) this.pause();
  }

  #nearestStop(offset: Milliseconds, within: Milliseconds): Milliseconds {
    let best = offset;
    let distance = within;
    for (const stop of this.stops) {
      if (Math.abs(stop - offset) > distance) continue;
      best = stop;
      distance = Math.abs(stop - offset);
    }
    return best;
  }
}
