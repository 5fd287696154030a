/** How the timelines of a policy came out, for the picker and the list of limits. Asked for backstage, when told to. */
import type { Program } from 'latchkey';
import type { Backstage } from './backstage.ts';
import type { NamedTimeline, OpenLimit, Review, TimelineRun } from './timeline-review.ts';

/** The last outcomes by timeline name. */
export class TimelineRuns {
  readonly #backstage: Backstage;
  #review = $state.raw<Review | null>(null);
  readonly #byName: ReadonlyMap<string, TimelineRun> = $derived(
    new Map(this.#review?.runs.map((run) => [run.name, run])),
  );

  constructor(backstage: Backstage) {
    this.#backstage = backstage;
  }

  get(name: string): TimelineRun | undefined {
    return this.#byName.get(name);
  }

  /** Limits of the edited version that no timeline checks; null before a first run, or while no timeline runs. */
  get open(): readonly OpenLimit[] | null {
    return this.#review?.open ?? null;
  }

  /** Runs every timeline on the programs and keeps what came of it, unless it is overtaken. */
  async run(programs: readonly Program[], timelines: readonly NamedTimeline[]): Promise<void> {
    const policies = programs.map(({ policy }) => policy);
    try {
      this.#review = (await this.#backstage.ask('review', { policies, timelines: [...timelines] })) ?? this.#review;
    } catch {
      // The marks are a courtesy: what cannot be run shows its problems when it is chosen.
    }
  }
}
