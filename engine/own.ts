/** Values of unknown origin, read with suspicion: own properties only, strict types. */

/** A value of the expected type; `undefined` when missing; `null` when present but ill-typed. */
export type Read<T> = T | undefined | null;

/** True for JSON objects: not null, not a list. */
export function isObject(value: unknown): value is object {
  return isHeld(value) && !Array.isArray(value);
}

/** An object whose members may be read directly: whatever is found is its own. */
export type Owned = Readonly<Record<string, unknown>>;

/** The prototype of objects that are taken as they are: while nothing is wrong with it, that of all plain ones. */
let plain: object | undefined;
const BARE: Owned = {};

/** That of plain objects, while none inherits a member that is read as it is, not by `member`. Spelt out, because no loop is as fast. */
function trusted(): object | undefined {
  return (BARE.capability ??
    BARE.now ??
    BARE.clock ??
    BARE.connectivity ??
    BARE.session ??
    BARE.accessToken ??
    BARE.refreshToken ??
    BARE.permissions ??
    BARE.stepUps ??
    BARE.device ??
    BARE.risk ??
    BARE.usage ??
    BARE.policy ??
    BARE.resource ??
    BARE.interactive ??
    BARE.state ??
    BARE.provenNow ??
    BARE.authState ??
    BARE.iss ??
    BARE.sub ??
    BARE.tenant ??
    BARE.lastConfirmedAt ??
    BARE.authTime ??
    BARE.lastActivityAt ??
    BARE.acr ??
    BARE.amr ??
    BARE.cause ??
    BARE.issuedAt ??
    BARE.expiresAt ??
    BARE.verified ??
    BARE.present ??
    BARE.idleExpiresAt ??
    BARE.absoluteExpiresAt ??
    BARE.roles ??
    BARE.scopes ??
    BARE.fetchedAt ??
    BARE.integrity ??
    BARE.at ??
    BARE.subject ??
    BARE.sameBoot ??
    BARE.biometricEpoch ??
    BARE.longestIdle ??
    BARE.consumed ??
    BARE.compliant ??
    BARE.storage ??
    BARE.binding ??
    BARE.unlockedAt ??
    BARE.timeZone ??
    BARE.level ??
    BARE.freshness ??
    BARE.sensitivity) === undefined
    ? Object.prototype
    : undefined;
}

/**
 * An object whose members can only be its own. Asking `hasOwn` for every member is what a decision would spend most of its
 * time on; so a plain object is taken as it is, and any other is copied without its prototype. Who reads a member first,
 * the `_glance`, is faster still: an object of known shape has a known prototype, and asking for that costs nothing.
 */
export function own(value: object, _glance?: unknown): Read<Owned> {
  if (Object.getPrototypeOf(value) === plain) return value as Owned;
  return Array.isArray(value) ? null : { __proto__: null, ...value };
}

/** An object as `Owned`, `null` for anything else. */
export function owned(value: unknown): Read<Owned> {
  return isHeld(value) ? own(value) : none(value);
}

export function isHeld(value: unknown): value is Owned {
  return typeof value === 'object' && value !== null;
}

export function none(value: unknown): undefined | null {
  return value === undefined ? undefined : null;
}

/** An own member of `parent`: `undefined` when it or the parent is absent, `null` when the parent is no object. */
export function member(parent: unknown, key: string): unknown {
  if (parent === undefined) return undefined;
  if (!isObject(parent)) return null;
  return Object.hasOwn(parent, key) ? (parent as Owned)[key] : undefined;
}

/** The value when it is one of `words`. */
export function word<W extends string>(value: unknown, words: readonly W[]): Read<W> {
  if (value === undefined) return undefined;
  for (let i = 0; i < words.length; i++) if (words[i] === value) return value as W;
  return null;
}

export function text(value: unknown): Read<string> {
  return value === undefined || typeof value === 'string' ? value : null;
}

export function flag(value: unknown): Read<boolean> {
  return value === undefined || typeof value === 'boolean' ? value : null;
}

/** A list of strings; ill-typed as a whole if one element is not a string. */
export function texts(value: unknown): Read<readonly string[]> {
  if (value === undefined) return undefined;
  if (!Array.isArray(value)) return null;
  // Indexed, because `every` skips the holes of a sparse list.
  for (let i = 0; i < value.length; i++) if (!Object.hasOwn(value, i) || typeof value[i] !== 'string') return null;
  return value as readonly string[];
}

/** What something that is no object is read as: it has no facts at all. */
export const NO_REQUEST: Owned = { __proto__: null };

/** Shared by every decision that has none of something. */
export const NONE: readonly never[] = Object.freeze([]);

/** A request of any shape; what is no object has no facts at all. */
export function ownedRequest(given: unknown): Owned {
  // Asked once for all objects of a request: to ask for each took a third of the time of `permits`.
  plain = trusted();
  return (isHeld(given) ? own(given, given.capability) : null) ?? NO_REQUEST;
}
