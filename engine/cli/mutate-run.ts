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
  /** It judges the mutants from `from` on whose index leaves this rest. */
  readonly from: number;
  readonly rest: number;
  readonly of: number;
}
export type Answer = readonly [index: number, verdict: Verdict];

/** How the mutants of a job are judged. */
export interface Judging {
  /** Told how many are judged. */
  readonly progress?: (done: number) => void;
  readonly cancelled?: AbortSignal | undefined;
  /** One for each core unless said otherwise. */
  readonly threads?: number;
  /** Milliseconds of work left from which on there are several; about a second unless said otherwise. */
  readonly worth?: number;
}

/** By then threads, which load everything again, save more than they cost. */
const WORTH_THREADS = 1000;
/** So many mutants are judged before anything is said of the others. */
const MEASURED = 16;
/** Milliseconds after which an interrupt is listened for. */
const BREATH = 50;
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
 * threads: there are several once what is left would take one of them long.
 */
export async function judgeAll(
  job: Job,
  { mutants, baseline }: Ready,
  { progress, cancelled, threads = availableParallelism(), worth = WORTH_THREADS }: Judging,
): Promise<readonly (Verdict | undefined)[]> {
  const verdicts: (Verdict | undefined)[] = mutants.map(() => undefined);
  let done = 0;
  const note = ([index, verdict]: Answer): void => {
    verdicts[index] = verdict;
    progress?.((done += 1));
  };
  const several = threads > 1 && existsSync(WORKER);
  const took: number[] = [];
  let heard = performance.now();
  for (const [index, mutant] of mutants.entries()) {
    if (cancelled?.aborted === true) break;
    if (several && isWorthThreads(took, mutants.slice(index), worth)) {
      await inThreads({ job, from: index, threads }, note, cancelled);
      break;
    }
    const before = performance.now();
    note([index, judge(mutant, baseline)]);
    const after = performance.now();
    if (mutant.kind === 'ordinary') took.push(after - before);
    if (after - heard < BREATH) continue;
    // Lets an interrupt be heard.
    await new Promise((resolve) => setImmediate(resolve));
    heard = performance.now();
  }
  return verdicts;
}

/**
 * Whether the mutants left would keep one thread busy for longer than is `worth` it, judging by the milliseconds that the
 * last ones `took`. The slowest is passed over: the first one that survives waits for the presets to be played.
 */
export function isWorthThreads(
  took: readonly number[],
  left: readonly Pick<Mutant, 'kind'>[],
  worth = WORTH_THREADS,
): boolean {
  if (took.length < MEASURED) return false;
  const last = took.slice(-MEASURED);
  const sum = last.reduce((all, each) => all + each, 0);
  const mean = (sum - Math.max(...last)) / (MEASURED - 1);
  return mean * left.filter(({ kind }) => kind === 'ordinary').length > worth;
}

async function inThreads(
  { job, from, threads }: { readonly job: Job; readonly from: number; readonly threads: number },
  note: (answer: Answer) => void,
  cancelled: AbortSignal | undefined,
): Promise<void> {
  const workers = Array.from({ length: threads }, (_, rest) => {
    const share: Share = { job, from, rest, of: threads };
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
