/** The same timeline on another version or policy, for comparing. */
import { dirname, join } from 'node:path';
import type { Program } from '../program.ts';
import { checkTimeline, type TimedEvent } from '../timeline/index.ts';
import type { Io } from './io.ts';
import { loadProgram, type Failed } from './load-program.ts';
import { failed, laterFiles, type Run } from './load-run.ts';

/** The other side of a comparison. */
export interface Against extends Pick<Run, 'program' | 'programs' | 'timeline'> {
  /** What tells it from the first: `desk@2`, or the file when that says no more than the first does. */
  readonly name: string;
}

/**
 * The run's story on the policy in `other`, a file, or a version that lies beside the first. It is in force from the
 * start: where the story activates the first policy or an older version, it stays.
 */
export function loadAgainst(io: Io, run: Run, other: string): { readonly ok: true; readonly value: Against } | Failed {
  const first = run.written.policies.get(run.program.policy.version)?.file ?? '';
  const file = /^[1-9]\d*$/.test(other) ? join(dirname(first), `${other}.json`) : other;
  const loaded = loadProgram(io, file);
  if (!loaded.ok) return loaded;
  const program = loaded.value;
  const { id, version } = program.policy;
  const same = id === run.program.policy.id;
  const events = run.timeline.events.map((event) => staying(event, version, same ? version : Infinity));
  const timeline = { ...run.timeline, policy: id, version, events };
  const later = laterFiles(io, file, timeline).map((each) => loadProgram(io, each));
  if (later.some(({ ok }) => !ok)) return failed(later);
  const programs = [program, ...later.flatMap((each) => (each.ok ? [each.value] : []))];
  // What one of the two lacks is a difference, no mistake.
  const problems = checkTimeline(timeline, programs, run.written.timeline.text).filter(
    ({ code }) => code !== 'unknown_capability',
  );
  if (problems.length > 0) {
    const source = run.written.timeline;
    return { ok: false, problems: problems.map((each) => ({ file: source.file, ...each })), sources: [source] };
  }
  const unlike = same && version === run.program.policy.version;
  const value = { program, programs: withFirst(programs, run, same), timeline };
  return { ok: true, value: { ...value, name: unlike ? file : `${id}@${String(version)}` } };
}

/** Programs of both sides, so that what only the first one knows has a lane too. */
function withFirst(programs: readonly Program[], run: Run, same: boolean): readonly Program[] {
  const versions = programs.map(({ policy }) => policy.version);
  const others = run.programs.filter(({ policy }) => same && !versions.includes(policy.version));
  return [...programs, ...others];
}

/** Activations of versions below `below` keep the version in force; their dates count all the same. */
function staying(timed: TimedEvent, version: number, below: number): TimedEvent {
  const { event } = timed;
  if (event.type !== 'policy-activated' || event.version >= below) return timed;
  return { ...timed, event: { ...event, version } };
}
