/** The story that is shown, compared with another version: on the page where that is quick, else backstage. Knows no DOM. */
import { onlyVersion } from 'latchkey/timeline';
import type { Backstage, Story } from './backstage.ts';
import { comparisonOf, toldOf, type Comparison } from './comparison.ts';
import { segmentsBy } from './long-run.svelte.ts';
import type { Run } from './runnable.ts';
import type { Simulated } from './simulated.svelte.ts';
import type { Comparable } from './workspace.svelte.ts';

/** `running` shows the last comparison if there is one. */
export type ComparedState = 'nothing' | 'done' | 'running' | 'failed';

/** What a comparison is of. */
interface Pair {
  readonly run: Run;
  readonly with: Comparable;
}

/** What is compared with, and what came of it. Long comparisons are asked for backstage: `pursue` does that. */
export class Compared {
  readonly #simulated: Simulated;
  readonly #options: () => readonly Comparable[];
  readonly #backstage: Backstage;
  #asked: Pair | null = null;
  #done = $state.raw<{ readonly pair: Pair; readonly comparison: Comparison } | null>(null);
  #failed = $state.raw<Pair | null>(null);

  /** Key of the version compared with; empty for none. */
  chosen = $state('');

  constructor(simulated: Simulated, options: () => readonly Comparable[], backstage: Backstage) {
    this.#simulated = simulated;
    this.#options = options;
    this.#backstage = backstage;
  }

  readonly #other: Comparable | null = $derived.by(
    () => this.#options().find(({ key }) => key === this.chosen) ?? null,
  );

  readonly #pair: Pair | null = $derived.by(() => {
    const { run } = this.#simulated;
    return run === null || this.#other === null ? null : { run, with: this.#other };
  });

  /** Version of what is compared with; null for nothing. */
  readonly version: number | null = $derived.by(() => this.#other?.version ?? null);

  readonly state: ComparedState = $derived.by(() => {
    if (this.#pair === null) return 'nothing';
    if (this.#simulated.whole !== null || this.#done?.pair === this.#pair) return 'done';
    return this.#failed === this.#pair ? 'failed' : 'running';
  });

  /** The newest comparison of this story with this version; null while there is none. */
  readonly comparison: Comparison | null = $derived.by(() => {
    const pair = this.#pair;
    if (pair === null) return null;
    const { whole } = this.#simulated;
    if (whole !== null) return comparisonOf(whole, toldOf(pair.with.program, pair.run));
    const done = this.#done;
    const same = done?.pair.run.timeline === pair.run.timeline && done.pair.with.program === pair.with.program;
    return same ? done.comparison : null;
  });

  /** The version that the story plays from start to end on both sides, so that nothing can differ; null where it does not. */
  readonly only: number | null = $derived.by(() => {
    const pair = this.#pair;
    return pair && (onlyVersion(pair.run, toldOf(pair.with.program, pair.run))?.policy.version ?? null);
  });

  /** Asks backstage for what the page does not do itself; to be called whenever something it reads has changed. */
  pursue(): void {
    const pair = this.#pair;
    if (this.state !== 'running') {
      if (pair === null) this.#giveUp();
      return;
    }
    // What is looked at comes before what it is compared with.
    if (pair === null || this.#simulated.simulation === null || this.#asked === pair) return;
    this.#asked = pair;
    this.#ask(pair);
  }

  /** Asks once more for what failed. */
  again(): void {
    [this.#asked, this.#failed] = [null, null];
  }

  #ask(pair: Pair): void {
    const other = toldOf(pair.with.program, pair.run);
    this.#backstage.ask('compare', { story: storyOf(pair.run), other: storyOf(other) }).then(
      (answer) => {
        if (answer === null || pair !== this.#asked) return;
        const { simulation, differences } = answer;
        const segments = segmentsBy(simulation);
        const places = new Map(simulation.capabilities.map((capability, place) => [capability, place]));
        const segmentsOf: Comparison['segmentsOf'] = (capability) => {
          const place = places.get(capability);
          return place === undefined ? undefined : segments(place);
        };
        this.#done = { pair, comparison: { segmentsOf, differences } };
      },
      () => {
        if (pair === this.#asked) this.#failed = pair;
      },
    );
  }

  #giveUp(): void {
    if (this.#asked === null) return;
    this.#backstage.cancel('compare');
    this.#asked = null;
  }
}

function storyOf({ programs, timeline }: Run): Story {
  return { policies: programs.map(({ policy }) => policy), timeline };
}
