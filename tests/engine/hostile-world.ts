/** A policy that asks for every fact, a request that meets it, and ways to spoil both. */
import { compile, type Program, type Request } from 'latchkey';
import { load } from 'latchkey/load';

const NOW = Date.parse('2026-03-01T08:00:00.000Z');
const HOUR = 3_600_000;
const CAPABILITY = 'everything.do';

const DOCUMENT = {
  language: 1,
  id: 'everything',
  version: 1,
  facts: {
    job: { type: 'number' },
    region: { type: 'string' },
    tags: { type: 'string[]' },
    urgent: { type: 'boolean' },
  },
  guards: [
    { kind: 'maxAge', of: 'serverConfirmation', limit: '7d' },
    { kind: 'device', compliant: true, storageAtLeast: 'os', binding: 'unchanged' },
    { kind: 'clock', is: 'proven' },
    { kind: 'risk', atMost: 'MEDIUM' },
  ],
  sensitivity: { internal: [{ kind: 'maxAge', of: 'authTime', limit: '12h' }] },
  tiers: [{ id: 'all', sensitivity: 'internal', require: [{ kind: 'online', token: 'fresh' }] }],
  capabilities: [
    {
      id: CAPABILITY,
      tier: 'all',
      access: 'write',
      serverBound: true,
      require: [
        { kind: 'token', is: 'unexpired' },
        { kind: 'token', is: 'refreshable' },
        { kind: 'maxAge', of: 'permissionSnapshot', limit: '8h' },
        { kind: 'maxAge', of: 'policyIssue', limit: '30d' },
        { kind: 'maxAge', of: 'activity', limit: '1h' },
        { kind: 'stepUp', amrAny: ['fpt'], maxAge: '12h' },
        { kind: 'stepUp', amrAll: ['fpt'], maxIdle: '15m' },
        { kind: 'stepUp', everyUse: true },
        { kind: 'assurance', acrAny: ['urn:example:aal2'], amrAll: ['hwk'] },
        { kind: 'grant', rolesAny: ['nurse'], integrity: 'signed', maxAge: '8h' },
        { kind: 'grant', scopesAll: ['read'] },
        {
          kind: 'schedule',
          timeZone: 'Europe/Berlin',
          windows: [{ days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'], start: '06:00', end: '22:00' }],
        },
        { kind: 'quota', limit: 3, per: 'offlinePeriod' },
        {
          kind: 'when',
          conditions: {
            all: [
              { fact: 'job', operator: 'equal', value: 0 },
              { fact: 'region', operator: 'notEqual', value: 'south' },
              { fact: 'tags', operator: 'contains', value: 'vip' },
              { not: { fact: 'urgent', operator: 'equal', value: true } },
            ],
          },
        },
        {
          kind: 'anyOf',
          of: [
            { kind: 'allOf', of: [{ kind: 'online' }, { kind: 'device', storageAtLeast: 'encrypted' }] },
            { kind: 'risk', atMost: 'LOW' },
          ],
        },
      ],
    },
  ],
  wipe: { scope: 'account', method: 'cryptoShred', when: [{ maxAge: '72h', evidence: 'provenOrFailedReauth' }] },
  warn: [{ of: 'authTime', after: '6h' }],
};

function programOf(document: object): Program {
  const loaded = load(JSON.stringify(document));
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.diagnostics));
  return compile(loaded.value.policy);
}

/** The policy, compiled. */
export function programOfEverything(): Program {
  return programOf(DOCUMENT);
}

/** A policy whose only capability, `either`, asks for the network or for a fact named `job`. */
export function programOfBranches(): Program {
  const when = { kind: 'when', conditions: { all: [{ fact: 'job', operator: 'equal', value: 1 }] } };
  return programOf({
    language: 1,
    id: 'branches',
    version: 1,
    facts: { job: { type: 'number' } },
    tiers: [{ id: 'all', sensitivity: 'public', require: [] }],
    capabilities: [
      { id: 'either', tier: 'all', access: 'read', require: [{ kind: 'anyOf', of: [{ kind: 'online' }, when] }] },
    ],
  });
}

/** A new request that meets the policy in every fact. */
export function requestForEverything(): Request {
  return {
    capability: CAPABILITY,
    now: NOW,
    clock: { state: 'ok' },
    connectivity: 'online',
    session: {
      authState: 'ACTIVE',
      sub: 'u-1',
      tenant: 'acme',
      lastConfirmedAt: NOW,
      authTime: NOW,
      lastActivityAt: NOW,
      acr: 'urn:example:aal2',
      amr: ['pwd', 'hwk'],
    },
    accessToken: { expiresAt: NOW + HOUR, verified: true },
    refreshToken: { present: true },
    permissions: { roles: ['nurse'], scopes: ['read'], fetchedAt: NOW, integrity: 'signed' },
    stepUps: [
      {
        at: NOW,
        amr: ['fpt'],
        subject: { sub: 'u-1', tenant: 'acme' },
        sameBoot: true,
        biometricEpoch: 'e1',
        consumed: false,
      },
    ],
    device: { compliant: true, storage: 'os', binding: 'unchanged', biometricEpoch: 'e1' },
    risk: { level: 'LOW' },
    usage: { [CAPABILITY]: 0 },
    policy: { issuedAt: NOW },
    facts: { job: -0, region: 'north', tags: ['vip'], urgent: false },
  };
}

/** A JSON Pointer without escapes to every member of a value, lists and objects included. */
export function pointersOf(value: unknown, base = ''): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => [`${base}/${key}`, ...pointersOf(each, `${base}/${key}`)]);
}

type Holder = Record<string, unknown>;

/** The object that holds what a pointer leads to, and the key it holds it under. */
export function holderOf(root: unknown, pointer: string): { readonly holder: Holder; readonly key: string } {
  const keys = pointer.split('/').slice(1);
  const key = keys.pop() ?? '';
  return { holder: keys.reduce((holder, each) => holder[each] as Holder, root as Holder), key };
}

/** What a pointer leads to. */
export function valueAt(root: unknown, pointer: string): unknown {
  const { holder, key } = holderOf(root, pointer);
  return holder[key];
}

/** The same value, frozen all the way down. */
export function frozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  Object.freeze(value);
  for (const each of Object.values(value)) frozen(each);
  return value;
}

/** What `act` answers while `Object.prototype` has one member more. */
export function polluted<T>(name: string, value: unknown, enumerable: boolean, act: () => T): T {
  const before = Object.getOwnPropertyDescriptor(Object.prototype, name);
  Object.defineProperty(Object.prototype, name, { value, enumerable, writable: true, configurable: true });
  try {
    return act();
  } finally {
    if (before === undefined) Reflect.deleteProperty(Object.prototype, name);
    else Object.defineProperty(Object.prototype, name, before);
  }
}
