/** Conditions that both engines take, with every fact there and of its type: where they may not disagree. */
import fc from 'fast-check';

export const CUSTOM = {
  job_value: { type: 'number' },
  ceiling: { type: 'number' },
  region: { type: 'string' },
  home: { type: 'string' },
  trained: { type: 'boolean' },
  willing: { type: 'boolean' },
  tags: { type: 'string[]' },
  rooms: { type: 'string[]' },
} as const;

type Value = boolean | number | string | readonly string[];
/** By name, as json-rules-engine takes them. */
export type FactSet = Readonly<Record<string, Value>>;

const NUMBERS = [-7, -0, 0, 1.5, 99, 100, 2 ** 53 - 1];
/** By type, what facts have and what literals say. The lists are at least two long, so that `$[1]` is there. */
const TEXTS: Readonly<Record<string, readonly string[]>> = {
  connectivity: ['online', 'offline', 'limited'],
  'clock.state': ['ok', 'unproven_forward', 'rolled_back'],
  'session.authState': ['ACTIVE', 'OFFLINE_STALE'],
  'session.sub': ['u-1', 'u-2'],
  'session.acr': ['', 'aal2'],
  'permissions.integrity': ['signed', 'unsigned'],
  'resource.type': ['order', 'toString'],
  'resource.sensitivity': ['public', 'restricted'],
  'device.storage': ['os', 'memory'],
  'risk.level': ['LOW', 'HIGH'],
  region: ['north', 'south', 'true', '100'],
  home: ['north', 'south', 'true', '100'],
};
const LISTS: Readonly<Record<string, readonly string[]>> = {
  'session.amr': ['pwd', 'otp', 'face'],
  'permissions.roles': ['nurse', 'lead', 'u-1'],
  'permissions.scopes': ['orders:read', 'orders:write'],
  tags: ['north', 'south', 'night'],
  rooms: ['north', '100', 'ward'],
};
const BOOLEANS = ['device.compliant', 'accessToken.verified', 'trained', 'willing'];
const AMOUNTS = ['job_value', 'ceiling'];

const among = <T>(values: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...values);
const of = (values: Readonly<Record<string, fc.Arbitrary<Value>>>): fc.Arbitrary<FactSet> => fc.record(values);
const all = <T>(names: readonly string[], each: (name: string) => T): Record<string, T> =>
  Object.fromEntries(names.map((name) => [name, each(name)]));

export const factSet: fc.Arbitrary<FactSet> = of({
  ...all(Object.keys(TEXTS), (name) => among(TEXTS[name] ?? [])),
  ...all(Object.keys(LISTS), (name) => fc.array(among(LISTS[name] ?? []), { minLength: 2, maxLength: 4 })),
  ...all(BOOLEANS, () => fc.boolean()),
  ...all(AMOUNTS, () => among(NUMBERS)),
});

export type Tree =
  | { readonly all: readonly Tree[] }
  | { readonly any: readonly Tree[] }
  | { readonly not: Tree }
  | { readonly condition: string }
  | { readonly fact: string; readonly operator: string; readonly value: unknown; readonly path?: string };

/** Conditions that others name. The second names the first. */
export const NAMED: Readonly<Record<string, Tree>> = {
  near: {
    any: [
      { fact: 'region', operator: 'equal', value: { fact: 'home' } },
      { not: { fact: 'rooms', operator: 'contains', value: 'ward' } },
    ],
  },
  able: { all: [{ condition: 'near' }, { fact: 'trained', operator: 'equal', value: true }] },
};

const equality = fc.constantFrom('equal', 'notEqual');
const membership = fc.constantFrom('in', 'notIn');
const containment = fc.constantFrom('contains', 'doesNotContain');
const order = fc.constantFrom('lessThan', 'lessThanInclusive', 'greaterThan', 'greaterThanInclusive');
const textFact = among(Object.keys(TEXTS));
const listFact = among(Object.keys(LISTS));
const element = fc.record({ fact: listFact, path: fc.constantFrom('$[0]', '$[1]') });

function leaf(
  side: fc.Arbitrary<object>,
  operator: fc.Arbitrary<string>,
  value: (side: object) => fc.Arbitrary<unknown>,
) {
  return side.chain((left) =>
    fc.record({ operator, value: value(left) }).map((rest): Tree => ({ ...left, ...rest }) as Tree),
  );
}

const literalsOf = (side: object): readonly string[] => {
  const { fact } = side as { readonly fact: string };
  return TEXTS[fact] ?? LISTS[fact] ?? [];
};
const named = (names: fc.Arbitrary<string>): fc.Arbitrary<object> => names.map((fact) => ({ fact }));
const someOf = <T>(values: readonly T[]) => fc.subarray([...values], { minLength: 1 });
const text = fc.oneof({ weight: 3, arbitrary: named(textFact) }, { weight: 1, arbitrary: element });

const leaves = fc.oneof(
  leaf(text, equality, (side) => fc.oneof(among(literalsOf(side)), named(textFact), element)),
  leaf(named(among(BOOLEANS)), equality, () => fc.oneof(fc.boolean(), named(among(BOOLEANS)))),
  leaf(named(among(AMOUNTS)), equality, () => fc.oneof(among(NUMBERS), named(among(AMOUNTS)))),
  leaf(text, membership, (side) => fc.oneof(someOf(literalsOf(side)), named(listFact))),
  leaf(named(among(AMOUNTS)), membership, () => someOf(NUMBERS.slice(2))),
  leaf(named(listFact), containment, (side) => fc.oneof(among(literalsOf(side)), named(textFact), element)),
  {
    weight: 2,
    arbitrary: leaf(named(among(AMOUNTS)), order, () => fc.oneof(among(NUMBERS), named(among(AMOUNTS)))),
  },
);

/** Groups nested `depth` deep at most, one of whose branches always is. */
function nested(depth: number): fc.Arbitrary<Tree> {
  if (depth === 0) return leaves;
  const deep = nested(depth - 1);
  const child = fc.oneof({ weight: 2, arbitrary: leaves }, { weight: 1, arbitrary: deep });
  const children = fc
    .tuple(deep, fc.array(child, { minLength: 1, maxLength: 3 }), fc.nat(3))
    .map(([first, rest, at]) => {
      const members = [...rest];
      members.splice(at, 0, first);
      return members;
    });
  return fc.oneof(
    { weight: 4, arbitrary: children.map((all): Tree => ({ all })) },
    { weight: 4, arbitrary: children.map((any): Tree => ({ any })) },
    { weight: 2, arbitrary: deep.map((not): Tree => ({ not })) },
    { weight: 1, arbitrary: fc.constantFrom<Tree>({ condition: 'near' }, { condition: 'able' }) },
  );
}

/** A group, or a reference. */
export const condition: fc.Arbitrary<Tree> = fc.oneof(
  { weight: 1, arbitrary: nested(2) },
  { weight: 3, arbitrary: nested(3) },
  { weight: 3, arbitrary: nested(4) },
);

/** Groups within each other on the longest way down, references followed. */
export function depthOf(tree: Tree): number {
  if ('fact' in tree) return 0;
  if ('condition' in tree) return depthOf(NAMED[tree.condition] ?? { all: [] });
  return 1 + Math.max(...partsOf(tree).map(depthOf));
}

/** Every comparison, references followed. */
export function leavesOf(tree: Tree): readonly Extract<Tree, { readonly fact: string }>[] {
  if ('fact' in tree) return [tree];
  if ('condition' in tree) return leavesOf(NAMED[tree.condition] ?? { all: [] });
  return partsOf(tree).flatMap(leavesOf);
}

function partsOf(tree: Exclude<Tree, { readonly fact: string } | { readonly condition: string }>): readonly Tree[] {
  if ('all' in tree) return tree.all;
  return 'any' in tree ? tree.any : [tree.not];
}

/** The facts as a request that no gate stands in the way of. */
export function requestWith(facts: FactSet, capability: string): object {
  const request: Record<string, unknown> = {
    capability,
    now: 0,
    session: { lastConfirmedAt: 0 },
    facts: Object.fromEntries(Object.keys(CUSTOM).map((name) => [name, facts[name]])),
  };
  for (const [name, value] of Object.entries(facts)) {
    const [parent = '', key] = name.split('.');
    if (name in CUSTOM) continue;
    request[parent] = key === undefined ? value : { ...(request[parent] as object | undefined), [key]: value };
  }
  return request;
}
