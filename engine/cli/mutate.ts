/** `latchkey mutate`: which mistakes in a policy its timelines would notice, and which nobody would. */
import { OPERATORS, scoreOf, type Mutant, type OperatorName, type Verdict } from '../analysis/index.ts';
import { mutantInWords } from '../analysis/mutate-words.ts';
import { locate } from '../load.ts';
import { formatDuration } from '../time/duration.ts';
import type { Command } from './command.ts';
import type { SourceFile } from './files.ts';
import { widthOf, type ExitCode, type Io } from './io.ts';
import { judgeAll, readyFor, type Job } from './mutate-run.ts';
import { mutatedFrom, type Mutated } from './mutate-sources.ts';
import { paintFor } from './paint.ts';
import { counted, renderProblems } from './report.ts';
import { shown, wrapped } from './text-width.ts';

export const mutate: Command = {
  name: 'mutate',
  synopsis: '<policy> [timeline…] [--json]',
  summary: 'find mistakes in a policy that none of its timelines would notice',
  details: [
    'Changes the policy in one place at a time and runs the timelines on each result; those of the folder `timelines`',
    'beside the policy, if none is named. Each begins on the version on which `latchkey test` runs it; those that never',
    'come to the version that is changed are left out. A mistake that nobody would notice comes with an expectation',
    'that would notice it: today’s answer, which a person must judge before writing it down. Ctrl+C shows what was',
    'found so far. Ends with 1 if any mistake would go unnoticed.',
    '',
    'Each place is changed in these ways:',
    ...Object.entries(OPERATORS).map(([name, words]) => `  ${name.padEnd(9)} ${words}`),
  ].join('\n'),
  options: { json: { summary: 'print everything as one JSON object' } },
  operands: { least: 1, most: Infinity },
  run: async (given, io) => {
    const [policy = '', ...named] = given.operands;
    const mutated = mutatedFrom(io, policy, named);
    if (mutated.ok) return report(await judged(mutated.value, io), given.flag('json'), io);
    return complain(
      'why' in mutated ? `latchkey mutate: ${mutated.why}\n` : renderProblems(mutated.problems, mutated.sources, io),
      io,
    );
  },
};

/** What was found, with the texts to point into. */
interface Found {
  readonly policy: SourceFile;
  readonly timelines: readonly SourceFile[];
  readonly mutants: readonly Mutant[];
  readonly verdicts: readonly (Verdict | undefined)[];
  /** Expectations that do not hold on the policy as it is: then nothing can be said of its mutants. */
  readonly broken: number;
}

async function judged({ policy, others, timelines }: Mutated, io: Io): Promise<Found> {
  const job: Job = {
    policy: policy.text,
    others: others.map(({ text }) => text),
    timelines: timelines.map(({ source: { text }, version }) => ({ text, version })),
  };
  const ready = readyFor(job);
  const broken = ready.baseline.simulations.flatMap(({ expectations }) => expectations).filter(({ ok }) => !ok).length;
  const bar = progressBar(ready.mutants.length, io);
  const verdicts = broken > 0 ? [] : await judgeAll(job, ready, bar.show, io.interrupted);
  bar.clear();
  return { policy, timelines: timelines.map(({ source }) => source), mutants: ready.mutants, verdicts, broken };
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

function report(found: Found, json: boolean, io: Io): ExitCode {
  if (found.broken > 0) {
    const many = counted(found.broken, 'expectation');
    return complain(`latchkey mutate: ${many} not met on the policy as it is; run \`latchkey test\` first\n`, io);
  }
  const judgedOnes = found.verdicts.filter((verdict) => verdict !== undefined);
  io.stdout(json ? `${JSON.stringify(asJson(found), null, 2)}\n` : inText(found, io));
  const all = judgedOnes.length === found.mutants.length;
  return all && judgedOnes.every(({ fate }) => fate !== 'survived') ? 0 : 1;
}

function asJson({ policy, timelines, mutants, verdicts }: Found): unknown {
  const judgedOnes = verdicts.filter((verdict) => verdict !== undefined);
  return {
    policy: policy.file,
    timelines: timelines.map(({ file }) => file),
    score: scoreOf(judgedOnes),
    complete: judgedOnes.length === mutants.length,
    operators: OPERATORS,
    mutants: mutants.flatMap(({ operator, path, was, now }, index) => {
      const verdict = verdicts[index];
      if (verdict === undefined) return [];
      const { line, column } = locate(policy.text, path);
      return [{ operator, path, line, column, was, now: now ?? null, ...verdict }];
    }),
  };
}

function inText(found: Found, io: Io): string {
  const { mutants, verdicts } = found;
  const paint = paintFor(io);
  const of = (fate: Verdict['fate']) => mutants.filter((_, index) => verdicts[index]?.fate === fate);
  const survived = mutants.flatMap((mutant, index) => {
    const verdict = verdicts[index];
    return verdict?.fate === 'survived' ? [survivorLines(mutant, verdict, found, io)] : [];
  });
  const killed = of('killed').length;
  const ordinary = killed + survived.length;
  const share = ordinary === 0 ? '100' : ((100 * killed) / ordinary).toFixed(0);
  const judgedCount = verdicts.filter((verdict) => verdict !== undefined).length;
  const cut = judgedCount < mutants.length ? `, ${String(mutants.length - judgedCount)} not looked at` : '';
  const mark = survived.length === 0 ? paint.ink('✓', 'green') : paint.ink('✗', 'red');
  return [
    ...survived.flat(),
    ...listed('No request can tell these from the policy as it is:', of('equivalent'), found, io),
    ...listed(
      'These change only what is shown or done beside the answer, which no expectation sees:',
      of('silent'),
      found,
      io,
    ),
    byOperator(found),
    `${mark} ${String(killed)} of ${counted(ordinary, 'mistake')} would be noticed (${share} %), ${counted(found.timelines.length, 'timeline')}${cut}`,
    '',
  ].join('\n');
}

/** How many mutants each operator made, and how many of them would be noticed. */
function byOperator({ mutants, verdicts }: Found): string {
  const rows = (Object.keys(OPERATORS) as OperatorName[]).flatMap((operator) => {
    const fates = mutants.flatMap((mutant, index) => (mutant.operator === operator ? [verdicts[index]?.fate] : []));
    const killed = fates.filter((fate) => fate === 'killed').length;
    const survived = fates.filter((fate) => fate === 'survived').length;
    return killed + survived === 0 ? [] : [`${operator} ${String(killed)}/${String(killed + survived)}`];
  });
  return `Noticed: ${rows.join(', ')}`;
}

function survivorLines(
  mutant: Mutant,
  { suggestion }: Extract<Verdict, { fate: 'survived' }>,
  found: Found,
  io: Io,
): readonly string[] {
  const paint = paintFor(io);
  const width = widthOf(io) - 4;
  const said = wrapped(`nobody would notice if ${shown(mutantInWords(mutant))}`, width);
  const head = said.map((line, index) => (index === 0 ? `${paint.ink('✗', 'red')} ${line}` : `  ${line}`));
  const place = `  ${paint.ink(placeOf(mutant, found), 'dim')}`;
  if (suggestion === undefined)
    return [...head, place, '  neither these timelines nor any preset depends on it: tell a story that does', ''];
  const { timeline, at, capability, outcome, reason } = suggestion;
  const written = { at: formatDuration(at), capability, outcome, ...(reason === undefined ? {} : { reason }) };
  return [
    ...head,
    place,
    `  today’s answer in ${shown(storyOf(timeline, found))}, if a person says that it is right:`,
    `  ${paint.ink(JSON.stringify({ ...written, because: '…' }), 'green')}`,
    '',
  ];
}

function storyOf(timeline: number | string, { timelines }: Found): string {
  return typeof timeline === 'number' ? (timelines[timeline]?.file ?? '') : `the preset ${timeline}`;
}

function listed(title: string, mutants: readonly Mutant[], found: Found, io: Io): readonly string[] {
  if (mutants.length === 0) return [];
  const paint = paintFor(io);
  return [
    title,
    ...mutants.map((mutant) => `  ${paint.ink(placeOf(mutant, found), 'dim')}  if ${shown(mutantInWords(mutant))}`),
    '',
  ];
}

function placeOf({ path }: Mutant, { policy }: Found): string {
  const { line, column } = locate(policy.text, path);
  return `${policy.file}:${String(line)}:${String(column)}`;
}

function complain(text: string, io: Io): ExitCode {
  io.stderr(text);
  return 1;
}
