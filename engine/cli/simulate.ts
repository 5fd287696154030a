/** `latchkey simulate`: what a timeline does to a policy, drawn. */
import type { Program } from '../program.ts';
import { effectText } from '../session/index.ts';
import { formatDuration } from '../time/duration.ts';
import { PRESETS, simulate as simulateOn, type Simulation, type Timeline } from '../timeline/index.ts';
import type { Canvas } from './canvas.ts';
import type { Command, Given } from './command.ts';
import { compare, differenceOf, mirrored, renderDifference, renderMirrored, type Comparison } from './compare.ts';
import { writeTo } from './files.ts';
import { widthOf, type Io } from './io.ts';
import { loadAgainst } from './load-against.ts';
import { findPreset, loadPresetRun } from './load-preset.ts';
import { loadRun, type LoadedRun } from './load-run.ts';
import { paintFor } from './paint.ts';
import { renderAttempts, renderChanges } from './render-attempts.ts';
import { renderEffects } from './render-effects.ts';
import { renderExpectations } from './render-expectations.ts';
import { renderLanes } from './render-lanes.ts';
import { renderUnprobed, unprobedIn } from './render-unprobed.ts';
import { renderSvg } from './render-svg.ts';
import { renderProblems } from './report.ts';
import { fitted, shown } from './text-width.ts';
import { Calendar } from './when.ts';
import { worded } from './worded.ts';

export const simulate: Command = {
  name: 'simulate',
  synopsis:
    '<policy> [timeline] [--preset <name>] [--save <file>] [--against <policy>] [--json] [--svg <file>] [--changes]',
  summary: 'watch a policy decide over a timeline',
  details: [
    'Draws a lane for each capability: the letter and the fill say what is decided, the colour only repeats it.',
    'Ends with 1 if an expectation of the timeline does not hold.',
  ].join(' '),
  choices: {
    heading: 'Instead of a timeline, one of these stories, fitted to the limits of the policy:',
    rows: PRESETS.map(({ name, description }) => [name, description]),
  },
  options: {
    preset: { placeholder: '<name>', summary: 'play one of the stories above instead of a timeline' },
    save: { placeholder: '<file>', summary: 'also write the timeline of the preset, to make a test of it' },
    json: {
      summary: 'print segments, lanes, attempts, expectations, marks and effects as JSON; times are ms after the start',
    },
    svg: { placeholder: '<file>', summary: 'also write a drawing for documents' },
    changes: { summary: 'also list every change of every capability' },
    against: {
      placeholder: '<policy>',
      summary: 'also play it on another policy, a file or a version beside the first, and tell the difference',
    },
  },
  operands: { least: 1, most: 2 },
  run: (given, io) => {
    const asked = runAsked(given, io);
    if (typeof asked === 'string') {
      io.stderr(`latchkey simulate: ${asked}\nRun \`latchkey simulate --help\` for what it takes.\n`);
      return 2;
    }
    const run = asked();
    if (!run.ok) {
      io.stderr(renderProblems(run.problems, run.sources, io));
      return 1;
    }
    const { program, programs, timeline, written } = run.value;
    const named = given.value('against');
    const against = named === undefined ? undefined : loadAgainst(io, run.value, named);
    if (against?.ok === false) {
      io.stderr(renderProblems(against.problems, against.sources, io));
      return 1;
    }
    const comparison = against && compare(run.value, against.value);
    const simulation = comparison?.simulation ?? simulateOn(programs, timeline);
    const [picture, copy] = [given.value('svg'), given.value('save')];
    const lanes = comparison ? mirrored(comparison) : simulation;
    const unwritten = [
      picture === undefined ? undefined : writeTo(io, picture, drawing(program, timeline, lanes)),
      copy === undefined ? undefined : writeTo(io, copy, written.timeline.text),
    ].filter((problem) => problem !== undefined);
    const unprobed = given.value('preset') === undefined ? undefined : unprobedIn(run.value);
    if (given.flag('json')) {
      const found = { ...jsonOf(program, timeline, simulation, comparison), ...(unprobed && { unprobed }) };
      io.stdout(`${JSON.stringify(found, null, 2)}\n`);
    } else {
      const canvas = { paint: paintFor(io), width: widthOf(io), calendar: new Calendar(timeline.timeZone) };
      const parts = [
        heading(program, timeline, canvas),
        comparison ? renderMirrored(comparison, program, canvas) : renderLanes(simulation, canvas),
        comparison ? renderDifference(comparison, canvas) : '',
        given.flag('changes') ? renderChanges(simulation, canvas) : '',
        renderAttempts(simulation, timeline, canvas),
        renderEffects(simulation, timeline, canvas),
        renderExpectations(simulation, written, canvas),
        renderUnprobed(unprobed ?? [], run.value, canvas),
      ];
      io.stdout(parts.filter((part) => part !== '').join('\n'));
    }
    for (const problem of unwritten) io.stderr(`latchkey simulate: ${problem}\n`);
    return unwritten.length > 0 || simulation.expectations.some(({ ok }) => !ok) ? 1 : 0;
  },
};

/** Loads the timeline or the preset that was named, or says in one sentence why neither can be. */
function runAsked({ operands, value }: Given, io: Io): (() => LoadedRun) | string {
  const [policy = '', timeline] = operands;
  const name = value('preset');
  if (name === undefined) {
    if (value('save') !== undefined) return '--save goes with --preset';
    return timeline === undefined
      ? 'something is missing; name a timeline, or a story with --preset'
      : () => loadRun(io, policy, timeline);
  }
  if (timeline !== undefined) return `\`${timeline}\` is one too many; a preset is a timeline of its own`;
  const preset = findPreset(name);
  return typeof preset === 'string' ? preset : () => loadPresetRun(io, policy, preset);
}

/** The simulation with what it is of, and words beside every reason. */
function jsonOf(
  { policy, digest }: Program,
  { title, timeZone }: Timeline,
  simulation: Simulation,
  comparison: Comparison | undefined,
): object {
  const { start, until, segments, lanes, attempts, expectations, marks, effects } = simulation;
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
    effects: effects.map((effect) => ({ ...effect, message: effectText(effect) })),
    ...(comparison && { against: differenceOf(comparison) }),
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
