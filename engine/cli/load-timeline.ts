/** From a timeline file to a timeline, and the policy it is about. */
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { loadTimeline, type Timeline } from '../timeline/index.ts';
import { documentKindOf } from './document-kind.ts';
import { inFile, readSource } from './files.ts';
import { pathOf, type Io } from './io.ts';
import type { Loaded } from './load-program.ts';

/** The timeline of a file. Where a policy stands in its place, `help` says what to name instead. */
export function loadTimelineFile(
  io: Io,
  file: string,
  help = 'name the policy first, then the timeline',
): Loaded<Timeline> {
  const read = readSource(io, file);
  if (!read.ok) return { ok: false, problems: [read.problem], sources: [] };
  const { source } = read;
  const result = loadTimeline(source.bytes);
  if (!result.ok && isPolicy(source.text)) {
    const problem = inFile(file, 'a policy stands where a timeline belongs', 'wrong_type');
    return { ok: false, problems: [{ ...problem, help }], sources: [] };
  }
  return result.ok
    ? { ok: true, value: result.value, source }
    : { ok: false, problems: result.diagnostics.map((each) => ({ file, ...each })), sources: [source] };
}

/**
 * The policy file that the timeline in `<root>/<folder>/timelines/` is about: `<root>/<id>/<version>.json`,
 * the highest version there if the timeline asks for none. Undefined when there is no such file.
 */
export function policyFileFor(io: Io, timelineFile: string, { policy, version }: Timeline): string | undefined {
  const folder = join(dirname(timelineFile), '..', '..', policy);
  const versions = versionsIn(pathOf(io, folder));
  const wanted = version ?? Math.max(...versions);
  return versions.includes(wanted) ? join(folder, `${String(wanted)}.json`) : undefined;
}

function versionsIn(folder: string): readonly number[] {
  try {
    return readdirSync(folder).flatMap((name) => {
      const version = /^([1-9]\d*)\.json$/.exec(name)?.[1];
      return version === undefined ? [] : [Number(version)];
    });
  } catch {
    // No folder of that name is no version of that policy.
    return [];
  }
}

/** Whether this is a policy for sure: what is neither is better told what a timeline lacks. */
function isPolicy(text: string): boolean {
  return documentKindOf(text) === 'policy' && /"(language|tiers|capabilities)"\s*:/.test(text);
}
