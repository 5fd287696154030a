/** Random timelines that load: events in order, confirmations only where the device is online, edges often. */
import fc from 'fast-check';

const START = '2026-03-02T08:00:00Z';
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const edge = fc
  .tuple(fc.constantFrom(5 * MINUTE, HOUR, 12 * HOUR, 48 * HOUR, 168 * HOUR), fc.constantFrom(-1, 0, 1))
  .map(([length, off]) => length + off);

const gap = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(0, 0, 1, MINUTE, 4 * MINUTE, 20 * MINUTE) },
  { weight: 2, arbitrary: fc.integer({ min: 1, max: 6 * HOUR }) },
  { weight: 1, arbitrary: edge },
);

const roles = fc.uniqueArray(fc.constantFrom('technician', 'nurse'), { maxLength: 2 });
const methods = fc.uniqueArray(fc.constantFrom('fpt', 'face', 'pin'), { minLength: 1, maxLength: 2 });
const delta = fc
  .tuple(fc.boolean(), fc.constantFrom('1m', '5m', '5m1ms', '1h', '12h', '48h', '30d'))
  .map(([back, length]) => (back ? `-${length}` : length));

const facts = fc.record(
  { trained: fc.boolean(), job_value: fc.constantFrom(1, 500, 900), region: fc.constantFrom('north', 'south') },
  { requiredKeys: [] },
);

type Written = Readonly<Record<string, unknown>>;

const attempt = (capabilities: readonly string[]): fc.Arbitrary<Written> =>
  fc.record(
    {
      type: fc.constant('attempt'),
      capability: fc.constantFrom(...capabilities),
      interactive: fc.boolean(),
      resource: fc.record({ sensitivity: fc.constantFrom('public', 'internal', 'confidential', 'restricted') }),
    },
    { requiredKeys: ['type', 'capability'] },
  );

/** What ends or voids something for good is rare, so that stories go on after it. */
const RARE = [
  'account-disabled',
  'account-enabled',
  'session-revoked',
  'credential-change',
  'biometric-change',
  'storage-lost',
  'other-sign-in',
  'app-background',
];

const plain = (type: string): fc.Arbitrary<Written> => fc.constant({ type });

function event(capabilities: readonly string[]): fc.Arbitrary<Written> {
  const stepUp = (result: string): fc.Arbitrary<Written> =>
    fc.record({ type: fc.constant('step-up'), result: fc.constant(result), amr: methods, persisted: fc.boolean() });
  const weighted: readonly (readonly [number, fc.Arbitrary<Written>])[] = [
    [2, roles.map((roles) => ({ type: 'session-established', amr: ['pwd'], roles }))],
    [4, fc.constantFrom('online', 'offline', 'limited').map((to) => ({ type: 'connectivity-change', to }))],
    [4, fc.constant({ type: 'token-refresh', result: 'ok' })],
    [1, fc.constantFrom('transient', 'invalid', 'configuration').map((result) => ({ type: 'token-refresh', result }))],
    [5, stepUp('ok')],
    [1, stepUp('failed')],
    [1, roles.map((roles) => ({ type: 'permission-snapshot', roles, integrity: 'signed' }))],
    [2, delta.map((delta) => ({ type: 'clock-change', delta }))],
    [2, plain('sleep')],
    [2, plain('wake')],
    [2, fc.constantFrom('reboot', 'app-restart', 'user-activity', 'user-activity').map((type) => ({ type }))],
    [1, fc.constantFrom(...RARE).map((type) => ({ type }))],
    [1, fc.constantFrom('LOW', 'MEDIUM', 'HIGH').map((level) => ({ type: 'risk-level-change', level }))],
    [1, fc.boolean().map((compliant) => ({ type: 'device-compliance-change', compliant }))],
    [1, fc.constantFrom('UTC', 'Europe/Berlin').map((to) => ({ type: 'time-zone-change', to }))],
    [1, facts.map((set) => ({ type: 'facts-change', set }))],
    [1, roles.map((roles) => ({ type: 'token-claims-change', roles }))],
    [4, attempt(capabilities)],
  ];
  return fc.oneof(...weighted.map(([weight, arbitrary]) => ({ weight, arbitrary })));
}

interface Placed {
  readonly gap: number;
  readonly event: Written;
}

/** A timeline document on the policy, most often signed in from the start. */
export function storyOn(policy: string, capabilities: readonly string[]): fc.Arbitrary<Written> {
  return fc
    .record({
      signedIn: fc.constantFrom(true, true, true, true, true, true, false),
      proof: fc.option(methods, { nil: undefined }),
      happens: fc.array(fc.record({ gap, event: event(capabilities) }), { maxLength: 14, size: 'max' }),
      rest: fc.oneof(edge, fc.integer({ min: 1, max: 100 * HOUR })),
      accessTokenLifetime: fc.constantFrom('1h', '3m', '10h'),
      refreshIdle: fc.constantFrom('12h', '30d'),
    })
    .map(({ signedIn, proof, happens, rest, accessTokenLifetime, refreshIdle }) => {
      const first: readonly Placed[] = signedIn
        ? [
            { gap: 0, event: { type: 'policy-activated', version: 1, issuedAt: START } },
            { gap: 0, event: { type: 'session-established', amr: ['pwd'], roles: ['technician'] } },
            ...(proof === undefined ? [] : [{ gap: 0, event: { type: 'step-up', result: 'ok', amr: proof } }]),
          ]
        : [];
      const { events, at } = placed([...first, ...happens]);
      return {
        timeline: 1,
        title: 'Random',
        policy,
        start: START,
        until: `${at + rest}ms`,
        session: { sub: 'u' },
        idp: { accessTokenLifetime, refreshIdle },
        events,
      };
    });
}

/** Adds the times up, and brings the network back before whatever needs it. */
function placed(happens: readonly Placed[]): { readonly events: readonly Written[]; readonly at: number } {
  const events: Written[] = [];
  let at = 0;
  let online = true;
  for (const { gap, event } of happens) {
    at += gap;
    const time = at === 0 ? '0s' : `${at}ms`;
    const confirms =
      event['type'] === 'session-established' || (event['result'] === 'ok' && event['type'] === 'token-refresh');
    if (confirms && !online) events.push({ at: time, type: 'connectivity-change', to: 'online' });
    if (event['type'] === 'connectivity-change') online = event['to'] === 'online';
    else if (confirms) online = true;
    events.push({ at: time, ...event });
  }
  return { events, at };
}
