import type { ChangeEffect, CounterExample, PlayedTimeline } from '$lib/state/change-effect.ts';
import { effect as words } from '$lib/words/changes.ts';
import { offsetText, WallClock } from '$lib/words/moments.ts';
import { tryTimelines } from '../changes/index.ts';
import { digestOf, type Store } from '../store/index.ts';

type Tried = Parameters<typeof tryTimelines>[1];
type Outcome = NonNullable<Awaited<ReturnType<typeof tryTimelines>>>[number];

/** By what was played, so that a page that is opened often plays nothing twice. */
const KNOWN = new Map<string, Promise<ChangeEffect>>();
const MOST_KNOWN = 100;

/** Plays the timelines on the server: whether they hold, and what people may do that they might not before. */
export function effectOf(store: Store, tried: Tried): Promise<ChangeEffect> {
  const key = digestOf(JSON.stringify(tried));
  const known = KNOWN.get(key);
  if (known !== undefined) return known;
  if (KNOWN.size >= MOST_KNOWN) KNOWN.clear();
  const effect = playedEffect(store, tried);
  KNOWN.set(key, effect);
  // What failed for want of time or a database is tried again.
  void effect.then(
    ({ timelines }) => (timelines?.some(({ failure }) => isPassing(failure)) === true ? KNOWN.delete(key) : null),
    () => KNOWN.delete(key),
  );
  return effect;
}

function isPassing(failure: PlayedTimeline['failure']): boolean {
  return failure === 'time_limit' || failure === 'not_reached' || failure === 'stopped';
}

async function playedEffect(store: Store, tried: Tried): Promise<ChangeEffect> {
  const outcomes = await tryTimelines(store, tried);
  if (outcomes === null) return { timelines: null, compared: null };
  return {
    timelines: outcomes.map(timelineOf),
    compared: tried.before === null ? null : comparedOf(outcomes),
  };
}

/** A timeline's outcome in words. */
export function timelineOf({ name, title, failure, held, all, problems, failed }: Outcome): PlayedTimeline {
  return {
    ...{ name, title: title ?? name, failure, held, all },
    details: [
      ...problems.map(({ message }) => message),
      ...failed.map(({ at, capability, outcome }) => words.unmet(offsetText(at), capability, outcome)),
    ],
  };
}

function comparedOf(outcomes: readonly Outcome[]): ChangeEffect['compared'] {
  const both = outcomes.flatMap(({ name, title, compared }) =>
    compared === undefined ? [] : [{ name, title: title ?? name, ...compared }],
  );
  const first = new Map<string, CounterExample>();
  for (const { name, title, start, timeZone, examples } of both) {
    const clock = new WallClock(timeZone ?? undefined);
    for (const { capability, rises, from, to, before, after } of examples) {
      const key = JSON.stringify([capability, rises]);
      if (first.has(key)) continue;
      first.set(key, {
        ...{ timeline: name, timelineTitle: title, capability, rises, at: from, lasts: to - from, before, after },
        moment: `${clock.moment(start + from)} ${clock.timeZone}`,
      });
    }
  }
  return {
    timelines: both.length,
    widened: [...new Set(both.flatMap(({ widened }) => widened))],
    narrowed: [...new Set(both.flatMap(({ narrowed }) => narrowed))],
    examples: [...first.values()],
  };
}
