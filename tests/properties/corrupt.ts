/** Every way to lose or damage one fact of a request. */

interface Corruption {
  readonly what: string;
  readonly request: unknown;
}

type Tree = Readonly<Record<string, unknown>>;
type Keys = readonly string[];

const LOST = Symbol('lost');
/** Nowhere in a request is one of these a value. */
const NEVER: readonly unknown[] = [null, NaN, Infinity];
/** Bounds and addresses: their absence is no ignorance. */
const NOT_FACTS =
  /^\/(resource|policy)(\/(sensitivity|expiresAt|freshness))?$|^\/refreshToken\/(idle|absolute)ExpiresAt$/;
/** Identity is compared, absent equal to absent. */
const IDENTITY = /\/(iss|tenant|sub)$/;
/** Where any text is a value. */
const TEXT = /\/(capability|acr|iss|sub|tenant|biometricEpoch|timeZone|id|type|region)$/;
/** An instant that must lie in the past; expiries may lie ahead. */
const PAST = /\/(at|authTime|provenNow|(?!.*[eE]xpires)\w+At)$/;
/** A list with an entry less is another list, but of proofs that is one proof less. */
const ENTRY = /\/\d+$/;
const PROOF = /^\/stepUps\/\d+$/;

/** Where an object stands, so that an empty one is no damage but a group with nothing stated. */
const GROUP = /^\/(?!now$)\w+$/;

function pointersIn(value: unknown): readonly Keys[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => [[key], ...pointersIn(each).map((rest) => [key, ...rest])]);
}

/** The request with one member exchanged; all else is shared with it. */
function exchanged(tree: unknown, [key = '', ...rest]: Keys, how: unknown): unknown {
  const value = rest.length === 0 ? how : exchanged((tree as Tree)[key], rest, how);
  if (Array.isArray(tree))
    return value === LOST ? tree.filter((_, index) => index !== Number(key)) : tree.with(Number(key), value);
  const copy: Record<string, unknown> = { ...(tree as Tree) };
  if (value === LOST) delete copy[key];
  else copy[key] = value;
  return copy;
}

function waysToDamage(pointer: string, value: unknown, ahead: number): readonly unknown[] {
  const lost = NOT_FACTS.test(pointer) || IDENTITY.test(pointer) || (ENTRY.test(pointer) && !PROOF.test(pointer));
  const future = typeof value === 'number' && PAST.test(pointer) ? [ahead] : [];
  // What is spoilt already may be mended by a value of the right type, so only what is well-typed gets another type.
  const typed = typeof value === 'number' && !TEXT.test(pointer) && !ENTRY.test(pointer);
  const other = typed ? ['30', ...(GROUP.test(pointer) ? [] : [{}])] : [];
  return [...(lost ? [] : [LOST]), ...NEVER, ...other, ...future];
}

/** All corruptions of `request`, one fact at a time; `tolerance` is how far ahead an instant may lie. */
export function corruptions(request: Tree, tolerance: number): readonly Corruption[] {
  const ahead = Number(request['now']) + tolerance + 1;
  return pointersIn(request).flatMap((keys) => {
    const pointer = `/${keys.join('/')}`;
    const value = keys.reduce<unknown>((tree, key) => (tree as Tree)[key], request);
    return waysToDamage(pointer, value, ahead).map((how) => ({
      what: `${pointer} ${how === LOST ? 'lost' : `= ${JSON.stringify(how)}`}`,
      request: exchanged(request, keys, how),
    }));
  });
}
