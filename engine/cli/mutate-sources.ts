/** What `latchkey mutate` changes, and which timelines it holds the changes against. */
import { basename, dirname, join } from 'node:path';
import type { Program } from '../program.ts';
import type { Timeline } from '../timeline/index.ts';
import { filesUnder, type SourceFile } from './files.ts';
import type { Io } from './io.ts';
import { loadProgram, type Failed, type Found } from './load-program.ts';
import { programFrom, runOn, type Run } from './load-run.ts';
import { loadTimelineFile, policyFileFor } from './load-timeline.ts';
import type { FileDiagnostic } from './render-diagnostic.ts';

/** One version of a policy with everything that exercises it. */
export interface Mutated {
  /** `desk@2` */
  readonly name: string;
  readonly policy: SourceFile;
  /** The other versions that its timelines begin on or switch to. */
  readonly others: readonly SourceFile[];
  /** Those during which it is in force at some time, at least one. */
  readonly timelines: readonly PinnedSource[];
}

/** A timeline file with the version that it begins on. */
export interface PinnedSource {
  readonly source: SourceFile;
  readonly version: number;
}

export type LoadedMutated = { readonly ok: true; readonly value: Mutated } | Failed | Refused;

/** Nothing is wrong with any file, but there is nothing to do. */
export interface Refused {
  readonly ok: false;
  readonly why: string;
}

/** Policies to change, one after the other. */
export interface Policies {
  readonly files: readonly string[];
  /** Whether a folder was named, rather than a file. */
  readonly folder: boolean;
}

/** A file by itself; of a folder the newest version, `<version>.json`, of each policy in it. */
export function newestUnder(io: Io, named: string): Policies | Refused | { readonly problem: FileDiagnostic } {
  const listed = filesUnder(io, named);
  if (!listed.ok) return listed;
  if (listed.files[0] === named) return { files: listed.files, folder: false };
  const versions = listed.files.filter((file) => /^[1-9]\d*$/.test(basename(file, '.json')));
  const written = versions.filter((file) => basename(dirname(file)) !== 'timelines');
  // They come in order of their numbers.
  const files = [...new Map(written.map((file) => [dirname(file), file])).values()];
  return files.length > 0
    ? { files, folder: true }
    : refused(`there is no policy, \`<id>/<version>.json\`, under \`${named}\``);
}

/**
 * The policy of a file with the timelines named, or those of the folder `timelines` beside it. Each begins on the
 * version on which `latchkey test` runs it; the file takes the place of its own version.
 */
export function mutatedFrom(io: Io, file: string, named: readonly string[]): LoadedMutated {
  const program = programFrom(io, file);
  if (!program.ok) return program;
  const folder = join(dirname(file), 'timelines');
  const beside = named.length > 0 ? undefined : filesUnder(io, folder);
  const files = beside === undefined ? named : beside.ok ? beside.files : [];
  if (files.length === 0)
    return refused(`there is no timeline to hold \`${file}\` against: name one, or keep them in \`${folder}\``);
  const runs: Run[] = [];
  for (const each of files) {
    const run = runOf(io, each, program);
    if (!run.ok) return run;
    runs.push(run.value);
  }
  const { id, version } = program.value.policy;
  const name = `${id}@${String(version)}`;
  const during = runs.filter(({ programs }) => programs.some(({ policy }) => policy.version === version));
  if (during.length === 0) return refused(`none of these timelines runs on ${name}`);
  const sources = new Map(during.flatMap(({ written }) => [...written.policies]));
  const others = [...sources].flatMap(([each, source]) => (each === version ? [] : [source]));
  const timelines = during.map(({ written, program: { policy } }) => ({
    source: written.timeline,
    version: policy.version,
  }));
  return { ok: true, value: { name, policy: program.source, others, timelines } };
}

function runOf(io: Io, file: string, named: Found<Program>): { readonly ok: true; readonly value: Run } | Failed {
  const timeline = loadTimelineFile(io, file);
  if (!timeline.ok) return timeline;
  const start = startOf(io, file, timeline.value, named);
  const program = start === undefined ? named : loadProgram(io, start);
  return program.ok ? runOn(io, program, timeline) : program;
}

/** The file of the version on which a timeline begins, unless that is the one that was named. */
function startOf(io: Io, file: string, timeline: Timeline, { value: { policy } }: Found<Program>): string | undefined {
  if (timeline.policy !== policy.id || timeline.version === policy.version) return undefined;
  const found = policyFileFor(io, file, timeline);
  if (found === undefined) return undefined;
  return timeline.version === undefined && versionOf(found) <= policy.version ? undefined : found;
}

function versionOf(file: string): number {
  return Number(basename(file, '.json'));
}

function refused(why: string): Refused {
  return { ok: false, why };
}
