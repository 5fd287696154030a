/** Reads one fact of a request: it is there and well-typed, or missing, or ill-typed. */

export type Fact<T> = { readonly is: 'known'; readonly value: T } | { readonly is: 'missing' } | { readonly is: 'ill' };

const MISSING = { is: 'missing' } as const;
const ILL = { is: 'ill' } as const;

function known<T>(value: T): Fact<T> {
  return { is: 'known', value };
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Walks own members from `root`. Looking into something that is no object is ill-typed. */
export function read(root: unknown, ...keys: readonly string[]): Fact<unknown> {
  let at = root;
  for (const key of keys) {
    if (!isRecord(at)) return ILL;
    if (!Object.hasOwn(at, key) || at[key] === undefined) return MISSING;
    at = at[key];
  }
  return known(at);
}

function typed<T>(fact: Fact<unknown>, fits: (value: unknown) => value is T): Fact<T> {
  if (fact.is !== 'known') return fact;
  return fits(fact.value) ? known(fact.value) : ILL;
}

export function text(fact: Fact<unknown>): Fact<string> {
  return typed(fact, (value) => typeof value === 'string');
}

export function word(fact: Fact<unknown>, list: readonly string[]): Fact<string> {
  return typed(fact, (value): value is string => typeof value === 'string' && list.includes(value));
}

export function boolean(fact: Fact<unknown>): Fact<boolean> {
  return typed(fact, (value) => typeof value === 'boolean');
}

export function number(fact: Fact<unknown>): Fact<number> {
  return typed(fact, (value): value is number => typeof value === 'number' && Number.isFinite(value));
}

export function count(fact: Fact<unknown>): Fact<number> {
  return typed(fact, (value): value is number => Number.isInteger(value) && (value as number) >= 0);
}

export function texts(fact: Fact<unknown>): Fact<readonly string[]> {
  return typed(
    fact,
    (value): value is readonly string[] => Array.isArray(value) && value.every((each) => typeof each === 'string'),
  );
}

export function list(fact: Fact<unknown>): Fact<readonly unknown[]> {
  return typed(fact, (value): value is readonly unknown[] => Array.isArray(value));
}

/** Any instant, ahead or past: what an expiry is. */
export function instant(fact: Fact<unknown>): Fact<number> {
  return typed(fact, (value): value is number => Number.isInteger(value) && Math.abs(value as number) <= 8.64e15);
}

/** An instant that must lie in the past: fine up to `now + tolerance` and then `now`, later ill-typed. */
export function pastInstant(fact: Fact<unknown>, now: number, tolerance: number): Fact<number> {
  const found = instant(fact);
  if (found.is !== 'known') return found;
  if (found.value > now + tolerance) return ILL;
  return known(Math.min(found.value, now));
}

/** The value, or undefined when it is missing or ill-typed. */
export function usable<T>(fact: Fact<T>): T | undefined {
  return fact.is === 'known' ? fact.value : undefined;
}

/** Can a person be asked now? Absent means yes, anything but true and false means no. */
export function interactive(request: unknown): boolean {
  const fact = boolean(read(request, 'interactive'));
  return fact.is === 'missing' || (fact.is === 'known' && fact.value);
}
