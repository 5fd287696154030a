/** What `latchkey mutate` found, for people and for other programs. */
import {
  OPERATORS,
  scoreOf,
  type Mutant,
  type OperatorName,
  type Suggestion,
  type Verdict,
} from '../analysis/index.ts';
import { mutantInWords } from '../analysis/mutate-words.ts';
import { locate } from '../load.ts';
import { formatDuration } from '../time/duration.ts';
import type { SourceFile } from './files.ts';
import { widthOf, type Io } from './io.ts';
import { paintFor } from './paint.ts';
import { counted } from './report.ts';
import { shown, wrapped } from './text-width.ts';

/** The mutants of one version of a policy and what became of them, with the texts to point into. */
export interface Judged {
  /** `desk@2` */
  readonly name: string;
  readonly policy: SourceFile;
  readonly timelines: readonly SourceFile[];
  readonly mutants: readonly Mutant[];
  /** By the index of the mutant; undefined for one that nobody came to. */
  readonly verdicts: readonly (Verdict | undefined)[];
}

/** False when somebody stopped it before. */
export function isComplete({ verdicts }: Judged): boolean {
  return verdicts.every((verdict) => verdict !== undefined);
}

/** Members are only ever added. */
export function mutantsJson(judged: Judged): unknown {
  const { policy, timelines, mutants, verdicts } = judged;
  const complete = isComplete(judged);
  return {
    policy: policy.file,
    timelines: timelines.map(({ file }) => file),
    score: complete ? scoreOf(verdicts.filter((verdict) => verdict !== undefined)) : null,
    complete,
    operators: OPERATORS,
    mutants: mutants.flatMap(({ operator, path, was, now }, index) => {
      const verdict = verdicts[index];
      if (verdict === undefined) return [];
      const { line, column } = locate(policy.text, path);
      return [{ operator, path, line, column, was, now: now ?? null, ...verdict }];
    }),
  };
}

/** Survivors first, then what needs no timeline, then how many of how many. */
export function renderMutants(judged: Judged, io: Io): string {
  const { mutants, verdicts } = judged;
  const of = (fate: Verdict['fate']) => mutants.filter((_, index) => verdicts[index]?.fate === fate);
  const survived = mutants.flatMap((mutant, index) => {
    const verdict = verdicts[index];
    return verdict?.fate === 'survived' ? survivorLines(mutant, verdict, judged, io) : [];
  });
  return [
    ...survived,
    ...listed('No request can tell these from the policy as it is:', of('equivalent'), judged, io),
    ...listed(
      'These change only what is shown or done beside the answer, which no expectation sees:',
      of('silent'),
      judged,
      io,
    ),
    byOperator(judged),
    summary(judged, of('killed').length, of('survived').length, io),
    '',
  ].join('\n');
}

function summary(judged: Judged, killed: number, survived: number, io: Io): string {
  const { name, mutants, verdicts, timelines } = judged;
  const paint = paintFor(io);
  const all = killed + survived;
  const noticed = `${String(killed)} of ${counted(all, 'mistake')} would be noticed`;
  const by = counted(timelines.length, 'timeline');
  const bad = paint.ink('✗', 'red');
  if (!isComplete(judged)) {
    const done = verdicts.filter((verdict) => verdict !== undefined).length;
    const stopped = `stopped after ${String(done)} of ${counted(mutants.length, 'mutant')}`;
    return `${survived > 0 ? bad : paint.ink('!', 'yellow')} ${name}: ${stopped}; so far ${noticed}, ${by}`;
  }
  const share = all === 0 ? '100' : ((100 * killed) / all).toFixed(0);
  return `${survived > 0 ? bad : paint.ink('✓', 'green')} ${name}: ${noticed} (${share} %), ${by}`;
}

/** How many mutants each operator made, and how many of them would be noticed. */
function byOperator({ mutants, verdicts }: Judged): string {
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
  verdict: Extract<Verdict, { fate: 'survived' }>,
  judged: Judged,
  io: Io,
): readonly string[] {
  const paint = paintFor(io);
  const width = widthOf(io) - 4;
  const said = wrapped(`nobody would notice if ${shown(mutantInWords(mutant))}`, width);
  return [
    ...said.map((line, index) => (index === 0 ? `${paint.ink('✗', 'red')} ${line}` : `  ${line}`)),
    `  ${paint.ink(placeOf(mutant, judged), 'dim')}`,
    ...(verdict.suggestion === undefined
      ? wrapped(whyNone(verdict.hiddenBy, judged), width).map((line) => `  ${line}`)
      : suggestionLines(verdict.suggestion, judged, io)),
    '',
  ];
}

function whyNone(hiddenBy: string | undefined, judged: Judged): string {
  if (hiddenBy === undefined) return 'neither these timelines nor any preset depends on it: tell a story that does';
  const place = placeOf({ path: hiddenBy }, judged);
  return `wherever a preset is refused by this rule, ${place} refuses too: tell a story in which it does not, or do without one of them`;
}

function suggestionLines(suggestion: Suggestion, { timelines }: Judged, io: Io): readonly string[] {
  const paint = paintFor(io);
  const { timeline, added: { events = [], ...members } = {}, at, ...expected } = suggestion;
  const more = [
    ...Object.entries(members).map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`),
    ...events.map((event) => JSON.stringify({ ...event, at: formatDuration(event.at) })),
  ];
  const other = Object.keys(members)
    .map((key) => ` with another ${key}`)
    .join('');
  const turns = events.length === 0 ? '' : ` with ${counted(events.length, 'more event')}`;
  const story =
    typeof timeline === 'number' ? (timelines[timeline]?.file ?? '') : `the preset ${timeline}${other}${turns}`;
  return [
    `  today’s answer in ${shown(story)}, if a person says that it is right:`,
    ...more.map((line) => `    ${line}`),
    `  ${paint.ink(JSON.stringify({ at: formatDuration(at), ...expected, because: '…' }), 'green')}`,
  ];
}

function listed(title: string, mutants: readonly Mutant[], judged: Judged, io: Io): readonly string[] {
  if (mutants.length === 0) return [];
  const paint = paintFor(io);
  return [
    title,
    ...mutants.map((mutant) => `  ${paint.ink(placeOf(mutant, judged), 'dim')}  if ${shown(mutantInWords(mutant))}`),
    '',
  ];
}

function placeOf({ path }: Pick<Mutant, 'path'>, { policy }: Judged): string {
  const { line, column } = locate(policy.text, path);
  return `${policy.file}:${String(line)}:${String(column)}`;
}
