/** Answers what the page asks, in whatever thread it runs. */
import { compile, type Policy, type Program } from 'latchkey';
import { lint } from 'latchkey/analysis';
import { load } from 'latchkey/load';
import { buffersOf, compact, play, probeAt, simulate, simulationOf, type Playback } from 'latchkey/timeline';
import type { Answers, Kind, Look, Question, Questions, Story } from './backstage.ts';
import { differencesOf } from './comparison.ts';
import { reviewOf } from './timeline-review.ts';

type Answered<K extends Kind> = { readonly answer: Answers[K]; readonly moved: readonly ArrayBuffer[] };

/** Remembers the last story that was played. */
export class Answerer {
  #playback: Playback | null = null;

  /** The answer, and the buffers in it that may be moved instead of copied. */
  answer({ kind, asked }: Question): Answered<Kind> {
    switch (kind) {
      case 'simulate':
        return this.#simulate(asked as Story);
      case 'look':
        return { answer: this.#look(asked as Questions['look']), moved: [] };
      case 'compare':
        return compared(asked as Questions['compare']);
      case 'review':
        return { answer: review(asked as Questions['review']), moved: [] };
      case 'lint':
        return { answer: findings(asked as Questions['lint']), moved: [] };
    }
  }

  #simulate({ policies, timeline }: Story): Answered<'simulate'> {
    this.#playback = play(compiled(policies), timeline);
    const answer = compact(simulationOf(this.#playback));
    return { answer, moved: buffersOf(answer) };
  }

  #look({ at, capability }: Questions['look']): Look | null {
    if (this.#playback === null) return null;
    const { program, ...rest } = probeAt(this.#playback, at, capability);
    return { version: program.policy.version, ...rest };
  }
}

function compared({ story, other }: Questions['compare']): Answered<'compare'> {
  const before = simulate(compiled(other.policies), other.timeline);
  const now = simulate(compiled(story.policies), story.timeline);
  const simulation = compact(before);
  return { answer: { simulation, differences: differencesOf(before, now) }, moved: buffersOf(simulation) };
}

function compiled(policies: readonly Policy[]): readonly Program[] {
  return policies.map((policy) => compile(policy));
}

function review({ policies, timelines }: Questions['review']): Answers['review'] {
  return reviewOf(compiled(policies), timelines);
}

function findings({ text, today }: Questions['lint']): Answers['lint'] {
  const loaded = load(text);
  return loaded.ok ? lint(text, loaded.value, { today }) : [];
}
