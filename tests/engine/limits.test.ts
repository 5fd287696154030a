import { readFileSync } from 'node:fs';
import { load } from 'latchkey/load';
import { limitsOf, type Limit } from 'latchkey/timeline';
import { describe, expect, test } from 'vitest';

type Written = Readonly<Record<string, unknown>>;

function limitsIn(text: string): readonly Limit[] {
  const loaded = load(text);
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.diagnostics));
  return limitsOf(loaded.value.policy);
}

function shipped(id: string): readonly Limit[] {
  return limitsIn(readFileSync(new URL(`../../policies/${id}/1.json`, import.meta.url), 'utf8'));
}

/** The limits of a public read that requires one constraint, without the policy's expiry. */
function limitsUnder(constraint: Written, more: Written = {}): readonly Limit[] {
  const document = {
    language: 1,
    id: 'p',
    version: 1,
    tiers: [{ id: 't', sensitivity: 'public', require: [] }],
    capabilities: [{ id: 'it', tier: 't', access: 'read', require: [constraint] }],
    ...more,
  };
  return limitsIn(JSON.stringify(document)).filter(({ kind }) => kind !== 'policy');
}

/** `measured pointer`, with the length in seconds or the count when there is one. */
function brief({ measured, pointer, length, uses }: Limit): string {
  const size = length === undefined ? uses : `${String(length / 1000)}s`;
  return [measured, pointer, size].filter((part) => part !== undefined).join(' ');
}

const AT = '/capabilities/0/require/0';
const HOURS = { days: ['mon'], start: '08:00', end: '18:00' };

describe('the limits of one constraint', () => {
  test.each<[string, Written, readonly string[]]>([
    ['an age', { kind: 'maxAge', of: 'authTime', limit: '1h' }, [`authTime ${AT}/limit 3600s`]],
    ['a grant’s age', { kind: 'grant', rolesAny: ['r'], maxAge: '1m' }, [`permissionSnapshot ${AT}/maxAge 60s`]],
    ['a grant without age', { kind: 'grant', rolesAny: ['r'] }, []],
    ['a proof’s age', { kind: 'stepUp', maxAge: '12h' }, [`proof ${AT}/maxAge 43200s`]],
    ['a pause', { kind: 'stepUp', maxIdle: '15m' }, [`pause ${AT}/maxIdle 900s`]],
    ['a proof for one use', { kind: 'stepUp', everyUse: true }, [`proof ${AT}/everyUse 300s`]],
    [
      'unlocking instead',
      { kind: 'stepUp', maxAge: '1h', acceptDeviceUnlock: '90s' },
      [`proof ${AT}/maxAge 3600s`, `deviceUnlock ${AT}/acceptDeviceUnlock 90s`],
    ],
    ['a network', { kind: 'online' }, []],
    ['a token', { kind: 'online', token: 'unexpired' }, [`accessTokenExpiry ${AT}/token`]],
    ['a fresh token', { kind: 'online', token: 'fresh' }, ['accessTokenMargin /clock/expiryMargin 120s']],
    ['a token offline', { kind: 'token', is: 'unexpired' }, [`accessTokenExpiry ${AT}/is`]],
    [
      'a refresh token',
      { kind: 'token', is: 'refreshable' },
      [`refreshIdleExpiry ${AT}/is`, `refreshAbsoluteExpiry ${AT}/is`],
    ],
    ['a quota', { kind: 'quota', limit: 200, per: 'offlinePeriod' }, [`uses ${AT}/limit 200`]],
    ['a clock', { kind: 'clock', is: 'proven' }, ['clockDrift /clock/tolerance 300s']],
    [
      'a schedule',
      { kind: 'schedule', timeZone: 'Europe/Berlin', windows: [HOURS], except: ['2026-12-24'] },
      [
        `windowStart ${AT}/windows/0/start`,
        `windowEnd ${AT}/windows/0/end`,
        `exception ${AT}/except/0`,
        'clockDrift /clock/tolerance 300s',
      ],
    ],
    [
      'a schedule that never closes but for an exception',
      {
        kind: 'schedule',
        timeZone: 'UTC',
        windows: [{ days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'], start: '00:00', end: '24:00' }],
        except: [{ from: '2026-12-24', to: '2026-12-26' }],
      },
      [`exception ${AT}/except/0`, 'clockDrift /clock/tolerance 300s'],
    ],
    ['a device', { kind: 'device', compliant: true }, []],
    ['a risk', { kind: 'risk', atMost: 'LOW' }, []],
    ['an assurance', { kind: 'assurance', acrAny: ['aal2'] }, []],
    [
      'groups',
      { kind: 'anyOf', of: [{ kind: 'online' }, { kind: 'allOf', of: [{ kind: 'stepUp', maxAge: '1h' }] }] },
      [`proof ${AT}/of/1/of/0/maxAge 3600s`],
    ],
  ])('of %s', (_, constraint, expected) => {
    expect(limitsUnder(constraint).map(brief)).toEqual(expected);
  });

  test('a condition has one when it reads the state of the clock, under a name too', () => {
    const leaf = { fact: 'clock.state', operator: 'equal', value: 'ok' };
    const other = { fact: 'risk.level', operator: 'equal', value: 'LOW' };
    const named = { conditions: { clear: { all: [leaf] } } };
    const when = (conditions: Written): Written => ({ kind: 'when', conditions });
    expect(limitsUnder(when({ any: [other, { not: leaf }] })).map(brief)).toEqual(['clockDrift /clock/tolerance 300s']);
    expect(limitsUnder(when({ condition: 'clear' }), named).map(({ path }) => path)).toEqual([AT]);
    expect(limitsUnder(when({ all: [other] }))).toEqual([]);
  });
});

describe('the limits of a policy', () => {
  test('a capability has those of guards, tier, sensitivity, its own, warnings, wipe and expiry, in this order', () => {
    const limits = shipped('ward-rounds').filter(({ capability }) => capability === 'patient.view');
    expect(limits.map(({ kind, measured }) => `${kind} ${measured}`)).toEqual([
      'maxAge serverConfirmation',
      'maxAge authTime',
      'stepUp pause',
      'clock clockDrift',
      'grant permissionSnapshot',
      'quota uses',
      'warn serverConfirmation',
      'wipe serverConfirmation',
      'wipe provenConfirmation',
      'policy policyExpiry',
    ]);
  });

  test('a rule for more sensitive data is a limit only of requests for such data', () => {
    const rule = { kind: 'maxAge', of: 'activity', limit: '1h' };
    const limits = limitsUnder({ kind: 'online' }, { sensitivity: { public: [rule], confidential: [rule] } });
    expect(limits.map(({ pointer, raisedTo }) => [pointer, raisedTo])).toEqual([
      ['/sensitivity/public/0/limit', undefined],
      ['/sensitivity/confidential/0/limit', 'confidential'],
    ]);
  });

  test('a warning for other tiers is no limit', () => {
    const warned = shipped('field-service').filter(({ kind }) => kind === 'warn');
    expect(warned.map(({ capability, pointer }) => [capability, pointer])).toEqual([
      ['work_order.view', '/warn/0/after'],
    ]);
  });

  test('the policy’s own expiry stops writes, and reads only of what is confidential', () => {
    const expiries = shipped('field-service').filter(({ measured }) => measured === 'policyExpiry');
    expect(expiries.map(({ capability, raisedTo }) => [capability, raisedTo])).toEqual([
      ['work_order.view', 'confidential'],
      ['work_order.note', undefined],
      ['work_order.photo', undefined],
      ['work_order.complete', undefined],
    ]);
  });

  test('every pointer leads to something, but for defaults and the policy’s expiry', () => {
    for (const id of ['field-service', 'songbook', 'ward-rounds']) {
      const document = JSON.parse(
        readFileSync(new URL(`../../policies/${id}/1.json`, import.meta.url), 'utf8'),
      ) as unknown;
      const lost = shipped(id)
        .map(({ pointer }) => pointer)
        .filter((pointer) => !pointer.startsWith('/clock/') && pointedAt(document, pointer) === undefined);
      expect(lost).toEqual([]);
    }
  });
});

function pointedAt(document: unknown, pointer: string): unknown {
  return pointer
    .split('/')
    .slice(1)
    .reduce<unknown>((value, key) => (value as Written | undefined)?.[key], document);
}
