import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { compile, decide, type Request } from 'latchkey';
import { evaluate, evaluationOf, requestOf, responseOf, type EvaluationRequest } from 'latchkey/interop/authzen';
import { load } from 'latchkey/load';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { policyDocument, request as arbitraryRequest } from '../properties/arbitraries.ts';

// The schemas carry `example`, which is no keyword of JSON Schema.
const ajv = new Ajv2020({ strict: false });
const schema = (part: string): object =>
  JSON.parse(readFileSync(`tests/authzen/evaluation-${part}.schema.json`, 'utf8')) as object;
const validRequest = ajv.compile(schema('request'));
const validResponse = ajv.compile(schema('response'));

function programOf(document: object) {
  const loaded = load(JSON.stringify({ language: 1, id: 'view', version: 3, ...document }));
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.diagnostics));
  return compile(loaded.value.policy);
}

const tiers = [{ id: 'desk', sensitivity: 'internal', require: [] }];
const capability = (id: string, require: readonly object[], more: object = {}) => ({
  ...{ id, tier: 'desk', access: 'read', require },
  ...more,
});
const program = programOf({
  tiers,
  capabilities: [
    capability('open', []),
    capability('queued', [], { access: 'write', serverBound: true, offline: 'enqueue' }),
    capability('fingerprint', [{ kind: 'stepUp', amrAny: ['fpt', 'face'], maxAge: '12h' }]),
    capability('idle', [{ kind: 'stepUp', amrAll: ['pin'], maxIdle: '1500ms' }]),
    capability('each', [{ kind: 'stepUp', everyUse: true }]),
    capability('strong', [{ kind: 'assurance', acrAny: ['aal2', 'aal3'], amrAll: ['hwk'] }]),
    capability('both', [
      { kind: 'assurance', acrAny: ['aal2', 'aal3'] },
      { kind: 'assurance', acrAny: ['aal3'] },
      { kind: 'stepUp', amrAny: ['fpt'], maxAge: '1h' },
      { kind: 'stepUp', amrAny: ['fpt', 'pin'], maxAge: '5m' },
    ]),
    capability('online', [{ kind: 'online' }, { kind: 'grant', rolesAny: ['lead'] }]),
  ],
});
const NOW = Date.parse('2026-03-02T08:00:00.000Z');
const facts: Omit<Request, 'capability' | 'resource'> = {
  now: NOW,
  clock: { state: 'ok' },
  connectivity: 'online',
  session: { authState: 'ACTIVE', iss: 'https://id.example', sub: 'u-1', tenant: 'acme', lastConfirmedAt: NOW },
  permissions: { roles: ['nurse'] },
};
const asking = (name: string, more: object = {}): EvaluationRequest => ({
  subject: { type: 'user', id: 'u-1' },
  resource: { type: 'order', id: '4711' },
  action: { name },
  ...more,
});

describe('a response', () => {
  test.each([
    ['a permit is `true` and says no more', 'open', facts, { decision: true }],
    [
      'obligations carry an id, their type, and what else they hold',
      'queued',
      { ...facts, connectivity: 'offline' as const },
      { decision: true, context: { obligations: [{ id: 'view@3#1', type: 'enqueue', properties: {} }] } },
    ],
    [
      'a step-up asks for its methods and the age of the proof in seconds',
      'fingerprint',
      facts,
      {
        decision: false,
        context: {
          amr_values: 'fpt face',
          max_age: 43_200,
          obligations: [{ id: 'view@3#1', type: 'step-up', properties: { amr_any: ['fpt', 'face'], max_age: 43_200 } }],
        },
      },
    ],
    [
      'a fraction of a second is not rounded up',
      'idle',
      facts,
      {
        decision: false,
        context: {
          amr_values: 'pin',
          max_age: 1,
          obligations: [{ id: 'view@3#1', type: 'step-up', properties: { amr_all: ['pin'], max_age: 1 } }],
        },
      },
    ],
    [
      'a proof for every use is good for five minutes, of whatever method',
      'each',
      facts,
      {
        decision: false,
        context: { max_age: 300, obligations: [{ id: 'view@3#1', type: 'step-up', properties: { max_age: 300 } }] },
      },
    ],
    [
      'assurance asks for its classes',
      'strong',
      facts,
      {
        decision: false,
        context: {
          acr_values: 'aal2 aal3',
          amr_values: 'hwk',
          obligations: [
            { id: 'view@3#1', type: 'step-up', properties: { acr_any: ['aal2', 'aal3'], amr_all: ['hwk'] } },
          ],
        },
      },
    ],
    [
      'several demands are summed up so that meeting the summary meets them all, and listed one by one',
      'both',
      facts,
      {
        decision: false,
        context: {
          acr_values: 'aal3',
          amr_values: 'fpt pin',
          max_age: 300,
          obligations: [
            { id: 'view@3#1', type: 'step-up', properties: { acr_any: ['aal2', 'aal3'] } },
            { id: 'view@3#2', type: 'step-up', properties: { acr_any: ['aal3'] } },
            { id: 'view@3#3', type: 'step-up', properties: { amr_any: ['fpt'], max_age: 3600 } },
            { id: 'view@3#4', type: 'step-up', properties: { amr_any: ['fpt', 'pin'], max_age: 300 } },
          ],
        },
      },
    ],
    [
      'a deny says every code with its place to administrators, and the first in words to the person',
      'online',
      { ...facts, connectivity: 'offline' as const },
      {
        decision: false,
        context: {
          reason_admin: {
            en: 'permission_missing at /capabilities/7/require/1; online_required at /capabilities/7/require/0',
          },
          reason_user: { en: 'You do not have permission' },
        },
      },
    ],
  ])('%s', (_, name, given, expected) => {
    const response = evaluate(program, asking(name), given);
    expect(response).toEqual(expected);
    expect(validResponse(response)).toBe(true);
  });

  test('the app’s own words stand beside the English ones, by language', () => {
    const catalogues = { de: { permission_missing: 'Keine Berechtigung' } };
    const { context } = evaluate(program, asking('online'), facts, { catalogues });
    expect(context?.reason_user).toMatchObject({ de: 'Keine Berechtigung' });
    expect(context?.reason_user?.['en']).not.toBe('Keine Berechtigung');
  });

  test('a policy that only reports says so, and asks for nothing', () => {
    const reporting = programOf({
      mode: 'report_only',
      tiers,
      capabilities: [capability('each', [{ kind: 'stepUp', everyUse: true }])],
    });
    expect(evaluate(reporting, asking('each'), facts)).toEqual({
      decision: false,
      context: { max_age: 300, mode: 'report_only' },
    });
  });
});

describe('what the asking side says', () => {
  const codes = (evaluation: unknown, given = facts) =>
    evaluate(program, evaluation, given).context?.reason_admin?.['en'];

  test.each([
    ['another person', asking('open', { subject: { type: 'user', id: 'u-2' } })],
    ['the same id of another type', asking('open', { subject: { type: 'machine', id: 'u-1' } })],
    [
      'the same id at another issuer',
      asking('open', { subject: { type: 'user', id: 'u-1', properties: { iss: 'x' } } }),
    ],
    [
      'the same id in another tenant',
      asking('open', { subject: { type: 'user', id: 'u-1', properties: { tenant: 'x' } } }),
    ],
    ['nobody', { ...asking('open'), subject: undefined }],
    ['something that is no evaluation', 'open'],
  ])('%s is not the account that is signed in', (_, evaluation) => {
    expect(codes(evaluation)).toBe('account_mismatch');
  });

  test('without a session it is the decision that says no', () => {
    const nobody = Object.fromEntries(Object.entries(facts).filter(([key]) => key !== 'session')) as typeof facts;
    expect(codes(asking('open'), nobody)).toBe('never_authenticated');
  });

  test.each([
    ['an action that is not named in text', { ...asking('open'), action: { name: 7 } }, 'unknown_capability'],
    ['no action', { ...asking('open'), action: undefined }, 'unknown_capability'],
    ['no resource', { ...asking('open'), resource: undefined }, 'fact_invalid'],
    ['a resource without an id', asking('open', { resource: { type: 'order' } }), 'fact_invalid'],
    [
      'properties that are none',
      asking('open', { resource: { type: 'order', id: '1', properties: 'x' } }),
      'fact_invalid',
    ],
    [
      'a sensitivity that there is not',
      asking('open', { resource: { type: 'order', id: '1', properties: { sensitivity: 'low' } } }),
      'fact_invalid',
    ],
  ])('%s opens nothing', (_, evaluation, code) => {
    expect(evaluate(program, evaluation, facts).decision).toBe(false);
    expect(codes(evaluation)).toContain(code);
  });

  test('the resource is asked about, with a sensitivity that can only raise', () => {
    const resource = { type: 'order', id: '4711', properties: { sensitivity: 'restricted', owner: 'u-9' } };
    expect(requestOf(asking('open', { resource }), facts).resource).toEqual({
      ...{ type: 'order', id: '4711', sensitivity: 'restricted' },
    });
  });

  test('of the context only that nobody can be asked is believed', () => {
    const context = { interactive: false, connectivity: 'online', now: 0, time: '1985-10-26T01:22:00Z' };
    const request = requestOf(asking('open', { context }), { ...facts, connectivity: 'offline' });
    expect(request).toMatchObject({ interactive: false, connectivity: 'offline', now: NOW });
    expect(
      requestOf(asking('open', { context: { interactive: true } }), { ...facts, interactive: false }).interactive,
    ).toBe(false);
  });

  test('a capability about no resource goes out as one of its own, and comes back', () => {
    const request: Request = { ...facts, capability: 'open' };
    const evaluation = evaluationOf(request);
    expect(evaluation.resource).toEqual({ type: 'capability', id: 'open' });
    expect(requestOf(evaluation, facts).resource).toEqual({});
  });
});

test('every evaluation and every response is one of AuthZEN 1.0, and says what the decision says', () => {
  const asked = fc.property(policyDocument, arbitraryRequest, (document, made) => {
    const loaded = load(JSON.stringify(document));
    if (!loaded.ok) return;
    const each = compile(loaded.value.policy);
    const request = made as Request;
    const decision = decide(each, request);
    const response = responseOf(each, decision);
    expect(validResponse(JSON.parse(JSON.stringify(response)))).toBe(true);
    expect(response.decision).toBe(decision.outcome === 'permit');
    expect(response.context?.reason_admin === undefined).toBe(decision.outcome !== 'deny');
  });
  fc.assert(asked, { numRuns: 500, seed: 20_261_120 });
  for (const name of ['open', 'online']) {
    const evaluation = evaluationOf({ ...facts, capability: name, resource: { type: 'order', sensitivity: 'public' } });
    expect(validRequest(evaluation)).toBe(true);
  }
});
