/** Runs every timeline of a policy: which expectations hold, and which limits nobody checks. */
import type { Milliseconds, Program } from 'latchkey';
import { coverageOf, type LimitCoverage } from 'latchkey/analysis';
import { boundariesOf, checkTimeline, loadTimeline, play, simulationOf, type Playback } from 'latchkey/timeline';
import { stuckBy } from './runnable.ts';

export interface NamedTimeline {
  readonly name: string;
  readonly text: string;
}

/** What came of one timeline. `pending`: no policy yet. `broken`: the document has problems or names another policy. */
export interface TimelineRun {
  readonly name: string;
  readonly title: string;
  readonly result: 'pending' | 'broken' | { readonly held: number; readonly all: number };
}

/** A limit that no expectation looks at on both sides. */
export interface OpenLimit extends LimitCoverage {
  /** Where a story first gets to it, offsets from that story's start; null when none does. */
  readonly reached: { readonly timeline: string; readonly at: Milliseconds; readonly capability: string } | null;
}

export interface Review {
  readonly runs: readonly TimelineRun[];
  /** Of the edited version; null while no timeline comes to it. */
  readonly open: readonly OpenLimit[] | null;
}

interface Played {
  readonly name: string;
  readonly playback: Playback;
}

/** Runs every timeline on the programs, of which the last is the edited one. */
export function reviewOf(programs: readonly Program[], timelines: readonly NamedTimeline[]): Review {
  const played: Played[] = [];
  const runs = timelines.map(({ name, text }): TimelineRun => {
    const loaded = loadTimeline(text);
    if (!loaded.ok) return { name, title: name, result: 'broken' };
    const { title } = loaded.value;
    if (programs.length === 0) return { name, title, result: 'pending' };
    if (stuckBy(checkTimeline(loaded.value, programs))) return { name, title, result: 'broken' };
    const playback = play(programs, loaded.value);
    played.push({ name, playback });
    const { expectations } = simulationOf(playback);
    return { name, title, result: { held: expectations.filter(({ ok }) => ok).length, all: expectations.length } };
  });
  return { runs, open: openLimits(programs.at(-1), played) };
}

function openLimits(edited: Program | undefined, all: readonly Played[]): readonly OpenLimit[] | null {
  const played = all.filter(({ playback }) => playback.stretches.some(({ program }) => program === edited));
  if (edited === undefined || played.length === 0) return null;
  const { limits } = coverageOf(
    edited.policy,
    played.map(({ playback }) => playback),
  );
  const open = limits.filter(({ state }) => state !== 'probed');
  if (open.length === 0) return [];
  const places = placesIn(played, edited.policy.version);
  return open.map((limit) => ({ ...limit, reached: places.get(keyOf(limit)) ?? null }));
}

/** Where each limit of a version is first reached. */
function placesIn(played: readonly Played[], version: number): ReadonlyMap<string, OpenLimit['reached']> {
  const places = new Map<string, OpenLimit['reached']>();
  for (const { name, playback } of played)
    for (const { limit, version: of, probes } of boundariesOf(playback).reached) {
      const at = probes.find(({ past }) => past === 0)?.at;
      const key = keyOf(limit);
      if (of !== version || at === undefined || places.has(key)) continue;
      places.set(key, { timeline: name, at, capability: limit.capability });
    }
  return places;
}

function keyOf({ pointer, measured, path }: Pick<LimitCoverage, 'pointer' | 'measured' | 'path'>): string {
  return `${pointer} ${measured} ${path}`;
}
