/** A thread of `latchkey mutate`: judges its share and answers mutant by mutant. */
import { parentPort, workerData } from 'node:worker_threads';
import { judge } from '../analysis/mutate.ts';
import { readyFor, type Answer, type Share } from './mutate-run.ts';

const { job, from, rest, of } = workerData as Share;
const { mutants, baseline } = readyFor(job);
mutants.forEach((mutant, index) => {
  if (index < from || index % of !== rest) return;
  const answer: Answer = [index, judge(mutant, baseline)];
  parentPort?.postMessage(answer);
});
