/** The decisions just before, at and just after every limit that a timeline reaches. */
import { decide } from '../decide.ts';
import type { Decision } from '../decision.ts';
import type { Program } from '../program.ts';
import type { Instant } from '../request.ts';
import { rulesOf, type Rule } from './limit-instants.ts';
import { placesIn, type Place } from './limit-places.ts';
import type { Limit } from './limit.ts';
import { limitsOf } from './limits.ts';
import { play } from './play.ts';
import type { Playback, Stretch } from './playback.ts';
import { requestIn } from './segments.ts';
import type { Timeline } from './timeline.ts';

/** A look at a capability close to one of its limits. */
export interface BoundaryProbe extends Pick<Place, 'past' | 'at'> {
  /** What `probe` gives there. */
  readonly decision: Decision;
}

/** One time at which a limit is reached. */
export interface Boundary {
  readonly limit: Limit;
  /** Of the policy in force. */
  readonly version: number;
  /**
   * Just before, at and just after the limit, in this order. One may be missing where the story has no such instant:
   * the timeline begins or ends there, the clock is moved, or an event changes what is measured.
   */
  readonly probes: readonly BoundaryProbe[];
}

export interface Boundaries {
  /** In order of capabilities and limits, then of time. A limit stands here as often as it is reached. */
  readonly reached: readonly Boundary[];
  /** Limits of the versions in force at some time that are never reached, also where time jumps over them. */
  readonly unreached: readonly Pick<Boundary, 'limit' | 'version'>[];
}

/**
 * Plays the timeline and probes every limit it reaches. Exact: besides at limits, only events change decisions, and
 * facts dated too far ahead once they come within the tolerance. Throws `TypeError` as `simulate` does.
 */
export function boundaries(programs: readonly Program[], timeline: Timeline): Boundaries {
  return boundariesOf(play(programs, timeline));
}

/** The boundaries of a timeline already played. */
export function boundariesOf({ stretches, timeline: { until } }: Playback): Boundaries {
  const versions = new Map<Program, readonly Watched[]>();
  const shared = new Map<Program, readonly (readonly Watched[])[]>();
  for (const stretch of stretches) {
    const { program } = stretch;
    let groups = shared.get(program);
    if (groups === undefined) {
      const watched = rulesOf(program.policy, limitsOf(program.policy)).map((rule) => new Watched(rule, program));
      groups = alikeIn(watched);
      versions.set(program, watched);
      shared.set(program, groups);
    }
    for (const span of stretch.spans) {
      if (span.from > until) break;
      for (const group of groups) {
        const [first] = group;
        const places = first === undefined ? [] : placesIn(first.rule, stretch, span, until);
        for (const place of places) for (const each of group) each.note(stretch, place);
      }
    }
  }
  const all = [...versions.values()].flat();
  return {
    reached: all.flatMap((each) => each.reached()),
    unreached: all
      .filter((each) => each.reached().length === 0)
      .map(({ rule: { limit }, version }) => ({ limit, version })),
  };
}

/** Limits that lie at the same instants: rules that capabilities share, but for uses, which each has of its own. */
function alikeIn(watched: readonly Watched[]): readonly (readonly Watched[])[] {
  const groups = new Map<string, Watched[]>();
  for (const each of watched) {
    const { pointer, path, measured, capability } = each.rule.limit;
    const key = measured === 'uses' ? `${path} ${capability}` : `${measured} ${path} ${pointer}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [each]);
    else group.push(each);
  }
  return [...groups.values()];
}

/** One limit of one version while the story goes by. */
class Watched {
  readonly rule: Rule;
  readonly version: number;
  readonly #open = new Map<Instant, BoundaryProbe[]>();
  readonly #crossings: BoundaryProbe[][] = [];

  constructor(rule: Rule, { policy }: Program) {
    this.rule = rule;
    this.version = policy.version;
  }

  note(stretch: Stretch, { past, at, of }: Place): void {
    const known = this.#open.get(of);
    // Time that stands shows the same instant again and again.
    if (known?.at(-1)?.past === past) return;
    const { capability, raisedTo } = this.rule.limit;
    const question = { capability, ...(raisedTo === undefined ? {} : { resource: { sensitivity: raisedTo } }) };
    const probe = { past, at, decision: decide(stretch.program, requestIn(stretch, at, question)) };
    // Trusted time that was turned back passes a limit a second time.
    if (known !== undefined && (known.at(-1)?.past ?? -1) < past) known.push(probe);
    else {
      const fresh = [probe];
      this.#crossings.push(fresh);
      this.#open.set(of, fresh);
    }
  }

  /** The crossings at which the limit itself was there to be looked at. */
  reached(): readonly Boundary[] {
    return this.#crossings
      .filter((probes) => probes.some(({ past }) => past === 0))
      .map((probes) => ({ limit: this.rule.limit, version: this.version, probes }));
  }
}
