/** Documents that say more than another one, or the same in another order. */
import type { PolicyDocument } from 'latchkey/load';

type Node = Readonly<Record<string, unknown>>;
type Path = readonly (string | number)[];

const LEVELS = ['public', 'internal', 'confidential', 'restricted'];

function allOfsIn(value: unknown, path: Path = []): readonly Path[] {
  if (typeof value !== 'object' || value === null) return [];
  const here = (value as Node)['kind'] === 'allOf' ? [[...path, 'of']] : [];
  return [...here, ...Object.entries(value).flatMap(([key, each]) => allOfsIn(each, [...path, key]))];
}

/** The document with `added` at the end of the list at `path`. */
function appended(value: unknown, [key, ...rest]: Path, added: unknown): unknown {
  if (key === undefined) return [...((value ?? []) as readonly unknown[]), added];
  const parent = (value ?? {}) as Node;
  const member = appended(parent[key], rest, added);
  return Array.isArray(value) ? value.with(Number(key), member) : { ...parent, [key]: member };
}

export interface Stricter {
  readonly where: string;
  readonly document: unknown;
}

/** The document with one constraint more, once for every list that asks for all of its constraints. */
export function stricter(document: PolicyDocument, added: unknown): readonly Stricter[] {
  const lists: readonly Path[] = [
    ['guards'],
    ...document.tiers.map((_, i) => ['tiers', i, 'require']),
    ...document.capabilities.map((_, i) => ['capabilities', i, 'require']),
    ...LEVELS.map((level) => ['sensitivity', level]),
    ...allOfsIn(document),
  ];
  return lists.map((path) => ({ where: `/${path.join('/')}`, document: appended(document, path, added) }));
}

/** The same value with every list in another order, that of its members left alone; `seed` chooses the order. */
export function shuffled(value: unknown, seed: number): unknown {
  let state = seed;
  const next = (below: number) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return (state >>> 8) % below;
  };
  const mix = (each: unknown): unknown => {
    if (Array.isArray(each)) {
      const list = each.map(mix);
      for (let i = list.length - 1; i > 0; i--) {
        const j = next(i + 1);
        [list[i], list[j]] = [list[j], list[i]];
      }
      return list;
    }
    if (typeof each !== 'object' || each === null) return each;
    return Object.fromEntries(Object.entries(each).map(([key, member]) => [key, mix(member)]));
  };
  return mix(value);
}
