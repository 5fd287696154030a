/** `latchkey test`: do policies still do what their timelines expect. */
import { basename, dirname, join } from 'node:path';
import { locate } from '../load.ts';
import { simulate, type Simulation, type Timeline } from '../timeline/index.ts';
import type { Command } from './command.ts';
import { filesUnder, inFile, type SourceFile } from './files.ts';
import { widthOf, type ExitCode, type Io } from './io.ts';
import { loadRun, type LoadedRun, type Run } from './load-run.ts';
import { loadTimelineFile, policyFileFor } from './load-timeline.ts';
import { paintFor } from './paint.ts';
import type { FileDiagnostic } from './render-diagnostic.ts';
import { failureLines } from './render-expectations.ts';
import { counted, renderProblems } from './report.ts';
import { shown } from './text-width.ts';
import { Calendar } from './when.ts';

export const test: Command = {
  name: 'test',
  synopsis: '[folder or timeline]',
  summary: 'run timelines and hold them against what they expect',
  details: [
    'Runs every `timelines/*.json` under the folder (`policies`, if none is named) on the policy it names, found',
    'beside it: `<id>/<version>.json`, the newest unless the timeline says `id@version`. Ends with 1 if anything',
    'fails or there is nothing to run.',
  ].join('\n'),
  options: {},
  operands: { least: 0, most: 1 },
  run: (given, io) => {
    const named = given.operands[0] ?? 'policies';
    const listed = filesUnder(io, named);
    if (!listed.ok) return complain(renderProblems([listed.problem], [], io), io);
    const files = listed.files.filter((file) => file === named || basename(dirname(file)) === 'timelines');
    if (files.length === 0)
      return complain(`latchkey test: nothing to run: no timelines/*.json under \`${named}\`\n`, io);
    const counts = files.map((file) => runFile(file, io));
    io.stdout(summary(counts, io));
    return counts.every(({ failed }) => failed === 0) ? 0 : 1;
  },
};

/** Expectations of one timeline; one that cannot be run counts as one that failed. */
interface Count {
  readonly held: number;
  readonly failed: number;
}

function runFile(file: string, io: Io): Count {
  const run = loaded(file, io);
  const paint = paintFor(io);
  if (!run.ok) {
    io.stdout(`${paint.ink('✗', 'red')} ${paint.ink(shown(file), 'bold')} cannot be run\n`);
    io.stdout(renderProblems(run.problems, run.sources, io));
    return { held: 0, failed: 1 };
  }
  const { program, programs, timeline } = run.value;
  const simulation = simulate(programs, timeline);
  const failed = simulation.expectations.filter(({ ok }) => !ok).length;
  const held = simulation.expectations.length - failed;
  const mark = failed === 0 ? paint.ink('✓', 'green') : paint.ink('✗', 'red');
  const of = `${program.policy.id}@${String(program.policy.version)}`;
  io.stdout(`${mark} ${shown(timeline.title)}  ${paint.ink(`${shown(file)}, ${of}, ${said(held, failed)}`, 'dim')}\n`);
  if (failed > 0) io.stdout(failures(simulation, run.value, io));
  return { held, failed };
}

/** The timeline with the policy it names; what is wrong with either otherwise. */
function loaded(file: string, io: Io): LoadedRun {
  const timeline = loadTimelineFile(io, file);
  if (!timeline.ok) return timeline;
  const policy = policyFileFor(io, file, timeline.value);
  if (policy !== undefined) return loadRun(io, policy, file);
  return { ok: false, problems: [noPolicy(file, timeline.value, timeline.source)], sources: [timeline.source] };
}

function noPolicy(file: string, { policy, version }: Timeline, { text }: SourceFile): FileDiagnostic {
  const folder = join(dirname(file), '..', '..', policy);
  const wanted = `${String(version ?? '<version>')}.json`;
  const { line, column } = locate(text, '/policy');
  return {
    ...inFile(file, `the policy of this timeline is not there: \`${join(folder, wanted)}\``, 'unknown_policy'),
    pointer: '/policy',
    line,
    column,
    help: 'keep a policy in `<id>/<version>.json` and its timelines in `<id>/timelines/`',
  };
}

function failures(simulation: Simulation, { timeline, written }: Run, io: Io): string {
  const canvas = { paint: paintFor(io), width: widthOf(io), calendar: new Calendar(timeline.timeZone) };
  return simulation.expectations
    .filter(({ ok }) => !ok)
    .flatMap((result) => [...failureLines(result, simulation, written, canvas), ''])
    .map((line) => `${line}\n`)
    .join('');
}

/** `3 hold`, `2 hold, 1 does not`. */
function said(held: number, failed: number): string {
  if (held + failed === 0) return 'expects nothing';
  return failed === 0
    ? `${counted(held, 'expectation')}`
    : `${String(failed)} of ${counted(held + failed, 'expectation')} not met`;
}

function summary(counts: readonly Count[], io: Io): string {
  const paint = paintFor(io);
  const failing = counts.filter(({ failed }) => failed > 0).length;
  const held = counts.reduce((sum, each) => sum + each.held, 0);
  const met = held === 0 ? 'nothing expected' : `${counted(held, 'expectation')}, all met`;
  if (failing === 0) return `\n${paint.ink('✓', 'green')} ${counted(counts.length, 'timeline')}, ${met}\n`;
  return `\n${paint.ink('✗', 'red')} ${String(failing)} of ${counted(counts.length, 'timeline')} failed\n`;
}

function complain(text: string, io: Io): ExitCode {
  io.stderr(text);
  return 1;
}
