import type { AuthState } from 'latchkey';
import type { Account, Effect, Session, SessionEvent } from 'latchkey/session';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { policyWith, programOf, Story } from '../engine/story.ts';

const PROGRAM = programOf(
  policyWith({
    capabilities: [
      { id: 'note.read', tier: 't', access: 'read' },
      { id: 'drug.order', tier: 't', access: 'write', require: [{ kind: 'stepUp', everyUse: true }] },
    ],
    wipe: {
      scope: 'account',
      method: 'cryptoShred',
      when: [{ event: 'account-disabled' }, { failedStepUps: 2 }, { maxAge: '12h', evidence: 'provenOrFailedReauth' }],
    },
  }),
);

const WEIGHT: Readonly<Record<AuthState, number>> = {
  ACTIVE: 0,
  OFFLINE_STALE: 1,
  REAUTH_REQUIRED: 2,
  SIGNED_OUT: 3,
  LOCKED: 4,
};

const TYPES = [
  'session-established',
  'token-refresh',
  'step-up',
  'permission-snapshot',
  'attempt',
  'user-activity',
  'sign-out',
  'account-switch',
  'account-disabled',
  'account-purged',
  'account-enabled',
  'session-revoked',
  'credential-change',
  'credential-compromise',
  'token-claims-change',
  'assurance-level-change',
  'risk-level-change',
  'device-compliance-change',
  'connectivity-change',
  'clock-change',
  'time-zone-change',
  'policy-activated',
  'facts-change',
  'sleep',
  'wake',
  'reboot',
  'app-restart',
  'app-foreground',
  'app-background',
  'biometric-change',
  'storage-lost',
  'session-presented',
  'other-sign-in',
  'command-enqueue',
  'command-execute',
  'command-result',
];

const MEMBERS = [
  ...['iss', 'sub', 'tenant', 'amr', 'acr', 'roles', 'scopes', 'tokens', 'result', 'persisted', 'integrity', 'mode'],
  ...['cause', 'to', 'level', 'compliant', 'set', 'unset', 'change', 'jti', 'eventTimestamp', 'subject', 'capability'],
  ...['resource', 'interactive', 'issuedAt', 'expiresAt', 'version', 'delta'],
];

/** JSON of the shape of an event, most of it wrong. */
const eventShaped = fc
  .tuple(fc.constantFrom(...TYPES), fc.dictionary(fc.constantFrom(...MEMBERS), fc.jsonValue()))
  .map(([type, members]) => ({ ...members, type }) as unknown as SessionEvent);

const FIRST = { sub: 'u-1' };
const person = fc.oneof(
  { weight: 3, arbitrary: fc.constant(FIRST) },
  { weight: 1, arbitrary: fc.constant({ sub: 'u-2', tenant: 'acme' }) },
);
const methods = fc.subarray(['fpt', 'pin', 'face'], { minLength: 1 });
const roles = fc.option(fc.subarray(['nurse', 'admin']), { nil: undefined });
const result = fc.constantFrom(
  ...['ok', 'ok', 'ok', 'transient', 'invalid', 'reuse_detected', 'account_disabled', 'configuration', 'discarded'],
);

/** Events as they really come; signing in and refreshing often enough that much is open. */
const sound = fc.oneof(
  { weight: 3, arbitrary: fc.record({ who: person, roles }).map(({ who, roles }) => signedIn(who, roles)) },
  { weight: 3, arbitrary: result.map((result) => ({ type: 'token-refresh', result })) },
  {
    weight: 3,
    arbitrary: fc
      .tuple(fc.constantFrom('ok', 'failed'), methods)
      .map(([result, amr]) => ({ type: 'step-up', result, amr })),
  },
  {
    weight: 3,
    arbitrary: fc.constantFrom('note.read', 'drug.order').map((capability) => ({ type: 'attempt', capability })),
  },
  { weight: 1, arbitrary: roles.map((roles) => ({ type: 'permission-snapshot', roles, integrity: 'signed' })) },
  { weight: 1, arbitrary: roles.map((roles) => ({ type: 'token-claims-change', roles })) },
  { weight: 1, arbitrary: person.map((to) => ({ type: 'account-switch', to })) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('soft', 'hard').map((mode) => ({ type: 'sign-out', mode, cause: 'user' })),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(
        fc.constantFrom(
          'account-disabled',
          'account-enabled',
          'account-enabled',
          'session-revoked',
          'credential-change',
        ),
        fc.option(person, { nil: undefined }),
      )
      .map(([type, subject]) => ({ type, subject })),
  },
  { weight: 1, arbitrary: fc.constantFrom('reboot', 'app-restart', 'user-activity', 'wake').map((type) => ({ type })) },
  { weight: 1, arbitrary: fc.constantFrom('online', 'offline').map((to) => ({ type: 'connectivity-change', to })) },
);

function signedIn(who: object, roles: readonly string[] | undefined): object {
  const tokens = { accessLifetime: 3_600_000, refreshIdle: 86_400_000 };
  return { type: 'session-established', ...who, amr: ['pwd'], tokens, ...(roles === undefined ? {} : { roles }) };
}

const hours = fc.integer({ min: 0, max: 6 });
const story = fc.array(
  fc.record({
    event: fc.oneof({ weight: 9, arbitrary: sound }, { weight: 1, arbitrary: eventShaped }),
    hours,
    asleep: fc.boolean(),
    ahead: fc.option(fc.integer({ min: -48, max: 48 }), { freq: 8 }),
  }),
  { minLength: 10, maxLength: 50 },
);

interface Moment {
  readonly event: SessionEvent;
  /** Hours awake since the event before, and since the first sign-in: what a monotonic clock counts. */
  readonly awake: number;
  readonly sinceStart: number;
  readonly effects: readonly Effect[];
  readonly before: Session;
  readonly after: Session;
}

/** Plays every step and shows each event with what it did; clock records are brought up to date first. */
function watch(steps: typeof story extends fc.Arbitrary<infer S> ? S : never, see: (moment: Moment) => void): void {
  const told = new Story(PROGRAM).signIn(FIRST);
  let sinceStart = 0;
  for (const { event, hours, asleep, ahead } of steps) {
    const awake = asleep ? 0 : hours;
    sinceStart += awake;
    if (ahead !== null) told.setWall(ahead * 3_600_000);
    if (hours > 0) (asleep ? told.sleep.bind(told) : told.pass.bind(told))(`${hours}h`);
    told.read();
    const before = told.session;
    const effects = told.one(event as SessionEvent);
    see({ event: event as SessionEvent, awake, sinceStart, effects, before, after: told.session });
  }
}

const keyOf = ({ iss, tenant, sub }: Pick<Account, 'iss' | 'tenant' | 'sub'>): string =>
  JSON.stringify([iss, tenant, sub]);

/** Each account that was there before and still is. */
function pairs({ before, after }: Moment): readonly (readonly [Account, Account])[] {
  return before.accounts.flatMap((was) => {
    const is = after.accounts.find((account) => keyOf(account) === keyOf(was));
    return is === undefined ? [] : [[was, is] as const];
  });
}

const confirms = (event: SessionEvent): boolean =>
  event.type === 'session-established' || (event.type === 'token-refresh' && event.result === 'ok');

/** What must have come about before data goes, by what the wipe says it is for. */
const PROOFS: Readonly<Record<string, (moment: Moment, awake: number) => boolean>> = {
  'account-disabled': ({ event }) =>
    event.type === 'account-disabled' || (event.type === 'token-refresh' && event.result === 'account_disabled'),
  failedStepUps: ({ event }) => event.type === 'step-up' && event.result === 'failed',
  provenAge: (_, awake) => awake > 12,
  failedReauthentication: ({ event, before }) =>
    event.type === 'token-refresh' && refusals.includes(event.result) && before.device.connectivity === 'online',
  'sign-out': ({ event }) => event.type === 'sign-out' && event.mode === 'hard',
};
const refusals: readonly string[] = ['invalid', 'reuse_detected', 'account_disabled'];

const ignored = ({ effects }: Moment): boolean => effects.some(({ type }) => type === 'ignored');

// What the stories reach is asserted below, and must not depend on luck.
fc.configureGlobal({ seed: Number(process.env['PROPERTY_SEED'] ?? 20_260_302), numRuns: 200 });

describe('whatever happens', () => {
  test('apply takes any event-shaped JSON, and the session stays JSON', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(eventShaped, sound), { maxLength: 30 }), (events) => {
        const told = new Story(PROGRAM).signIn();
        for (const event of events) told.one(event as SessionEvent);
        expect(JSON.parse(JSON.stringify(told.session))).toStrictEqual(told.session);
      }),
    );
  });

  test('a state gets lighter by a sign-in, or from OFFLINE_STALE by a refresh, and in no other way', () => {
    const left = new Set<AuthState>();
    fc.assert(
      fc.property(story, (steps) =>
        watch(steps, (moment) => {
          for (const [was, is] of pairs(moment)) {
            if (WEIGHT[is.authState] >= WEIGHT[was.authState]) continue;
            left.add(was.authState);
            expect(is.authState).toBe('ACTIVE');
            if (moment.event.type === 'session-established')
              expect(was.authState !== 'LOCKED' || was.enabled).toBe(true);
            else expect([moment.event.type, was.authState]).toEqual(['token-refresh', 'OFFLINE_STALE']);
          }
        }),
      ),
    );
    expect(left, 'every heavier state was left in some story').toEqual(
      new Set(['OFFLINE_STALE', 'REAUTH_REQUIRED', 'SIGNED_OUT', 'LOCKED']),
    );
  });

  test('a wipe is raised at most once between two sign-ins, and on proof only', () => {
    const causes = new Set<string>();
    fc.assert(
      fc.property(story, (steps) => {
        const wiped = new Set<string>();
        const awake = new Map<string, number>();
        watch(steps, (moment) => {
          const { event, effects, before } = moment;
          for (const [key, hours] of awake) awake.set(key, hours + moment.awake);
          for (const effect of effects) {
            if (effect.type !== 'wipe') continue;
            const key = keyOf(effect.subject);
            expect(wiped).not.toContain(key);
            wiped.add(key);
            causes.add(effect.because);
            // The first sign-in of a story is before its steps.
            expect(PROOFS[effect.because]?.(moment, awake.get(key) ?? moment.sinceStart)).toBe(true);
          }
          if (event.type === 'storage-lost') wiped.clear();
          if (ignored(moment) || !confirms(event)) return;
          const confirmed = event.type === 'session-established' ? event : before.accounts[before.selected];
          if (confirmed === undefined) return;
          awake.set(keyOf(confirmed), 0);
          if (event.type === 'session-established') wiped.delete(keyOf(event));
        });
      }),
    );
    expect(causes, 'every cause was met in some story').toEqual(new Set(Object.keys(PROOFS)));
  });

  test('only the server confirms, and only a confirmation restarts the clock', () => {
    fc.assert(
      fc.property(story, (steps) =>
        watch(steps, (moment) => {
          for (const [was, is] of pairs(moment)) {
            if (!ignored(moment) && confirms(moment.event)) continue;
            expect(is.clock).toEqual(was.clock);
            expect([is.lastConfirmedAt, is.authTime]).toEqual([was.lastConfirmedAt, was.authTime]);
          }
        }),
      ),
    );
  });

  test('what comes to nothing changes nothing but for a wipe that was due anyway, and what changes is to be stored', () => {
    fc.assert(
      fc.property(story, (steps) =>
        watch(steps, (moment) => {
          const types = moment.effects.map(({ type }) => type);
          if (types.includes('ignored') && !types.includes('wipe')) expect(moment.after).toEqual(moment.before);
          if (!types.includes('persist')) expect(moment.after).toEqual(moment.before);
        }),
      ),
    );
  });

  test('roles are not regained after a narrowing until the server confirms', () => {
    fc.assert(
      fc.property(story, (steps) =>
        watch(steps, (moment) => {
          if (moment.event.type === 'session-established') return;
          for (const [was, is] of pairs(moment)) {
            if (!was.narrowed && moment.event.type === 'permission-snapshot') continue;
            const gained = (is.permissions?.roles ?? []).filter((role) => !was.permissions?.roles?.includes(role));
            expect(gained).toEqual([]);
          }
        }),
      ),
    );
  });

  test('a request says of each proof no less idle time than there was', () => {
    fc.assert(
      fc.property(story, (steps) =>
        watch(steps, (moment) => {
          for (const [was, is] of pairs(moment))
            for (const proof of is.stepUps) {
              const earlier = was.stepUps.find(({ at, amr }) => at === proof.at && amr.join() === proof.amr.join());
              expect(proof.longestIdle ?? 0).toBeGreaterThanOrEqual(earlier?.longestIdle ?? 0);
              if (earlier?.consumed === true) expect(proof.consumed).toBe(true);
            }
        }),
      ),
    );
  });
});
