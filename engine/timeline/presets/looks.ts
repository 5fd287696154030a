/** The attempts by which a preset looks at limits from either side. */
import { compile } from '../../compile.ts';
import type { Policy } from '../../policy.ts';
import type { Milliseconds } from '../../request.ts';
import { boundariesOf, type Boundary } from '../boundaries.ts';
import type { Timeline } from '../timeline.ts';
import { play } from '../play.ts';

/** An attempt of a capability, of data so sensitive that the limit applies. */
export interface Look {
  readonly at: Milliseconds;
  readonly capability: string;
  readonly resource?: { readonly sensitivity: string };
}

/**
 * Attempts just before, at and just after each limit, the first time the timeline reaches it. `told` makes a timeline of
 * the story with some looks in it. An attempt that is permitted is activity and a use, which can move a limit out of
 * reach: where that would happen only attempts that are refused are made, and where even they matter none.
 */
export function looksAt<T>(policy: Policy, told: (looks: readonly Look[]) => { timeline: Timeline; result: T }): T {
  const program = compile(policy);
  const reachedBy = (timeline: Timeline): readonly Boundary[] => boundariesOf(play([program], timeline)).reached;
  const plain = told([]);
  const reached = reachedBy(plain.timeline);
  const known = limitsIn(reached);
  const firsts = [...new Map([...reached].reverse().map((boundary) => [keyOf(boundary), boundary])).values()].reverse();
  const touchy = (only: (outcome: string) => boolean): readonly Look[] =>
    ordered(firsts.filter(({ limit }) => limit.measured !== 'uses').flatMap((boundary) => looksOf(boundary, only)));
  for (const looks of [touchy(() => true), touchy((outcome) => outcome !== 'permit')]) {
    const attempt = told(looks);
    const left = limitsIn(reachedBy(attempt.timeline));
    if ([...known].every((key) => left.has(key))) return attempt.result;
  }
  return plain.result;
}

function looksOf({ limit, probes }: Boundary, only: (outcome: string) => boolean): readonly Look[] {
  const { capability, raisedTo } = limit;
  return probes
    .filter(({ decision }) => only(decision.outcome))
    .map(({ at }) => ({ at, capability, ...(raisedTo === undefined ? {} : { resource: { sensitivity: raisedTo } }) }));
}

/** In order of time, each once. */
function ordered(looks: readonly Look[]): readonly Look[] {
  const once = new Map(looks.map((look) => [JSON.stringify(look), look]));
  return [...once.values()].sort((a, b) => a.at - b.at);
}

function keyOf({ limit }: Boundary): string {
  return JSON.stringify(limit);
}

/** Each limit with how much of it was there to look at. */
function limitsIn(reached: readonly Boundary[]): ReadonlySet<string> {
  return new Set(reached.map((boundary) => `${keyOf(boundary)} ${String(boundary.probes.length)}`));
}
