/** `latchkey test`: do policies still do what their timelines expect. */
import { basename, dirname } from 'node:path';
import type { Command, Given } from './command.ts';
import { filesUnder, writeTo } from './files.ts';
import { widthOf, type ExitCode, type Io } from './io.ts';
import { paintFor } from './paint.ts';
import { coveragesOf, renderCoverage, renderGaps } from './render-coverage.ts';
import { failureLines } from './render-expectations.ts';
import { junitOf } from './render-junit.ts';
import { counted, renderProblems } from './report.ts';
import { jsonOf } from './test-json.ts';
import { hasPlayed, passed, policyFoldersOf, testFile, type Played, type TestResult } from './test-results.ts';
import { shown } from './text-width.ts';
import { watching } from './watch.ts';
import { Calendar } from './when.ts';

export const test: Command = {
  name: 'test',
  synopsis: '[folder or timeline] [--coverage] [--json] [--junit <file>] [--watch]',
  summary: 'run timelines and hold them against what they expect',
  details: [
    'Runs every `timelines/*.json` under the folder (`policies`, if none is named) on the policy it names, found',
    'beside it: `<id>/<version>.json`, the newest unless the timeline says `id@version`. Ends with 1 if anything',
    'fails or there is nothing to run.',
  ].join(' '),
  options: {
    coverage: { summary: 'list what the timelines look at: capabilities, constraints, limits and reasons' },
    json: { summary: 'print results and coverage as one JSON object' },
    junit: { placeholder: '<file>', summary: 'also write the results as JUnit XML' },
    watch: { summary: 'run again whenever a file changes, until Ctrl+C' },
  },
  operands: { least: 0, most: 1 },
  run: async (given, io) => {
    const named = given.operands[0] ?? 'policies';
    let last = once(named, given, io);
    if (!given.flag('watch')) return last.code;
    const depends = (): readonly string[] => [named, ...last.results.flatMap(policyFoldersOf)];
    await watching(depends(), io, () => {
      io.stdout(io.isTTY ? '\u001b[2J\u001b[3J\u001b[H' : '\n');
      last = once(named, given, io);
      return depends();
    });
    return last.code;
  },
};

/** What one run over all files came to. */
interface Once {
  readonly code: ExitCode;
  readonly results: readonly TestResult[];
}

function once(named: string, given: Given, io: Io): Once {
  const listed = filesUnder(io, named);
  if (!listed.ok) return complain(renderProblems([listed.problem], [], io), io);
  const files = listed.files.filter((file) => file === named || basename(dirname(file)) === 'timelines');
  if (files.length === 0)
    return complain(`latchkey test: nothing to run: no timelines/*.json under \`${named}\`\n`, io);
  const results = files.map((file) => testFile(file, io));
  const junit = given.value('junit');
  const unwritten = junit === undefined ? undefined : writeTo(io, junit, junitOf(results));
  if (unwritten !== undefined) return complain(`latchkey test: ${unwritten}\n`, io, results);
  if (given.flag('json')) io.stdout(`${JSON.stringify(jsonOf(results), null, 2)}\n`);
  else {
    for (const result of results) io.stdout(inText(result, io));
    if (given.flag('coverage')) io.stdout(renderCoverage(coveragesOf(results), io));
    io.stdout(summary(results, io));
    if (!given.flag('coverage')) io.stdout(renderGaps(coveragesOf(results), io));
  }
  return { code: results.every(passed) ? 0 : 1, results };
}

function inText(result: TestResult, io: Io): string {
  const paint = paintFor(io);
  const file = shown(result.file);
  if (!hasPlayed(result)) {
    const head = `${paint.ink('✗', 'red')} ${paint.ink(file, 'bold')} cannot be run\n`;
    return head + renderProblems(result.problems, result.sources, io);
  }
  const { program, timeline } = result.run;
  const mark = result.failed === 0 ? paint.ink('✓', 'green') : paint.ink('✗', 'red');
  const of = `${program.policy.id}@${String(program.policy.version)}`;
  const head = `${mark} ${shown(timeline.title)}  ${paint.ink(`${file}, ${of}, ${said(result)}`, 'dim')}\n`;
  return result.failed > 0 ? head + failures(result, io) : head;
}

function failures({ simulation, run: { timeline, written: sources } }: Played, io: Io): string {
  const canvas = { paint: paintFor(io), width: widthOf(io), calendar: new Calendar(timeline.timeZone) };
  return simulation.expectations
    .filter(({ ok }) => !ok)
    .flatMap((result) => [...failureLines(result, simulation, sources, canvas), ''])
    .map((line) => `${line}\n`)
    .join('');
}

/** `3 expectations`, `1 of 3 expectations not met`. */
function said({ held, failed }: Played): string {
  if (held + failed === 0) return 'expects nothing';
  return failed === 0
    ? counted(held, 'expectation')
    : `${String(failed)} of ${counted(held + failed, 'expectation')} not met`;
}

function summary(results: readonly TestResult[], io: Io): string {
  const paint = paintFor(io);
  const failing = results.filter((result) => !passed(result)).length;
  const held = results.reduce((sum, each) => sum + (hasPlayed(each) ? each.held : 0), 0);
  const met = held === 0 ? 'nothing expected' : `${counted(held, 'expectation')}, all met`;
  if (failing === 0) return `\n${paint.ink('✓', 'green')} ${counted(results.length, 'timeline')}, ${met}\n`;
  return `\n${paint.ink('✗', 'red')} ${String(failing)} of ${counted(results.length, 'timeline')} failed\n`;
}

function complain(text: string, io: Io, results: readonly TestResult[] = []): Once {
  io.stderr(text);
  return { code: 1, results };
}
