/** What the simulator shows and where it stands: one simulation, one instant, one capability. Knows no DOM. */
import type { Decision, Milliseconds } from 'latchkey';
import type { SessionEventType } from 'latchkey/session';
import { probeAt, type Probe, type TimedEvent } from 'latchkey/timeline';
import { expectedOf } from './expected.ts';
import { Simulated, type ListedCapability } from './simulated.svelte.ts';

/** A change of outcome, and the event of that time if one may have brought it. */
export interface Turn {
  readonly at: Milliseconds;
  readonly decision: Decision;
  readonly event: TimedEvent | null;
}

const MINUTE = 60_000;
const LARGEST_ZOOM = 4096;
/** A whole timeline plays in this many milliseconds at speed 1. */
const PLAYING_TIME = 30_000;

/** What changes nothing on the device. */
const REMARKS: ReadonlySet<SessionEventType> = new Set([
  'session-presented',
  'other-sign-in',
  'command-enqueue',
  'command-execute',
  'command-result',
]);

function gist(decision: Decision): string {
  return JSON.stringify(expectedOf(decision));
}

/** One simulator over a source. Long runs are asked for backstage where there is one: `pursue` does that. */
export class Simulator extends Simulated {
  #zoom = $state(1);
  #playing = $state(false);
  speed = $state(1);

  /** The instant looked at, as an offset within [0, until]. */
  get instant(): Milliseconds {
    return Math.min(Math.max(this.source.at ?? 0, 0), this.until);
  }

  /** The capability looked at: the chosen one while it is listed, else the first; null when there is none. */
  readonly capability: ListedCapability | null = $derived.by(() => {
    const chosen = this.source.capability;
    return this.capabilities.find(({ id }) => id === chosen) ?? this.capabilities[0] ?? null;
  });

  /** The decision at the instant with everything behind it; null when there is nothing to look at. */
  readonly probe: Probe | null = $derived.by(() => {
    if (this.capability === null) return null;
    if (this.long !== null) return this.long.looked?.probe ?? null;
    return this.playback === null ? null : probeAt(this.playback, this.instant, this.capability.id);
  });

  /** True while `probe` is still that of another instant or capability. */
  readonly looking: boolean = $derived.by(() => {
    if (this.long === null || this.capability === null) return false;
    const { looked } = this.long;
    return looked?.at !== this.instant || looked.capability !== this.capability.id;
  });

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

  /** The last instant up to which the chosen capability gets the outcome, reason and obligations it has now. */
  readonly holdsUntil: Milliseconds = $derived.by(() => {
    const segments = this.capability?.segments ?? [];
    const here = segments.findLastIndex(({ from }) => from <= this.instant);
    const now = segments[here];
    if (now === undefined) return this.instant;
    const change = segments.slice(here).find(({ decision }) => gist(decision) !== gist(now.decision));
    if (change !== undefined) return change.from - 1;
    // No segment shows the end of the story itself, where something may change as well.
    const end = this.playback === null ? null : probeAt(this.playback, this.until, now.decision.capability).decision;
    const lasts = end !== null && gist(end) === gist(now.decision);
    return Math.max(this.instant, lasts ? this.until : this.until - 1);
  });

  /** Asks backstage for what the page does not do itself; to be called whenever something it reads has changed. */
  pursue(): void {
    if (this.long === null || this.run === null) return;
    this.long.run(this.run);
    if (this.simulation !== null && this.capability !== null) this.long.look(this.instant, this.capability.id);
  }

  /** Ends a long run that is on its way; `again` asks for it once more. */
  stop(): void {
    this.longRun?.stop();
  }

  again(): void {
    this.longRun?.again();
  }

  /** Moves to an offset; with `within` to the nearest stop no further away than that. */
  moveTo(offset: Milliseconds, within: Milliseconds = 0): void {
    const clamped = Math.min(Math.max(Math.round(offset), 0), this.until);
    this.source.at = within > 0 ? this.#nearestStop(clamped, within) : clamped;
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
    this.source.capability = id;
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

  /** The last event of a time that may change an answer, attempts only when there is no other; null when there is none. */
  #eventAt(offset: Milliseconds): TimedEvent | null {
    const events = (this.timeline?.events ?? []).filter(({ at, event }) => at === offset && !REMARKS.has(event.type));
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
