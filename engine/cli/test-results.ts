/** What `latchkey test` found in each file. */
import { dirname, join } from 'node:path';
import { locate } from '../load.ts';
import { play, simulationOf, type Playback, type Simulation, type Timeline } from '../timeline/index.ts';
import { inFile, type SourceFile } from './files.ts';
import type { Io } from './io.ts';
import { loadRun, type LoadedRun, type Run } from './load-run.ts';
import { loadTimelineFile, policyFileFor } from './load-timeline.ts';
import type { FileDiagnostic } from './render-diagnostic.ts';

/** A timeline that ran. */
export interface Played {
  readonly file: string;
  readonly run: Run;
  readonly playback: Playback;
  readonly simulation: Simulation;
  readonly held: number;
  readonly failed: number;
}

/** One that cannot be run; it counts as one that failed. */
export interface Unplayed {
  readonly file: string;
  readonly problems: readonly FileDiagnostic[];
  readonly sources: readonly SourceFile[];
}

export type TestResult = Played | Unplayed;

export function hasPlayed(result: TestResult): result is Played {
  return 'simulation' in result;
}

/** True when nothing is wrong with it. */
export function passed(result: TestResult): boolean {
  return hasPlayed(result) && result.failed === 0;
}

/** Runs one timeline file on the policy it names. */
export function testFile(file: string, io: Io): TestResult {
  const loaded = loadedFrom(file, io);
  if (!loaded.ok) return { file, problems: loaded.problems, sources: loaded.sources };
  const run = loaded.value;
  const playback = play(run.programs, run.timeline);
  const simulation = simulationOf(playback);
  const failed = simulation.expectations.filter(({ ok }) => !ok).length;
  return { file, run, playback, simulation, held: simulation.expectations.length - failed, failed };
}

/** The timeline with the policy it names; what is wrong with either otherwise. */
function loadedFrom(file: string, io: Io): LoadedRun {
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
