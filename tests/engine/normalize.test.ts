import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { load, normalize, type PolicyDocument } from 'latchkey/load';
import type { Policy } from 'latchkey';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

function policyOf(members: Readonly<Record<string, unknown>>): Policy {
  const tiers = [{ id: 'A', require: [] }];
  const capabilities = [{ id: 'note.write', tier: 'A', access: 'write' }];
  const result = load(JSON.stringify({ language: 1, id: 'sample', version: 1, tiers, capabilities, ...members }));
  if (!result.ok) throw new Error(JSON.stringify(result.diagnostics));
  return result.value.policy;
}

function capability(members: Readonly<Record<string, unknown>>): unknown {
  return policyOf({ capabilities: [{ id: 'c', tier: 'A', access: 'write', ...members }] }).capabilities[0];
}

describe('normalize', () => {
  it('fills in what a document leaves out', () => {
    expect(policyOf({})).toEqual({
      language: 1,
      id: 'sample',
      version: 1,
      mode: 'enforce',
      clock: { tolerance: 5 * MINUTE, expiryMargin: 2 * MINUTE },
      facts: {},
      conditions: {},
      guards: [],
      sensitivity: {},
      tiers: [{ id: 'A', sensitivity: 'restricted', require: [] }],
      capabilities: [{ id: 'note.write', tier: 'A', access: 'write', serverBound: false, require: [] }],
      onState: {},
      warn: [],
    });
  });

  it('forbids what is bound to the server while offline, and says where that was said', () => {
    expect(capability({ serverBound: true })).toMatchObject({
      offline: 'forbid',
      offlinePath: '/capabilities/0/serverBound',
    });
    expect(capability({ serverBound: true, offline: 'enqueue' })).toMatchObject({
      offlinePath: '/capabilities/0/offline',
    });
    expect(capability({ offline: 'forbid' })).toMatchObject({
      serverBound: false,
      offlinePath: '/capabilities/0/offline',
    });
    expect(capability({ serverBound: false })).not.toHaveProperty('offline');
  });

  it('gives every constraint the pointer of where it stands', () => {
    const online = { kind: 'online' };
    const group = { kind: 'anyOf', of: [online, { kind: 'allOf', of: [online] }] };
    const policy = policyOf({
      guards: [online],
      sensitivity: { confidential: [online] },
      tiers: [{ id: 'A', require: [group] }],
      capabilities: [{ id: 'c', tier: 'A', access: 'read', require: [online, online] }],
    });
    const found = JSON.stringify(policy).match(/(?<="path":")[^"]*/g);
    expect(found).toEqual([
      '/guards/0',
      '/sensitivity/confidential/0',
      '/tiers/0/require/0',
      '/tiers/0/require/0/of/0',
      '/tiers/0/require/0/of/1',
      '/tiers/0/require/0/of/1/of/0',
      '/capabilities/0/require/0',
      '/capabilities/0/require/1',
    ]);
  });

  it('turns durations into ms, bare obligations into objects, and numbers warnings and triggers', () => {
    const policy = policyOf({
      clock: { tolerance: '2m' },
      onState: { LOCKED: { obligations: ['lock', { type: 'notify', to: 'admin' }], present: 'blocking' } },
      warn: [{ of: 'serverConfirmation', after: '6h' }],
      wipe: {
        scope: 'account',
        method: 'cryptoShred',
        when: [
          { event: 'account-disabled' },
          { failedStepUps: 5 },
          { maxAge: '72h', evidence: 'provenOrFailedReauth' },
        ],
      },
      notes: { reviewBy: '2027-01-31' },
    });
    expect(policy).toMatchObject({
      clock: { tolerance: 2 * MINUTE, expiryMargin: 2 * MINUTE },
      onState: { LOCKED: { obligations: [{ type: 'lock' }, { type: 'notify', to: 'admin' }], present: 'blocking' } },
      warn: [{ path: '/warn/0', after: 6 * HOUR }],
      wipe: {
        when: [
          { path: '/wipe/when/0', event: 'account-disabled' },
          { path: '/wipe/when/1', failedStepUps: 5 },
          { path: '/wipe/when/2', maxAge: 72 * HOUR },
        ],
      },
      reviewBy: '2027-01-31',
    });
  });

  it('changes nothing the second time', () => {
    const text = readFileSync(new URL('../../policies/field-service/1.json', import.meta.url), 'utf8');
    const result = load(text);
    if (!result.ok) throw new Error('should load');
    expect(normalize(result.value.policy as unknown as PolicyDocument)).toEqual(result.value.policy);
  });
});
