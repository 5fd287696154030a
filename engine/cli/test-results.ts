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
  /** The folder of all policies, when the one it names is not in it. */
  readonly searched?: string;
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
  if (!loaded.ok) {
    const { problems, sources, searched } = loaded;
    return { file, problems, sources, ...(searched === undefined ? {} : { searched }) };
  }
  const run = loaded.value;
  const playback = play(run.programs, run.timeline);
  const simulation = simulationOf(playback);
  const failed = simulation.expectations.filter(({ ok }) => !ok).length;
  return { file, run, playback, simulation, held: simulation.expectations.length - failed, failed };
}

/** Where the policies lie that a result depends on: those that were read, and all where one was not found. */
export function policyFoldersOf(result: TestResult): readonly string[] {
  if (hasPlayed(result)) return [...result.run.written.policies.values()].map(({ file }) => dirname(file));
  const read = [...result.problems, ...result.sources].filter(({ file }) => file !== result.file);
  return [...read.map(({ file }) => dirname(file)), ...(result.searched === undefined ? [] : [result.searched])];
}

/** The timeline with the policy it names; what is wrong with either otherwise. */
function loadedFrom(file: string, io: Io): LoadedRun & Pick<Unplayed, 'searched'> {
  const timeline = loadTimelineFile(
    io,
    file,
    'name a timeline, or the folder of the policy to run all of its timelines',
  );
  if (!timeline.ok) return timeline;
  const policy = policyFileFor(io, file, timeline.value);
  if (policy !== undefined) return loadRun(io, policy, file);
  const searched = join(dirname(file), '..', '..');
  const problem = noPolicy(file, searched, timeline.value, timeline.source);
  return { ok: false, problems: [problem], sources: [timeline.source], searched };
}

function noPolicy(file: string, folder: string, { policy, version }: Timeline, { text }: SourceFile): FileDiagnostic {
  const wanted = `${String(version ?? '<version>')}.json`;
  const { line, column } = locate(text, '/policy');
  return {
    ...inFile(file, `the policy of this timeline is not there: \`${join(folder, policy, wanted)}\``, 'unknown_policy'),
    pointer: '/policy',
    line,
    column,
    help: 'keep a policy in `<id>/<version>.json` and its timelines in `<id>/timelines/`',
  };
}
