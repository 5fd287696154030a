/** Random policies and requests, biased so that every outcome is common. Everything hangs on one T0. */
import fc from 'fast-check';

export const T0 = Date.parse('2026-03-01T08:00:00.000Z');
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const LIMITS: Readonly<Record<string, number>> = {
  '5m': 5 * MINUTE,
  '1h': HOUR,
  '12h': 12 * HOUR,
  '48h': 48 * HOUR,
  '7d': 168 * HOUR,
};

const limit = fc.constantFrom(...Object.keys(LIMITS));
const role = fc.constantFrom('technician', 'nurse');
const amr = fc.constantFrom('fpt', 'face', 'pin', 'pwd');
const roles = fc.uniqueArray(role, { minLength: 1, maxLength: 2 });
const methods = fc.uniqueArray(amr, { minLength: 1, maxLength: 3 });

const recency = fc.oneof(
  { weight: 3, arbitrary: limit.map((maxAge) => ({ maxAge })) },
  { weight: 1, arbitrary: limit.map((maxIdle) => ({ maxIdle })) },
  { weight: 1, arbitrary: fc.constant({ everyUse: true }) },
);

const stepUp = fc
  .tuple(recency, fc.option(methods, { nil: undefined, freq: 3 }), fc.boolean())
  .map(([how, amrAny, surviveReboot]) => ({ kind: 'stepUp', ...(amrAny ? { amrAny } : {}), ...how, surviveReboot }));

const leaf = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('maxAge'),
      of: fc.constantFrom('serverConfirmation', 'authTime', 'permissionSnapshot', 'policyIssue', 'activity'),
      limit,
    }),
  },
  { weight: 4, arbitrary: stepUp },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      { kind: 'online' },
      { kind: 'online', token: 'fresh' },
      { kind: 'online', token: 'unexpired' },
    ),
  },
  { weight: 1, arbitrary: fc.constantFrom({ kind: 'token', is: 'unexpired' }, { kind: 'token', is: 'refreshable' }) },
  { weight: 1, arbitrary: fc.tuple(roles, limit).map(([rolesAny, maxAge]) => ({ kind: 'grant', rolesAny, maxAge })) },
  { weight: 1, arbitrary: fc.constantFrom({ kind: 'clock', is: 'trusted' }, { kind: 'clock', is: 'proven' }) },
);

interface Written {
  readonly kind: string;
  readonly of?: unknown;
}

const constraint: fc.Arbitrary<Written> = fc.letrec<{ node: Written }>((tie) => ({
  node: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    { weight: 5, arbitrary: leaf },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constantFrom('anyOf', 'anyOf', 'allOf'),
        of: fc.array(tie('node'), { minLength: 1, maxLength: 3 }),
      }),
    },
  ),
})).node;

const few = fc.array(constraint, { maxLength: 2, size: 'medium' });
const sensitivity = fc.constantFrom('public', 'internal', 'confidential', 'restricted');

const capability = fc.record({
  access: fc.constantFrom('read', 'write'),
  offline: fc.constantFrom(undefined, undefined, 'enqueue', 'forbid'),
  require: few,
});

/** A valid policy document with one tier and the capability `it`. */
export const policyDocument = fc
  .record({
    guards: fc.array(constraint, { maxLength: 1 }),
    tier: fc.record({ sensitivity, require: few }),
    rules: fc.option(fc.tuple(sensitivity, few), { nil: undefined, freq: 3 }),
    capability,
    opening: fc.constantFrom('readOnly', 'full', 'locked'),
    warnAfter: limit,
    wipeAfter: fc.oneof({ weight: 9, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: limit }),
  })
  .map(({ guards, tier, rules, capability: { access, offline, require }, opening, warnAfter, wipeAfter }) => {
    const opens = tier.sensitivity === 'public' || tier.sensitivity === 'internal';
    return {
      language: 1,
      id: 'random',
      version: 1,
      guards,
      tiers: [{ id: 't', ...tier }],
      ...(rules === undefined ? {} : { sensitivity: { [rules[0]]: rules[1] } }),
      capabilities: [
        { id: 'it', tier: 't', access, ...(offline === undefined ? {} : { serverBound: true, offline }), require },
      ],
      onState: {
        ...(opens ? { REAUTH_REQUIRED: { tiers: { t: opening }, present: 'blocking' } } : {}),
        LOCKED: { obligations: ['clearTokens', 'lock'] },
      },
      warn: [{ of: 'serverConfirmation', after: warnAfter }],
      ...(wipeAfter === undefined
        ? {}
        : {
            wipe: {
              scope: 'account',
              method: 'cryptoShred',
              when: [{ maxAge: wipeAfter, evidence: 'provenOrFailedReauth' }],
            },
          }),
    };
  });

/** An instant near some limit's edge before or after T0, or T0 itself. */
const edge = fc
  .tuple(fc.constantFrom(0, 0, 0, ...Object.values(LIMITS)), fc.constantFrom(-1, 0, 1, 2 * MINUTE))
  .map(([length, off]) => length + off);
const before = fc.tuple(edge, fc.integer({ min: 0, max: 9 })).map(([age, dice]) => T0 - (dice < 6 ? 0 : age));

const proof = fc.record({
  at: edge.map((age) => T0 - age),
  amr: fc.uniqueArray(amr, { minLength: 1, maxLength: 2 }),
  subject: fc.constantFrom({ sub: 'u' }, { sub: 'u' }, { sub: 'u' }, { sub: 'v' }),
  sameBoot: fc.constantFrom(true, true, true, false),
  biometricEpoch: fc.constantFrom('e', 'e', 'e', 'f'),
  consumed: fc.constantFrom(false, false, true),
  longestIdle: fc.constantFrom(0, 5 * MINUTE, HOUR),
});

const usual = <T>(common: T, ...rare: readonly T[]) =>
  fc.oneof({ weight: 9, arbitrary: fc.constant(common) }, { weight: 1, arbitrary: fc.constantFrom(common, ...rare) });

/** A well-typed request for `it`: mostly ordinary, now and then at an edge or in a rare state. */
export const request = fc
  .record({
    now: fc.oneof({ weight: 1, arbitrary: fc.constant(T0) }, { weight: 2, arbitrary: edge.map((age) => T0 + age) }),
    clock: usual('ok', 'unproven_forward', 'unproven_reboot', 'rolled_back', 'untrusted'),
    connectivity: fc.constantFrom('online', 'online', 'offline', 'limited'),
    authState: usual('ACTIVE', 'OFFLINE_STALE', 'REAUTH_REQUIRED', 'REAUTH_REQUIRED', 'LOCKED', 'SIGNED_OUT'),
    lastConfirmedAt: before,
    authTime: before,
    lastActivityAt: before,
    expiresIn: edge,
    verified: usual(true, false),
    present: usual(true, false),
    held: fc.uniqueArray(role, { minLength: 1, maxLength: 3 }),
    fetchedAt: before,
    stepUps: fc.array(proof, { maxLength: 4 }),
    interactive: usual<boolean | undefined>(undefined, true, false),
    raised: usual<string | undefined>(undefined, 'public', 'confidential', 'restricted'),
    policyExpiresIn: usual<number | undefined>(undefined, -1, HOUR),
    issuedAt: before,
  })
  .map((given) => ({
    capability: 'it',
    now: given.now,
    clock: { state: given.clock, provenNow: given.now },
    connectivity: given.connectivity,
    session: {
      authState: given.authState,
      sub: 'u',
      establishedAt: given.authTime,
      lastConfirmedAt: given.lastConfirmedAt,
      authTime: given.authTime,
      lastActivityAt: given.lastActivityAt,
      amr: ['pwd'],
    },
    accessToken: { issuedAt: T0, expiresAt: T0 + HOUR + given.expiresIn, verified: given.verified },
    refreshToken: { present: given.present, idleExpiresAt: T0 + 720 * HOUR },
    permissions: { roles: given.held, fetchedAt: given.fetchedAt, integrity: 'signed' },
    stepUps: given.stepUps,
    device: { compliant: true, storage: 'os', binding: 'unchanged', biometricEpoch: 'e' },
    risk: { level: 'LOW' },
    usage: { it: 0 },
    policy: {
      issuedAt: given.issuedAt,
      ...(given.policyExpiresIn === undefined ? {} : { expiresAt: T0 + given.policyExpiresIn }),
    },
    ...(given.interactive === undefined ? {} : { interactive: given.interactive }),
    ...(given.raised === undefined ? {} : { resource: { sensitivity: given.raised } }),
  }));
