/** What a demand leaves possible: values of a fact, or minutes of the week. */
export type Literal = boolean | number | string;

/** Everything is possible but what one of these takes away. */
export interface Domain {
  /** Minutes of the week as bits, Monday 00:00 first. */
  readonly minutes?: bigint;
  /** Only these. */
  readonly values?: ReadonlySet<Literal>;
  /** None of any of these. */
  readonly not?: readonly ReadonlySet<Literal>[];
  readonly low?: Bound;
  readonly high?: Bound;
}

export interface Bound {
  readonly at: number;
  readonly inclusive: boolean;
}

/** What both leave possible. */
export function meet(a: Domain, b: Domain): Domain {
  const minutes = a.minutes === undefined ? b.minutes : b.minutes === undefined ? a.minutes : a.minutes & b.minutes;
  const low = tighter(a.low, b.low, (one, other) => one > other);
  const high = tighter(a.high, b.high, (one, other) => one < other);
  const not = a.not === undefined ? b.not : b.not === undefined ? a.not : [...a.not, ...b.not];
  const rest = {
    ...(minutes === undefined ? {} : { minutes }),
    ...(low === undefined ? {} : { low }),
    ...(high === undefined ? {} : { high }),
    ...(not === undefined ? {} : { not }),
  };
  const [few, many] = (a.values?.size ?? Infinity) <= (b.values?.size ?? Infinity) ? [a, b] : [b, a];
  if (few.values === undefined) return rest;
  const possible = [...few.values].filter((value) => (many.values?.has(value) ?? true) && allows(rest, value));
  return { ...rest, values: new Set(possible) };
}

function tighter(
  a: Bound | undefined,
  b: Bound | undefined,
  beyond: (one: number, other: number) => boolean,
): Bound | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  if (a.at === b.at) return a.inclusive ? b : a;
  return beyond(a.at, b.at) ? a : b;
}

function allows({ not, low, high }: Domain, value: Literal): boolean {
  if (not?.some((values) => values.has(value))) return false;
  if (typeof value !== 'number') return true;
  const above = low === undefined || value > low.at || (low.inclusive && value === low.at);
  return above && (high === undefined || value < high.at || (high.inclusive && value === high.at));
}

/** Whether nothing is left. Never yes of a domain that something is left of; may be no of numbers too close to tell. */
export function isEmpty(domain: Domain): boolean {
  const { minutes, values, low, high } = domain;
  if (minutes === 0n || values?.size === 0) return true;
  if (low === undefined || high === undefined) return false;
  return low.at > high.at || (low.at === high.at && !(low.inclusive && high.inclusive && allows(domain, low.at)));
}
