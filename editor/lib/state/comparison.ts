/** One story on two versions of a policy: where the later one lets people do more, and where less. */
import type { Milliseconds, Outcome, Program } from 'latchkey';
import { simulate, stretches, type Segment, type Simulation } from 'latchkey/timeline';
import type { Run } from './runnable.ts';

export interface Comparison {
  /** The segments of a capability in the version compared with; undefined where that does not know it. */
  readonly segmentsOf: (capability: string) => readonly Segment[] | undefined;
  /** In order of time. */
  readonly differences: readonly Difference[];
}

/** A stretch in which the outcomes differ. */
export interface Difference {
  readonly capability: string;
  readonly from: Milliseconds;
  readonly to: Milliseconds;
  /** True where people can do more than before. */
  readonly rises: boolean;
  /** Null where a version does not know the capability. */
  readonly before: Outcome | null;
  readonly after: Outcome | null;
}

/** A difference as a lane draws it. */
export interface ChangedSpan extends Pick<Difference, 'from' | 'to' | 'rises'> {
  readonly title: string;
}

/** Compares a run with the one it is to be compared with. */
export function comparisonOf(now: Simulation, { programs, timeline }: Run): Comparison {
  const before = simulate(programs, timeline);
  return { segmentsOf: (capability) => before.segments[capability], differences: differencesOf(before, now) };
}

/**
 * The same story with another text of the edited version, the last of the programs; or told of another version, or of one
 * under another id, from start to end: where the story takes a version into force, only its dates count.
 */
export function toldOf(other: Program, { programs, timeline }: Run): Run {
  const { id, version } = other.policy;
  const edited = programs.at(-1)?.policy;
  if (edited?.id === id && edited.version === version) return { timeline, programs: [...programs.slice(0, -1), other] };
  const events = timeline.events.map((timed) =>
    timed.event.type === 'policy-activated' ? { ...timed, event: { ...timed.event, version } } : timed,
  );
  return { timeline: { ...timeline, policy: id, version, events }, programs: [other] };
}

/** Where a run differs from the one before, in order of time. */
export function differencesOf(before: Simulation, now: Simulation): readonly Difference[] {
  return Object.entries(stretches(before, now))
    .flatMap(([capability, { newlyPermitted, newlyDenied }]) => [
      ...newlyPermitted.map((each) => ({ capability, ...each, rises: true })),
      ...newlyDenied.map((each) => ({ capability, ...each, rises: false })),
    ])
    .map(({ before, after, ...rest }) => ({
      ...rest,
      before: before?.outcome ?? null,
      after: after?.outcome ?? null,
    }))
    .sort((a, b) => a.from - b.from);
}

/** The differences of one capability, as its lane draws them. */
export function changesOf({ differences }: Comparison, capability: string): readonly ChangedSpan[] {
  return differences
    .filter((each) => each.capability === capability)
    .map(({ from, to, rises, before, after }) => ({
      from,
      to,
      rises,
      title: `${before ?? 'unknown'} → ${after ?? 'unknown'}`,
    }));
}
