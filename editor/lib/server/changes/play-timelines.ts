import { Worker } from 'node:worker_threads';
import type { NamedText } from './revision.ts';
import { engineEntries, workerSource, type WorkerAnswer, type WorkerTask } from './timeline-worker.ts';

/** Why a timeline counts as failed: its expectations, its own text, or that it took too long or too much. */
type Failure = 'expectation' | 'broken' | 'time_limit' | 'not_reached' | 'stopped';

/** What one timeline gave. */
export interface TimelineOutcome extends WorkerAnswer {
  readonly name: string;
  /** Null: every expectation held. */
  readonly failure: Failure | null;
}

/** No policy needs nearly as much; a story that eats memory must not take the server with it. */
const MOST_MEMORY_MIB = 512;

const NOTHING: WorkerAnswer = { title: null, held: 0, all: 0, problems: [], failed: [] };

/**
 * Plays every timeline in a thread of its own, for `limitMs` together at most, and on `before` as well where that is given.
 * Never rejects: what does not come to an end has failed.
 */
export async function playTimelines(
  policies: readonly string[],
  timelines: readonly NamedText[],
  limitMs: number,
  before: readonly string[] = [],
): Promise<readonly TimelineOutcome[]> {
  const texts = timelines.map(({ text }) => text);
  const { answers, end } = await answersTo({ policies, before, timelines: texts, entries: engineEntries() }, limitMs);
  return timelines.map(({ name }, index) => {
    const answer = answers[index];
    if (answer === undefined) return { name, ...NOTHING, failure: index === answers.length ? end : 'not_reached' };
    return { name, ...answer, failure: failureOf(answer) };
  });
}

function failureOf({ problems, held, all }: WorkerAnswer): Failure | null {
  if (problems.length > 0) return 'broken';
  return held < all ? 'expectation' : null;
}

interface Answered {
  readonly answers: readonly WorkerAnswer[];
  /** What became of the first timeline without an answer. */
  readonly end: 'time_limit' | 'stopped';
}

async function answersTo(task: WorkerTask, limitMs: number): Promise<Answered> {
  const answers: WorkerAnswer[] = [];
  if (task.timelines.length === 0) return { answers, end: 'stopped' };
  const worker = new Worker(workerSource, {
    eval: true,
    workerData: task,
    // Nothing of the server's secrets, and none of its flags.
    ...{ env: {}, execArgv: [], name: 'timelines' },
    resourceLimits: { maxOldGenerationSizeMb: MOST_MEMORY_MIB },
  });
  const end = await new Promise<Answered['end']>((settle) => {
    const timer = setTimeout(() => settle('time_limit'), limitMs);
    worker.on('message', (answer: WorkerAnswer) => {
      answers.push(answer);
      if (answers.length === task.timelines.length) settle('stopped');
    });
    worker.on('error', () => settle('stopped'));
    worker.on('exit', () => {
      clearTimeout(timer);
      settle('stopped');
    });
  });
  const done = [...answers];
  await worker.terminate();
  return { answers: done, end };
}
