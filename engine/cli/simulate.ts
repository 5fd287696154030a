/** `latchkey simulate`: what a timeline does to a policy, drawn. */
import { writeFileSync } from 'node:fs';
import type { Program } from '../program.ts';
import { formatDuration } from '../time/duration.ts';
import { simulate as simulateOn, type Simulation, type Timeline } from '../timeline/index.ts';
import type { Canvas } from './canvas.ts';
import type { Command } from './command.ts';
import { pathOf, widthOf, type Io } from './io.ts';
import { loadRun } from './load-run.ts';
import { paintFor } from './paint.ts';
import { renderAttempts, renderChanges } from './render-attempts.ts';
import { renderExpectations } from './render-expectations.ts';
import { renderLanes } from './render-lanes.ts';
import { renderSvg } from './render-svg.ts';
import { renderProblems } from './report.ts';
import { fitted, shown } from './text-width.ts';
import { Calendar } from './when.ts';
import { worded } from './worded.ts';

export const simulate: Command = {
  name: 'simulate',
  synopsis: '<policy> <timeline> [--json] [--svg <file>] [--changes]',
  summary: 'watch a policy decide over a timeline',
  details: [
    'Draws a lane for each capability: the letter and the fill say what is decided, the colour only repeats it.',
    'Ends with 1 if an expectation of the timeline does not hold.',
  ].join('\n'),
  options: {
    json: { summary: 'print segments, lanes, attempts, expectations and marks as JSON; times are ms after the start' },
    svg: { placeholder: '<file>', summary: 'also write a drawing for documents' },
    changes: { summary: 'also list every change of every capability' },
  },
  operands: { least: 2, most: 2 },
  run: (given, io) => {
    const [policyFile = '', timelineFile = ''] = given.operands;
    const run = loadRun(io, policyFile, timelineFile);
    if (!run.ok) {
      io.stderr(renderProblems(run.problems, run.sources, io));
      return 1;
    }
    const { program, programs, timeline, written } = run.value;
    const simulation = simulateOn(programs, timeline);
    const picture = given.value('svg');
    const unwritten = picture === undefined ? undefined : write(io, picture, drawing(program, timeline, simulation));
    if (given.flag('json')) io.stdout(`${JSON.stringify(jsonOf(program, timeline, simulation), null, 2)}\n`);
    else {
      const canvas = { paint: paintFor(io), width: widthOf(io), calendar: new Calendar(timeline.timeZone) };
      const parts = [
        heading(program, timeline, canvas),
        renderLanes(simulation, canvas),
        given.flag('changes') ? renderChanges(simulation, canvas) : '',
        renderAttempts(simulation, canvas),
        renderExpectations(simulation, written, canvas),
      ];
      io.stdout(parts.filter((part) => part !== '').join('\n'));
    }
    if (unwritten !== undefined) io.stderr(`latchkey simulate: ${unwritten}\n`);
    return unwritten !== undefined || simulation.expectations.some(({ ok }) => !ok) ? 1 : 0;
  },
};

/** The simulation with what it is of, and words beside every reason. */
function jsonOf({ policy, digest }: Program, { title, timeZone }: Timeline, simulation: Simulation): unknown {
  const { start, until, segments, lanes, attempts, expectations, marks } = simulation;
  return {
    title,
    policy: { id: policy.id, version: policy.version, digest },
    ...(timeZone !== undefined && { timeZone }),
    start,
    until,
    segments: Object.fromEntries(
      Object.entries(segments).map(([capability, found]) => [
        capability,
        found.map((segment) => ({ ...segment, decision: worded(segment.decision) })),
      ]),
    ),
    lanes,
    attempts: attempts.map((attempt) => ({ ...attempt, decision: worded(attempt.decision) })),
    expectations: expectations.map((result) => ({ ...result, actual: worded(result.actual) })),
    marks,
  };
}

function heading(program: Program, timeline: Timeline, { paint, width }: Canvas): string {
  const title = fitted(shown(timeline.title), width).trimEnd();
  return `${paint.ink(title, 'bold')}\n${fitted(subtitle(program, timeline), width).trimEnd()}\n`;
}

/** `field-service@1, 9d from Mon 2 Mar 2026 08:00 Europe/Berlin` */
function subtitle({ policy }: Program, { start, until, timeZone }: Timeline): string {
  const calendar = new Calendar(timeZone);
  const { date, year, time } = calendar.at(start);
  return `${policy.id}@${String(policy.version)}, ${formatDuration(until)} from ${date} ${year} ${time} ${calendar.zone}`;
}

function drawing(program: Program, timeline: Timeline, simulation: Simulation): string {
  const held = simulation.expectations.filter(({ ok }) => ok).length;
  const all = simulation.expectations.length;
  const verdict = all === 0 ? '' : ` · ${String(held)} of ${String(all)} expectations hold`;
  return renderSvg(simulation, {
    title: timeline.title,
    subtitle: subtitle(program, timeline) + verdict,
    calendar: new Calendar(timeline.timeZone),
  });
}

/** Writes a file, or says why not. */
function write(io: Io, file: string, content: string): string | undefined {
  try {
    writeFileSync(pathOf(io, file), content);
    return undefined;
  } catch (error) {
    return `cannot write \`${file}\`: ${(error as NodeJS.ErrnoException).code ?? String(error)}`;
  }
}
