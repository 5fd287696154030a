/** Judging mutants, one after the other here or on every core. */
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { baselineOf, judge, mutantsOf, type Baseline, type Mutant, type Verdict } from '../analysis/mutate.ts';
import { compile } from '../compile.ts';
import { load } from '../load.ts';
import { loadTimeline } from '../timeline/index.ts';

/** Everything a worker needs, as text: nothing compiled crosses between threads. */
export interface Job {
  readonly policy: string;
  /** The other versions that the timelines begin on or switch to. */
  readonly others: readonly string[];
  /** Each with the version that it begins on. */
  readonly timelines: readonly { readonly text: string; readonly version: number }[];
}

/** A job made ready to judge. Throws TypeError for a text that does not load: the command checks first. */
export interface Ready {
  readonly mutants: readonly Mutant[];
  readonly baseline: Baseline;
}

/** What a worker is given and what it answers, mutant by mutant. */
export interface Share {
  readonly job: Job;
  /** It judges the mutants whose index leaves this rest. */
  readonly rest: number;
  readonly of: number;
}
export type Answer = readonly [index: number, verdict: Verdict];

/** Below this many mutants starting threads costs more than it saves. */
const WORTH_THREADS = 150;
const WORKER = new URL('./mutate-worker.js', import.meta.url);

export function readyFor({ policy, others, timelines }: Job): Ready {
  const { document, policy: original } = required(load(policy));
  const stories = timelines.map(({ text, version }) => ({ ...required(loadTimeline(text)), version }));
  const rest = others.map((text) => compile(required(load(text)).policy));
  return { mutants: mutantsOf(document, original), baseline: baselineOf(compile(original), stories, rest) };
}

function required<T>(loaded: { readonly ok: true; readonly value: T } | { readonly ok: false }): T {
  if (!loaded.ok) throw new TypeError('a document of the job does not load');
  return loaded.value;
}

/**
 * Every verdict, by the index of its mutant; one that was cancelled before is undefined. The same whatever the number of
 * threads. `progress` is told how many are judged.
 */
export async function judgeAll(
  job: Job,
  { mutants, baseline }: Ready,
  progress: (done: number) => void,
  cancelled: AbortSignal | undefined,
): Promise<readonly (Verdict | undefined)[]> {
  const verdicts: (Verdict | undefined)[] = mutants.map(() => undefined);
  let done = 0;
  const note = ([index, verdict]: Answer): void => {
    verdicts[index] = verdict;
    progress((done += 1));
  };
  const threads = mutants.length < WORTH_THREADS || !existsSync(WORKER) ? 1 : availableParallelism();
  if (threads > 1) await inThreads({ job, threads }, note, cancelled);
  else
    for (const [index, mutant] of mutants.entries()) {
      if (cancelled?.aborted === true) break;
      note([index, judge(mutant, baseline)]);
      // Lets an interrupt be heard.
      if (index % 16 === 15) await new Promise((resolve) => setImmediate(resolve));
    }
  return verdicts;
}

async function inThreads(
  { job, threads }: { readonly job: Job; readonly threads: number },
  note: (answer: Answer) => void,
  cancelled: AbortSignal | undefined,
): Promise<void> {
  const workers = Array.from({ length: threads }, (_, rest) => {
    const share: Share = { job, rest, of: threads };
    return new Worker(WORKER, { workerData: share });
  });
  const stop = (): void => workers.forEach((worker) => void worker.terminate());
  cancelled?.addEventListener('abort', stop);
  try {
    await Promise.all(
      workers.map(
        (worker) =>
          new Promise<void>((resolve, reject) => {
            worker.on('message', note);
            worker.on('error', reject);
            worker.on('exit', () => resolve());
          }),
      ),
    );
  } finally {
    cancelled?.removeEventListener('abort', stop);
    stop();
  }
}
