/** What a change does to the timelines, as pages show it. */

/** A timeline as the server played it. */
export interface PlayedTimeline {
  readonly name: string;
  readonly title: string;
  /** Why it failed; null when every expectation held. */
  readonly failure: 'expectation' | 'broken' | 'time_limit' | 'not_reached' | 'stopped' | null;
  readonly held: number;
  readonly all: number;
  /** What exactly failed, a sentence each. */
  readonly details: readonly string[];
}

/** A time at which somebody may do what they might not before, or the reverse. */
export interface CounterExample {
  readonly timeline: string;
  readonly timelineTitle: string;
  readonly capability: string;
  readonly rises: boolean;
  /** Milliseconds after the timeline's start. */
  readonly at: number;
  readonly lasts: number;
  /** Wall time in the timeline's zone, with the zone. */
  readonly moment: string;
  /** Null where the policy does not know the capability. */
  readonly before: string | null;
  readonly after: string | null;
}

export interface ChangeEffect {
  /** In the order of their names; null when the policy does not load. */
  readonly timelines: readonly PlayedTimeline[] | null;
  /** Null when there was nothing to compare with. */
  readonly compared: {
    /** How many timelines could be told on both. */
    readonly timelines: number;
    readonly widened: readonly string[];
    readonly narrowed: readonly string[];
    /** The first of each capability and direction. */
    readonly examples: readonly CounterExample[];
  } | null;
}

/** Whether a timeline fails: what it tells of cannot be published then. */
export function isRed({ timelines }: ChangeEffect): boolean {
  return timelines?.some(({ failure }) => failure !== null) ?? false;
}
