/** One story on two versions of a policy: where the later one lets people do more, and where less. */
import type { Milliseconds, Outcome, Program } from 'latchkey';
import {
  checkTimeline,
  simulate,
  stretches,
  type CapabilityStretches,
  type Simulation,
  type Timeline,
} from 'latchkey/timeline';
import { stuckBy } from './runnable.ts';

export interface Comparison {
  /** The story on the version compared with. */
  readonly simulation: Simulation;
  readonly differences: Readonly<Record<string, CapabilityStretches>>;
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

/** Compares a run with the same story on another program; null when the story cannot run on that. */
export function comparisonOf(now: Simulation, timeline: Timeline, other: Program): Comparison | null {
  // The story says which version it is about; here it is told of the other one.
  const told = { ...timeline, policy: other.policy.id, version: other.policy.version };
  if (stuckBy(checkTimeline(told, [other]))) return null;
  const simulation = simulate([other], told);
  return { simulation, differences: stretches(simulation, now) };
}

/** Every difference in order of time. */
export function differencesOf({ differences }: Comparison): readonly Difference[] {
  return Object.entries(differences)
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
export function changesOf(comparison: Comparison, capability: string): readonly ChangedSpan[] {
  return differencesOf(comparison)
    .filter((each) => each.capability === capability)
    .map(({ from, to, rises, before, after }) => ({
      from,
      to,
      rises,
      title: `${before ?? 'unknown'} → ${after ?? 'unknown'}`,
    }));
}
