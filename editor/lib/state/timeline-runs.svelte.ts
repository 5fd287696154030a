/** How each timeline of a policy came out, for the picker. Runs when told to, so that typing never waits for it. */
import type { Program } from 'latchkey';
import { checkTimeline, loadTimeline, simulate } from 'latchkey/timeline';
import { stuckBy } from './runnable.ts';

export interface NamedTimeline {
  readonly name: string;
  readonly text: string;
}

/** What came of one timeline. `pending`: no policy yet. `broken`: the document has problems or names another policy. */
export interface TimelineRun {
  readonly name: string;
  readonly title: string;
  readonly result: 'pending' | 'broken' | { readonly held: number; readonly all: number };
}

function runOne({ name, text }: NamedTimeline, programs: readonly Program[]): TimelineRun {
  const loaded = loadTimeline(text);
  if (!loaded.ok) return { name, title: name, result: 'broken' };
  const { title } = loaded.value;
  if (programs.length === 0) return { name, title, result: 'pending' };
  if (stuckBy(checkTimeline(loaded.value, programs))) return { name, title, result: 'broken' };
  const { expectations } = simulate(programs, loaded.value);
  return { name, title, result: { held: expectations.filter(({ ok }) => ok).length, all: expectations.length } };
}

/** The last outcomes by timeline name. */
export class TimelineRuns {
  #runs = $state.raw<ReadonlyMap<string, TimelineRun>>(new Map());

  get(name: string): TimelineRun | undefined {
    return this.#runs.get(name);
  }

  /** Runs every timeline on the programs and keeps what came of it. */
  run(programs: readonly Program[], timelines: readonly NamedTimeline[]): void {
    this.#runs = new Map(timelines.map((timeline) => [timeline.name, runOne(timeline, programs)]));
  }
}
