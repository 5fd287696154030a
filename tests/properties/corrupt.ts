/** Every way to lose or damage one fact of a request. */

interface Corruption {
  readonly what: string;
  readonly request: unknown;
}

type Tree = Record<string, unknown>;

/** Bounds and addresses: their absence is no ignorance. Identity is compared, absent equal to absent. */
const NOT_FACTS = [
  '/resource',
  '/interactive',
  '/refreshToken/idleExpiresAt',
  '/refreshToken/absoluteExpiresAt',
  '/policy',
];
const IDENTITY = /\/(iss|tenant|sub)$/;
/** Expiries may lie ahead. */
const EXPIRY = /expires?At$/i;

function notFact(pointer: string): boolean {
  return IDENTITY.test(pointer) || NOT_FACTS.some((each) => pointer === each || pointer.startsWith(`${each}/`));
}

function pointers(value: unknown, at = ''): readonly string[] {
  if (typeof value !== 'object' || value === null) return at === '' ? [] : [at];
  const inside = Object.entries(value).flatMap(([key, each]) => pointers(each, `${at}/${key}`));
  return at === '' ? inside : [at, ...inside];
}

function change(request: unknown, pointer: string, how: (parent: Tree, key: string) => void): unknown {
  const copy = structuredClone(request) as Tree;
  const keys = pointer.split('/').slice(1);
  const last = keys.pop() ?? '';
  const parent = keys.reduce((tree, key) => tree[key] as Tree, copy);
  how(parent, last);
  return copy;
}

const JUNK: readonly unknown[] = [null, '30', NaN, Infinity, -Infinity, {}, [], true, 1.5, 8.64e15 + 2];

/** All corruptions of the facts of `request`, one fact at a time. */
export function corruptions(request: { readonly now: number }): readonly Corruption[] {
  return pointers(request).flatMap((pointer) => {
    const value = pointer
      .split('/')
      .slice(1)
      .reduce((tree, key) => (tree as Tree)[key], request as unknown);
    const junk = JUNK.filter((each) => typeof each !== typeof value || each === null || Number.isNaN(each));
    const ahead =
      typeof value === 'number' && !EXPIRY.test(pointer) && pointer !== '/now' ? [request.now + 300_001] : [];
    const lost = notFact(pointer)
      ? []
      : [{ what: `${pointer} lost`, request: change(request, pointer, (parent, key) => delete parent[key]) }];
    const damaged = (IDENTITY.test(pointer) ? [] : [...junk, ...ahead]).map((bad) => ({
      what: `${pointer} = ${String(bad)}`,
      request: change(request, pointer, (parent, key) => (parent[key] = bad)),
    }));
    return [...lost, ...damaged];
  });
}
