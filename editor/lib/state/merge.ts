/** Three-way merge of JSON values: what one side changed is taken, what both changed differently is a clash. */
import { pointerTo } from 'latchkey/load';
import { elementsOf, orderOf, type Elements } from './merge-lists.ts';

/** Something both sides changed, each in its own way. A side in which it is absent has no member here. */
export interface Clash {
  /** Names the clash for good: like the pointer, with ids and `kind#occurrence` in place of positions. */
  readonly place: string;
  /** JSON Pointer into the merged value, which holds the base's value there: or, where that is none, one of the others. */
  readonly pointer: string;
  readonly base?: unknown;
  readonly mine?: unknown;
  readonly theirs?: unknown;
}

/** Which side a clash goes to, by its place. */
export type Choices = Readonly<Record<string, 'mine' | 'theirs'>>;

export interface Merged {
  readonly value: unknown;
  /** None of those that were chosen; empty when the value is whole. */
  readonly clashes: readonly Clash[];
}

/**
 * Merges two values made from one. Objects go member by member, lists whose elements have an `id` by it, lists of
 * constraints by kind and occurrence; everything else, a single constraint included, is one value: of two changes to it
 * nobody can tell what both together would mean. Swapping the sides swaps nothing but the sides of the clashes.
 */
export function merge(base: unknown, mine: unknown, theirs: unknown, choices: Choices = {}): Merged {
  return mergeAt({ base, mine, theirs }, { place: '', choices });
}

/** The three values at one place; undefined where one is absent. */
interface Three {
  readonly base: unknown;
  readonly mine: unknown;
  readonly theirs: unknown;
}

interface Where {
  readonly place: string;
  readonly choices: Choices;
}

/** What is merged here says its pointers from here on; whoever puts it somewhere puts the way there in front. */
function placed({ clashes }: Merged, key: string | number): readonly Clash[] {
  return clashes.map((clash) => ({ ...clash, pointer: `${pointerTo('', key)}${clash.pointer}` }));
}

function mergeAt(three: Three, where: Where): Merged {
  const { base, mine, theirs } = three;
  if (same(mine, theirs) || same(theirs, base)) return { value: mine, clashes: [] };
  if (same(mine, base)) return { value: theirs, clashes: [] };
  if ([mine, theirs].every(isDivisible) && (base === undefined || isDivisible(base))) {
    return mergeMembers(three as Record<keyof Three, Members>, where);
  }
  const lists = elementsOf([base, mine, theirs]);
  if (lists !== null) return mergeElements(lists, where);
  return clashAt(three, where);
}

type Members = Readonly<Record<string, unknown>>;

function mergeMembers({ base = {}, mine, theirs }: Record<keyof Three, Members>, where: Where): Merged {
  const keys = [...new Set([base, mine, theirs].flatMap((each) => Object.keys(each)))];
  const merged = keys.map((key) => {
    const three = { base: own(base, key), mine: own(mine, key), theirs: own(theirs, key) };
    return { key, ...mergeAt(three, { ...where, place: pointerTo(where.place, key) }) };
  });
  const present = merged.filter(({ value }) => value !== undefined);
  return {
    value: Object.fromEntries(present.map(({ key, value }) => [key, value])),
    clashes: merged.flatMap((each) => placed(each, each.key)),
  };
}

function mergeElements([base, mine, theirs]: readonly [Elements, Elements, Elements], where: Where): Merged {
  const merged = new Map<string, Merged>();
  for (const key of [base, mine, theirs].flatMap((each) => [...each.keys()])) {
    const three = { base: base.get(key), mine: mine.get(key), theirs: theirs.get(key) };
    const element = mergeAt(three, { ...where, place: pointerTo(where.place, key) });
    if (element.value !== undefined) merged.set(key, element);
  }
  const elements = orderOf([base, mine, theirs], merged).flatMap((key) => merged.get(key) ?? []);
  return { value: elements.map(({ value }) => value), clashes: elements.flatMap(placed) };
}

function clashAt({ base, mine, theirs }: Three, { place, choices }: Where): Merged {
  const choice = Object.hasOwn(choices, place) ? choices[place] : undefined;
  if (choice !== undefined) return { value: choice === 'mine' ? mine : theirs, clashes: [] };
  const sides = Object.entries({ base, mine, theirs }).filter(([, value]) => value !== undefined);
  const clash: Clash = { place, pointer: '', ...Object.fromEntries(sides) };
  return { value: placeholder({ base, mine, theirs }), clashes: [clash] };
}

/** The same whichever side is called mine, and never absent: a clash has a place in the merged value. */
function placeholder({ base, mine, theirs }: Three): unknown {
  if (mine === undefined || theirs === undefined) return mine === undefined ? theirs : mine;
  if (base !== undefined) return base;
  return JSON.stringify(mine) < JSON.stringify(theirs) ? mine : theirs;
}

/** Whether an object’s members mean something each by itself. */
function isDivisible(value: unknown): value is Members {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const { kind, of } = value as Members;
  const isSingleConstraint = typeof kind === 'string' && !Array.isArray(of);
  return !isSingleConstraint && !Object.hasOwn(value, 'operator');
}

function own(members: Members, key: string): unknown {
  return Object.hasOwn(members, key) ? members[key] : undefined;
}

/** Equal as JSON, whatever the order of members. */
export function same(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  return keys.every((key) => Object.hasOwn(b, key) && same(own(a as Members, key), own(b as Members, key)));
}
