/** One timeline on two policies: both lanes of a capability together, and what the second changes. */
import type { Program } from '../program.ts';
import {
  onlyVersion,
  simulate,
  stretches,
  type ChangedStretch,
  type Segment,
  type Simulation,
} from '../timeline/index.ts';
import type { Canvas } from './canvas.ts';
import type { Against } from './load-against.ts';
import type { Run } from './load-run.ts';
import { renderLanes } from './render-lanes.ts';
import { renderStretches } from './render-stretches.ts';
import { wrapped } from './text-width.ts';
import { worded } from './worded.ts';

export interface Comparison {
  readonly against: Against;
  /** The run itself; it has lanes for what only the other policy knows, where versions of one policy are compared. */
  readonly simulation: Simulation;
  readonly other: Simulation;
  /** The version that both sides play from start to end; null where they differ. */
  readonly only: Program | null;
}

/** Plays both sides. */
export function compare(run: Run, against: Against): Comparison {
  const sameId = run.program.policy.id === against.program.policy.id;
  const known = run.programs.map(({ policy }) => policy.version);
  const more = against.programs.filter(({ policy }) => sameId && !known.includes(policy.version));
  return {
    against,
    simulation: simulate([...run.programs, ...more], run.timeline),
    other: simulate(against.programs, against.timeline),
    only: onlyVersion(run, against),
  };
}

/** The run's own drawing with the other policy's lane under each of its lanes. */
export function renderMirrored(comparison: Comparison, { policy }: Program, canvas: Canvas): string {
  const short = shortName(comparison, policy.id);
  const titles = new Map(pairsOf(comparison).map(({ key, mirror }) => [key, mirror ? `  ${short}` : key]));
  return renderLanes(mirrored(comparison), canvas, (key) => titles.get(key) ?? key);
}

/** The run with the other policy's segments among its own, under the capability's id and the other policy's name. */
export function mirrored(comparison: Comparison): Simulation {
  const segments = Object.fromEntries(pairsOf(comparison).map(({ key, segments }) => [key, segments]));
  return { ...comparison.simulation, segments };
}

/** What the other policy changes, in words. */
export function renderDifference(comparison: Comparison, canvas: Canvas): string {
  const { simulation, other, against, only } = comparison;
  if (only !== null) {
    const name = `${only.policy.id}@${String(only.policy.version)}`;
    const said = `Nothing to compare: the story plays ${name} from start to end, and ${against.name} is the same.`;
    return `${wrapped(said, canvas.width).join('\n')}\n`;
  }
  return renderStretches(stretches(simulation, other), against.name, simulation, canvas);
}

/** What the other policy changes, for programs. */
export function differenceOf({ simulation, other, against }: Comparison): unknown {
  const { id, version } = against.program.policy;
  const found = Object.entries(stretches(simulation, other));
  return {
    policy: { id, version, digest: against.program.digest },
    segments: Object.fromEntries(
      Object.entries(other.segments).map(([capability, list]) => [
        capability,
        list.map((segment) => ({ ...segment, decision: worded(segment.decision) })),
      ]),
    ),
    stretches: Object.fromEntries(
      found.map(([capability, { newlyPermitted, newlyDenied }]) => [
        capability,
        { newlyPermitted: newlyPermitted.map(inWords), newlyDenied: newlyDenied.map(inWords) },
      ]),
    ),
  };
}

function inWords({ from, to, before, after }: ChangedStretch): unknown {
  return { from, to, before: before && worded(before), after: after && worded(after) };
}

interface Lane {
  readonly key: string;
  readonly mirror: boolean;
  readonly segments: readonly Segment[];
}

/** Ids hold no spaces, so that the keys of mirrors are no ids. */
function pairsOf({ simulation, other, against }: Comparison): readonly Lane[] {
  const ids = [...new Set([simulation, other].flatMap(({ segments }) => Object.keys(segments)))];
  return ids.flatMap((id) => {
    const [own, theirs] = [simulation.segments[id], other.segments[id]];
    return [
      ...(own === undefined ? [] : [{ key: id, mirror: false, segments: own }]),
      ...(theirs === undefined ? [] : [{ key: `${id} ${against.name}`, mirror: own !== undefined, segments: theirs }]),
    ];
  });
}

function shortName({ against }: Comparison, id: string): string {
  const { name } = against;
  return name.startsWith(`${id}@`) ? name.slice(id.length) : name;
}
