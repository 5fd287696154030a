/** Requests for `it`: ordinary ones, ones with figures at the edges of limits, and ones with facts lost or spoilt. */
import fc from 'fast-check';
import { T0 } from './arbitraries.ts';
import { ACR, AMR, LIMITS, ROLES, SCOPES, ZONES } from './rich-constraints.ts';

const HOUR = 3_600_000;

/** Mostly the first, now and then one of the others. */
function usual<T>(common: T, ...rare: readonly T[]): fc.Arbitrary<T> {
  return fc.oneof(
    { weight: 8, arbitrary: fc.constant(common) },
    { weight: 2, arbitrary: fc.constantFrom(common, ...rare) },
  );
}
const edge = fc
  .tuple(fc.constantFrom(0, ...Object.values(LIMITS)), fc.constantFrom(-1, 0, 1, 30_000, 120_000))
  .map(([length, off]) => length + off);
/** How long ago something was: mostly just now, now and then at an edge, rarely ahead. */
const age = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(0, 1, 30_000) },
  { weight: 4, arbitrary: edge },
  { weight: 1, arbitrary: edge.map((length) => -length) },
);
const some = <T>(words: readonly T[], minLength: number) =>
  fc.oneof(fc.constant(words), fc.uniqueArray(fc.constantFrom(...words), { minLength }));

const proof = fc.record({
  ago: age,
  amr: some(AMR, 0),
  subject: usual<object>(
    { sub: 'u', tenant: 'a' },
    { sub: 'v', tenant: 'a' },
    { sub: 'u' },
    { sub: 'u', tenant: 'a', iss: 'i' },
  ),
  sameBoot: usual<unknown>(true, false),
  biometricEpoch: usual<unknown>('e', 'f'),
  consumed: fc.constantFrom<unknown>(false, false, false, true, undefined),
  longestIdle: fc.constantFrom<unknown>(undefined, 0, 60_000, HOUR, -1, 1.5, NaN),
});

const figures = fc.record({
  since: fc.oneof(
    { weight: 2, arbitrary: fc.constantFrom(0, 90_000) },
    { weight: 1, arbitrary: edge },
    { weight: 1, arbitrary: fc.integer({ min: 0, max: 40 * 24 * HOUR }) },
  ),
  confirmed: age,
  signedIn: age,
  active: age,
  fetched: age,
  policyIssued: age,
  unlocked: age,
  proven: fc.constantFrom(0, HOUR, 400 * HOUR),
  issued: age,
  expiresIn: fc.oneof(
    { weight: 3, arbitrary: fc.constant(12 * HOUR) },
    { weight: 1, arbitrary: edge },
    { weight: 1, arbitrary: fc.constant(-1) },
  ),
  idleExpiresIn: usual<number | undefined>(undefined, 720 * HOUR, 0, -1),
  absoluteExpiresIn: usual<number | undefined>(720 * HOUR, undefined, 1, 0),
  policyExpiresIn: usual<number | undefined>(undefined, HOUR, 1, 0),
});
const words = fc.record({
  capability: fc.oneof(
    { weight: 19, arbitrary: fc.constant<unknown>('it') },
    { weight: 1, arbitrary: fc.constantFrom<unknown>('other', 'toString', 'none', 7, undefined) },
  ),
  interactive: usual<unknown>(undefined, true, false, 'no'),
  raised: usual<object | undefined>(
    undefined,
    { sensitivity: 'public' },
    { sensitivity: 'restricted', type: 'order' },
    { type: 'note' },
    {},
  ),
  confirmed: usual(true, true, true, false),
  state: usual('ok', 'unproven_forward', 'unproven_reboot', 'rolled_back', 'untrusted'),
  connectivity: usual('online', 'online', 'offline', 'limited', 'offline'),
  authState: usual(
    'ACTIVE',
    'OFFLINE_STALE',
    'REAUTH_REQUIRED',
    'REAUTH_REQUIRED',
    'REAUTH_REQUIRED',
    'LOCKED',
    'SIGNED_OUT',
  ),
  cause: usual<unknown>(undefined, 'sessionRevoked', 'credentialChange', 'boredom', null),
  acr: fc.constantFrom(undefined, ...ACR, ...ACR),
  sessionAmr: some(AMR, 0),
  verified: usual<unknown>(true, false, undefined, undefined),
  present: usual<unknown>(true, false),
  roles: fc.oneof({ weight: 9, arbitrary: some(ROLES, 0) }, { weight: 1, arbitrary: fc.constant(undefined) }),
  scopes: fc.oneof({ weight: 9, arbitrary: some(SCOPES, 0) }, { weight: 1, arbitrary: fc.constant(undefined) }),
  integrity: usual('signed', 'unsigned'),
  compliant: usual(true, false),
  storage: usual('hardware', 'plain', 'memory', 'plain', 'encrypted', 'os'),
  binding: usual('unchanged', 'changed'),
  zone: fc.constantFrom<unknown>(...ZONES, '+01:00', 'Mars/Phobos', 'Mars/Phobos'),
  risk: usual('LOW', 'MEDIUM', 'HIGH'),
  used: usual<unknown>(0, 1, 2, 200, 200, 0.5),
  freshness: usual<unknown>(undefined, 'fresh', 'stale', 'expired'),
  job: fc.constantFrom<unknown>(-0, 99.5, 100, 200),
  region: fc.constantFrom<unknown>('north', 'south'),
  trained: fc.boolean(),
  tags: some(['night', 'ward'], 0),
});
type Figures = typeof figures extends fc.Arbitrary<infer T> ? T : never;
type Words = typeof words extends fc.Arbitrary<infer T> ? T : never;
type Proof = typeof proof extends fc.Arbitrary<infer T> ? T : never;

/** Without the members that came out undefined. */
function stated(members: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}
function plus(base: number, length: number | undefined): number | undefined {
  return length === undefined ? undefined : base + length;
}

function wholeRequest(at: Figures, is: Words, proofs: readonly Proof[]): Record<string, unknown> {
  const now = T0 + at.since;
  return stated({
    capability: is.capability,
    interactive: is.interactive,
    resource: is.raised,
    now,
    clock: { state: is.state, provenNow: now - at.proven },
    connectivity: is.connectivity,
    session: stated({
      authState: is.authState,
      sub: 'u',
      tenant: 'a',
      establishedAt: now - at.signedIn,
      lastConfirmedAt: is.confirmed ? now - at.confirmed : undefined,
      authTime: now - at.signedIn,
      lastActivityAt: now - at.active,
      acr: is.acr,
      amr: is.sessionAmr,
      cause: is.cause,
    }),
    accessToken: stated({ issuedAt: now - at.issued, expiresAt: now + at.expiresIn, verified: is.verified }),
    refreshToken: stated({
      present: is.present,
      idleExpiresAt: plus(now, at.idleExpiresIn),
      absoluteExpiresAt: plus(now, at.absoluteExpiresIn),
    }),
    permissions: stated({ roles: is.roles, scopes: is.scopes, fetchedAt: now - at.fetched, integrity: is.integrity }),
    stepUps: proofs.map(({ ago, ...rest }) => stated({ at: now - ago, ...rest })),
    device: {
      compliant: is.compliant,
      storage: is.storage,
      binding: is.binding,
      biometricEpoch: 'e',
      unlockedAt: now - at.unlocked,
      timeZone: is.zone,
    },
    risk: { level: is.risk },
    usage: { it: is.used, other: 0 },
    policy: stated({
      issuedAt: now - at.policyIssued,
      expiresAt: plus(now, at.policyExpiresIn),
      freshness: is.freshness,
    }),
    facts: { job_value: is.job, limit_value: 100, region: is.region, trained: is.trained, tags: is.tags },
  });
}

const GONE = Symbol('gone');
const FIRST = -8.64e15;
const LAST = 8.64e15;
/** What a member may become: nothing, another type, a word or an instant that means something elsewhere. */
const SPOILT: readonly unknown[] = [
  ...[
    GONE,
    null,
    true,
    false,
    '',
    '30',
    'unheard of',
    'expired',
    'restricted',
    'offline',
    'REAUTH_REQUIRED',
    'rolled_back',
  ],
  ...[{}, { sub: 'u' }, [], [7], ['fpt'], ['pwd', null]],
  ...[NaN, Infinity, 1.5, -0, 0, -5, T0, FIRST, LAST, LAST + 2],
];

type Tree = Record<string, unknown>;
type Pointer = readonly string[];

function pointersIn(value: unknown): readonly Pointer[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => [[key], ...pointersIn(each).map((rest) => [key, ...rest])]);
}

/** The request with one member lost or made into something else, lists and their entries included. */
function spoil(request: Tree, pointer: Pointer, how: unknown): Tree {
  const spoilt = structuredClone(request);
  const last = pointer.at(-1) ?? '';
  const parent = pointer.slice(0, -1).reduce((tree, key) => tree[key] as Tree, spoilt);
  if (how !== GONE) parent[last] = structuredClone(how);
  else if (Array.isArray(parent)) parent.splice(Number(last), 1);
  else delete parent[last];
  return spoilt;
}

/** The request with every member in turn lost and spoilt in every way, and dated at the edge of what is too far ahead. */
export function everySpoiling(request: Tree): readonly Tree[] {
  const ahead = typeof request['now'] === 'number' ? [300_000, 300_001].map((off) => Number(request['now']) + off) : [];
  return pointersIn(request).flatMap((pointer) => [...SPOILT, ...ahead].map((how) => spoil(request, pointer, how)));
}

const spoilings = fc.array(fc.record({ where: fc.nat(10_000), how: fc.constantFrom(...SPOILT) }), {
  minLength: 1,
  maxLength: 3,
});

/** A well-typed request: mostly ordinary, now and then at an edge or in a rare state. */
export const soundRequest = fc
  .tuple(
    figures,
    words,
    fc.oneof(
      { weight: 1, arbitrary: fc.constant([]) },
      { weight: 1, arbitrary: fc.array(proof, { maxLength: 4, size: 'medium' }) },
    ),
  )
  .map(([at, is, proofs]) => wholeRequest(at, is, proofs));

/** A request that is sound more often than not, and otherwise wrong in one to three places. */
export const richRequest = fc
  .tuple(soundRequest, fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, { weight: 2, arbitrary: spoilings }))
  .map(([request, changes]) =>
    changes.reduce((spoilt, { where, how }) => {
      const pointers = pointersIn(spoilt);
      const pointer = pointers[where % pointers.length];
      return pointer === undefined ? spoilt : spoil(spoilt, pointer, how);
    }, request),
  );
