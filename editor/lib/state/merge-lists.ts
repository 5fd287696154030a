/** Lists whose elements can be told apart: by their id, or as constraints by kind and occurrence. */

/** The elements by what names them, in order. */
export type Elements = ReadonlyMap<string, unknown>;

type ThreeLists = readonly [base: Elements, mine: Elements, theirs: Elements];

/** The elements of three lists by one kind of name; null when they are no lists, or not all can be named. An absent base is an empty list. */
export function elementsOf([base, mine, theirs]: readonly [unknown, unknown, unknown]): ThreeLists | null {
  const lists = [base === undefined ? [] : base, mine, theirs];
  if (!lists.every((list): list is readonly unknown[] => Array.isArray(list))) return null;
  for (const named of [byId, byKind]) {
    const [first, second, third] = lists.map(named);
    if (first && second && third) return [first, second, third];
  }
  return null;
}

function byId(list: readonly unknown[]): Elements | null {
  const elements = new Map<string, unknown>();
  for (const element of list) {
    const id = memberOf(element, 'id');
    if (typeof id !== 'string' || elements.has(id)) return null;
    elements.set(id, element);
  }
  return elements;
}

function byKind(list: readonly unknown[]): Elements | null {
  const elements = new Map<string, unknown>();
  const seen = new Map<string, number>();
  for (const element of list) {
    const kind = memberOf(element, 'kind');
    if (typeof kind !== 'string') return null;
    const occurrence = seen.get(kind) ?? 0;
    seen.set(kind, occurrence + 1);
    elements.set(`${kind}#${occurrence}`, element);
  }
  return elements;
}

function memberOf(value: unknown, key: string): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || !Object.hasOwn(value, key))
    return undefined;
  return (value as Readonly<Record<string, unknown>>)[key];
}

/**
 * The order of what is left: as whichever side moved elements has them (as the base when both did, differently), each new
 * element behind the one it was put behind.
 */
export function orderOf([base, mine, theirs]: ThreeLists, left: Pick<Elements, 'has'>): readonly string[] {
  const known = [...base.keys()].filter((key) => left.has(key));
  const orders = [mine, theirs].map((side) => {
    // An element that this side removed and the other one changed stands where it stood.
    return sortedLike(known, [...side.keys()]);
  });
  const moved = orders.filter((order) => order.some((key, index) => key !== known[index]));
  const [first, second] = moved;
  const agreed = second === undefined || first?.every((key, index) => key === second[index]) === true;
  const skeleton = agreed && first !== undefined ? first : known;
  const additions = [mine, theirs].map((side) => additionsTo([...side.keys()], new Set(known), left));
  const added = (anchor: string): readonly string[] =>
    additions
      .map((runs) => runs.get(anchor) ?? [])
      .toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
      .flat();
  return [...new Set([...added(START), ...skeleton.flatMap((key) => [key, ...added(`/${key}`)])])];
}

/** `known` in the order of `side`; what the side lacks keeps its position. */
function sortedLike(known: readonly string[], side: readonly string[]): readonly string[] {
  const present = new Set(side);
  const wanted = new Set(known);
  const theirs = side.filter((key) => wanted.has(key)).values();
  return known.map((key) => (present.has(key) ? (theirs.next().value ?? key) : key));
}

const START = '';

/** New elements in their order, by the known one that they come after: `/` and its name, or START. */
function additionsTo(
  side: readonly string[],
  known: ReadonlySet<string>,
  left: Pick<Elements, 'has'>,
): ReadonlyMap<string, readonly string[]> {
  const runs = new Map<string, string[]>();
  let anchor = START;
  for (const key of side) {
    if (known.has(key)) anchor = `/${key}`;
    else if (left.has(key)) runs.set(anchor, [...(runs.get(anchor) ?? []), key]);
  }
  return runs;
}
