/** `latchkey mutate`: which mistakes in a policy its timelines would notice, and which nobody would. */
import { OPERATORS } from '../analysis/index.ts';
import type { Command, Given } from './command.ts';
import type { ExitCode, Io } from './io.ts';
import { judgeAll, readyFor, type Job } from './mutate-run.ts';
import { mutatedFrom, newestUnder, type Mutated } from './mutate-sources.ts';
import { isComplete, mutantsJson, renderMutants, type Judged } from './render-mutants.ts';
import { counted, renderProblems } from './report.ts';

export const mutate: Command = {
  name: 'mutate',
  synopsis: '<policy or folder> [timeline…] [--json]',
  summary: 'find mistakes in a policy that none of its timelines would notice',
  details: [
    'Changes the policy in one place at a time and runs the timelines on each result; those of the folder `timelines`',
    'beside the policy, if none is named. Each begins on the version on which `latchkey test` runs it; those that never',
    'come to the version that is changed are left out. A folder stands for the newest version of each policy in it.',
    'Where a timeline or a preset, as it is or with a little more in it, answers a mistake differently, the mistake comes',
    'with an expectation that would notice it: today’s answer, which a person must judge before writing it down. Not',
    'everything is tried. Ctrl+C shows what was found so far. Ends with 1 if any mistake would go unnoticed.',
  ].join(' '),
  choices: { heading: 'Each place is changed in these ways:', rows: Object.entries(OPERATORS) },
  options: { json: { summary: 'print everything as one JSON object' } },
  operands: { least: 1, most: Infinity },
  run: async (given, io) => {
    const [operand = '', ...named] = given.operands;
    const policies = newestUnder(io, operand);
    if ('problem' in policies) return complain(renderProblems([policies.problem], [], io), io);
    if ('why' in policies) return complain(`latchkey mutate: ${policies.why}\n`, io);
    if (policies.folder && named.length > 0)
      return complain(`latchkey mutate: name one policy before its timelines: \`${operand}\` is a folder\n`, io);
    const found = await eachOf(policies.files, named, given, io);
    if (given.flag('json')) {
      const complete = found.length === policies.files.length && found.every(isComplete);
      const json = policies.folder ? { complete, policies: found.map(mutantsJson) } : found.map(mutantsJson)[0];
      if (json !== undefined) io.stdout(`${JSON.stringify(json, null, 2)}\n`);
    }
    return found.length === policies.files.length && found.every(isWell) ? 0 : 1;
  },
};

/** What came of those policies that could be judged, told one by one unless it is wanted as JSON. */
async function eachOf(files: readonly string[], named: readonly string[], given: Given, io: Io): Promise<Judged[]> {
  const found: Judged[] = [];
  for (const file of files) {
    if (file !== files[0] && io.interrupted?.aborted === true) {
      complain(`latchkey mutate: stopped before \`${file}\`\n`, io);
      continue;
    }
    const mutated = mutatedFrom(io, file, named);
    if ('problems' in mutated) complain(renderProblems(mutated.problems, mutated.sources, io), io);
    else if ('why' in mutated) complain(`latchkey mutate: ${mutated.why}\n`, io);
    const judged = mutated.ok ? await judgedFrom(mutated.value, io) : undefined;
    if (judged === undefined) continue;
    found.push(judged);
    if (!given.flag('json')) io.stdout(renderMutants(judged, io));
  }
  return found;
}

function isWell(judged: Judged): boolean {
  return isComplete(judged) && judged.verdicts.every((verdict) => verdict?.fate !== 'survived');
}

/** Undefined, and said so, when timelines fail on the policy as it is: then nothing can be said of its mutants. */
async function judgedFrom({ name, policy, others, timelines }: Mutated, io: Io): Promise<Judged | undefined> {
  const job: Job = {
    policy: policy.text,
    others: others.map(({ text }) => text),
    timelines: timelines.map(({ source: { text }, version }) => ({ text, version })),
  };
  const ready = readyFor(job);
  const broken = ready.baseline.simulations.flatMap(({ expectations }) => expectations).filter(({ ok }) => !ok).length;
  if (broken > 0) {
    const many = counted(broken, 'expectation');
    complain(`latchkey mutate: ${many} not met on ${name} as it is; run \`latchkey test\` first\n`, io);
    return undefined;
  }
  const bar = progressBar(ready.mutants.length, io);
  const verdicts = await judgeAll(job, ready, { progress: bar.show, cancelled: io.interrupted });
  bar.clear();
  return { name, policy, timelines: timelines.map(({ source }) => source), mutants: ready.mutants, verdicts };
}

const BAR = 30;

/** Drawn on a terminal only, and over itself. */
function progressBar(all: number, io: Io): { readonly show: (done: number) => void; readonly clear: () => void } {
  if (!io.isTTY) return { show: () => undefined, clear: () => undefined };
  return {
    show: (done) => {
      const filled = Math.round((done / all) * BAR);
      io.stderr(`\r${'█'.repeat(filled)}${'░'.repeat(BAR - filled)} ${String(done)} of ${String(all)} mutants`);
    },
    clear: () => io.stderr(`\r${' '.repeat(BAR + 40)}\r`),
  };
}

function complain(text: string, io: Io): ExitCode {
  io.stderr(text);
  return 1;
}
