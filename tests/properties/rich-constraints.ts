/** Constraints of every kind, biased so that ordinary requests meet most of them. */
import fc from 'fast-check';
import { condition } from './rich-conditions.ts';

export const KINDS = [
  'maxAge',
  'online',
  'token',
  'stepUp',
  'assurance',
  'grant',
  'schedule',
  'device',
  'quota',
  'clock',
  'risk',
  'when',
] as const;
export type Kind = (typeof KINDS)[number];

export interface Written {
  readonly kind: string;
  readonly [key: string]: unknown;
}

/** What a place in the document allows besides what is legal everywhere. */
export interface Place {
  readonly kinds: readonly Kind[];
  /** Every capability under the place is a write. */
  readonly writesOnly: boolean;
  /** Every capability under the place reads public or internal data. */
  readonly harmless: boolean;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** Durations as written, with their length in milliseconds. */
export const LIMITS: Readonly<Record<string, number>> = {
  '1ms': 1,
  '90s': 90_000,
  '5m': 5 * MINUTE,
  '1h': HOUR,
  '1h30m': 90 * MINUTE,
  '12h': 12 * HOUR,
  '2d': 48 * HOUR,
  '168h': 168 * HOUR,
};
export const duration = fc.constantFrom('1ms', '90s', '5m', '1h', '1h30m', '12h', '2d', '168h', '168h', '168h');

export const ROLES = ['technician', 'nurse', 'physician'] as const;
export const SCOPES = ['orders:read', 'orders:write'] as const;
export const AMR = ['fpt', 'face', 'pin', 'pwd'] as const;
export const ACR = ['aal1', 'aal2', 'aal3'] as const;
export const ZONES = ['UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kathmandu', 'Australia/Lord_Howe'] as const;

function some<T>(words: readonly T[], least = 1): fc.Arbitrary<readonly T[]> {
  return fc.uniqueArray(fc.constantFrom(...words), { minLength: least, maxLength: words.length });
}
/** An object that leaves out what came out undefined. */
function written(kind: Kind, members: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<Written> {
  return fc.record(members).map((found) => ({
    kind,
    ...Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined)),
  }));
}
function maybe<T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> {
  return fc.option(arbitrary, { nil: undefined, freq: 1 });
}

const maxAge = written('maxAge', {
  of: fc.constantFrom('serverConfirmation', 'authTime', 'permissionSnapshot', 'policyIssue', 'activity'),
  limit: duration,
});
const online = written('online', { token: fc.constantFrom(undefined, 'fresh', 'unexpired') });
const token = written('token', { is: fc.constantFrom('unexpired', 'refreshable') });
const methods = fc.oneof(
  fc.constant({}),
  some(AMR).map((amrAny) => ({ amrAny })),
  some(AMR).map((amrAny) => ({ amrAny })),
  some(AMR).map((amrAll) => ({ amrAll })),
);
const unlock = fc.constantFrom({}, {}, {}, { acceptDeviceUnlock: '5m' }, { acceptDeviceUnlock: '90s' });
const recency = fc.oneof(
  fc.tuple(duration, unlock).map(([length, also]) => ({ maxAge: length, ...also })),
  fc.tuple(duration, unlock).map(([length, also]) => ({ maxIdle: length, ...also })),
  fc.constant({ everyUse: true }),
);
const stepUp = fc
  .tuple(methods, recency, fc.constantFrom({}, {}, { surviveReboot: true }, { surviveReboot: false }))
  .map((parts): Written => Object.assign({ kind: 'stepUp' }, ...parts) as Written);
const assurance = written('assurance', { acrAny: some(ACR), amrAll: maybe(some(AMR.slice(1, 3))) });

function grant({ writesOnly }: Place): fc.Arbitrary<Written> {
  const list = fc.oneof(
    some(ROLES).map((rolesAny) => ({ rolesAny })),
    some(ROLES).map((rolesAll) => ({ rolesAll })),
    some(SCOPES).map((scopesAll) => ({ scopesAll })),
  );
  const rest = written('grant', {
    maxAge: maybe(duration),
    integrity: fc.constantFrom(undefined, 'signed'),
    onMissing: fc.constantFrom(undefined, 'deny', ...(writesOnly ? ['readOnly', 'readOnly'] : [])),
  });
  return fc.tuple(rest, list).map(([one, other]) => ({ ...one, ...other }));
}

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const hours = fc.constantFrom(
  ['00:00', '24:00'],
  ['00:00', '24:00'],
  ['00:00', '24:00'],
  ['04:00', '23:59'],
  ['06:00', '22:00'],
  ['08:30', '12:00'],
  ['22:00', '06:00'],
  ['23:30', '00:00'],
  ['01:59', '03:00'],
);
const window = fc
  .tuple(fc.oneof(fc.constant(DAYS), fc.constant(DAYS), some(DAYS)), hours)
  .map(([days, [start, end]]) => ({ days, start, end }));
const exception = fc.constantFrom('2026-03-01', '2026-03-29', { from: '2026-03-02', to: '2026-03-04' });

function schedule({ harmless }: Place): fc.Arbitrary<Written> {
  return written('schedule', {
    timeZone: fc.constantFrom(...ZONES, ...(harmless ? Array<string>(8).fill('device') : [])),
    windows: fc.array(window, { minLength: 1, maxLength: 3 }),
    except: maybe(fc.uniqueArray(exception, { maxLength: 2 })),
  });
}

const deviceParts = { compliant: true, storageAtLeast: 'os', binding: 'unchanged' } as const;
const device = fc
  .tuple(
    some(['compliant', 'storageAtLeast', 'binding'] as const),
    fc.constantFrom('plain', 'encrypted', 'os', 'hardware', 'hardware'),
  )
  .map(([parts, storage]) => ({
    kind: 'device',
    ...Object.fromEntries(parts.map((part) => [part, part === 'storageAtLeast' ? storage : deviceParts[part]])),
  }));
const quota = written('quota', { limit: fc.constantFrom(1, 2, 200), per: fc.constant('offlinePeriod') });
const clock = written('clock', { is: fc.constantFrom('trusted', 'proven') });
const risk = written('risk', { atMost: fc.constantFrom('LOW', 'MEDIUM') });
const when = condition.map((conditions): Written => ({ kind: 'when', conditions }));

function leaf(place: Place): fc.Arbitrary<Written> {
  const all: Readonly<Record<Kind, fc.Arbitrary<Written>>> = {
    maxAge,
    online,
    token,
    stepUp,
    assurance,
    grant: grant(place),
    schedule: schedule(place),
    device,
    quota,
    clock,
    risk,
    when,
  };
  const weight = (kind: Kind) => (kind === 'stepUp' ? 5 : kind === 'maxAge' ? 2 : 1);
  return fc.oneof(...place.kinds.map((kind) => ({ weight: weight(kind), arbitrary: all[kind] })));
}

/** One constraint, now and then a group of groups. */
export function constraint(place: Place): fc.Arbitrary<Written> {
  return fc.letrec<{ node: Written }>((tie) => ({
    node: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      { weight: 6, arbitrary: leaf(place) },
      {
        weight: 2,
        arbitrary: fc.record({
          kind: fc.constantFrom('anyOf', 'anyOf', 'allOf'),
          of: fc.array(tie('node'), { minLength: 1, maxLength: 3, size: 'medium' }),
        }),
      },
    ),
  })).node;
}
