/** A policy and a timeline, loaded and known to go together. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Program } from '../program.ts';
import { checkTimeline, type Timeline } from '../timeline/index.ts';
import { documentKindOf } from './document-kind.ts';
import { inFile, type SourceFile } from './files.ts';
import { pathOf, type Io } from './io.ts';
import { loadProgram, type Failed, type Found, type Loaded } from './load-program.ts';
import { loadTimelineFile } from './load-timeline.ts';

export interface Run {
  /** In force at the start. */
  readonly program: Program;
  /** That one and every version the timeline activates. */
  readonly programs: readonly Program[];
  /** Names the version of `program`. */
  readonly timeline: Timeline;
  readonly written: Written;
}

/** The files of a run, for pointing into them. */
export interface Written {
  readonly timeline: SourceFile;
  /** By version. */
  readonly policies: ReadonlyMap<number, SourceFile>;
}

export type LoadedRun = { readonly ok: true; readonly value: Run } | Failed;

/** Everything a run needs, or the problems of all of it. */
export function loadRun(io: Io, policyFile: string, timelineFile: string): LoadedRun {
  const program = programFrom(io, policyFile);
  const timeline = loadTimelineFile(io, timelineFile);
  return program.ok && timeline.ok ? runOn(io, program, timeline) : failed([program, timeline]);
}

/** The program of the policy file that was named first; a timeline in its place gets a word about the order. */
export function programFrom(io: Io, policyFile: string): Loaded<Program> {
  const program = loadProgram(io, policyFile);
  if (program.ok || !program.sources.some(({ text }) => documentKindOf(text) === 'timeline')) return program;
  const problem = inFile(policyFile, 'a timeline stands where a policy belongs', 'wrong_type');
  return { ok: false, problems: [{ ...problem, help: 'name the policy first, then the timeline' }], sources: [] };
}

/** A timeline on a policy that is loaded too, or why they do not go together. */
export function runOn(io: Io, program: Found<Program>, timeline: Found<Timeline>): LoadedRun {
  // The file that was named starts the run; without this the newest version would.
  const version = timeline.value.version ?? program.value.policy.version;
  const pinned = { ...timeline.value, version };
  const later = laterFiles(io, program.source.file, pinned).map((file) => loadProgram(io, file));
  if (later.some(({ ok }) => !ok)) return failed(later);
  const loaded = [program, ...later].flatMap((each) => (each.ok ? [each] : []));
  const programs = loaded.map(({ value }) => value);
  const problems = checkTimeline(pinned, programs, timeline.source.text).map((each) => ({
    file: timeline.source.file,
    ...each,
  }));
  if (problems.some(({ severity }) => severity === 'error')) return { ok: false, problems, sources: [timeline.source] };
  const policies = new Map(loaded.map(({ value, source }) => [value.policy.version, source]));
  const written = { timeline: timeline.source, policies };
  return { ok: true, value: { program: program.value, programs, timeline: pinned, written } };
}

/** Files of the versions that the timeline activates, where they are beside the policy it starts with. */
export function laterFiles(io: Io, policyFile: string, { events, version }: Timeline): readonly string[] {
  const activated = events.flatMap(({ event }) => (event.type === 'policy-activated' ? [event.version] : []));
  return [...new Set(activated)]
    .filter((each) => each !== version)
    .map((each) => join(dirname(policyFile), `${String(each)}.json`))
    .filter((file) => existsSync(pathOf(io, file)));
}

/** What stands in the way of loading all of them. */
export function failed(loaded: readonly Loaded<unknown>[]): Failed {
  const problems = loaded.flatMap((each) => (each.ok ? [] : each.problems));
  return { ok: false, problems, sources: loaded.flatMap((each) => (each.ok ? [] : each.sources)) };
}
