import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decide, type Request } from 'latchkey';
import { validateRequest } from '../../engine/generated/validate-request.js';
import { shapeProblems } from '../../engine/schema-errors.ts';
import { parseRfc3339 } from '../../engine/time/rfc3339.ts';
import { programOf, readCases, requestOf, T0 } from './case.ts';

fc.configureGlobal({ seed: Number(process.env['PROPERTY_SEED'] ?? 20_261_120) });

const ROOT = 'tests/conformance/cases';
const files = readdirSync(ROOT, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.json'));
const schemaOf = (name: string): object => JSON.parse(readFileSync(`schemas/${name}.schema.json`, 'utf8')) as object;
const plainRequest = new Ajv2020({ strict: false }).compile(schemaOf('request.v1'));
const plainCase = new Ajv2020({ strict: false }).compile(schemaOf('case.v1'));

/** Every member that a request can have: a type error here is a schema that has fallen behind. */
const WHOLE: Required<Request> = {
  capability: 'note.write',
  resource: { type: 'note', id: 'n-1', sensitivity: 'internal' },
  interactive: true,
  now: T0,
  clock: { state: 'ok', provenNow: T0 },
  connectivity: 'limited',
  session: {
    authState: 'ACTIVE',
    iss: 'https://id.example',
    sub: 'ann',
    tenant: 'acme',
    establishedAt: T0,
    lastConfirmedAt: T0,
    authTime: T0,
    lastActivityAt: T0,
    acr: 'aal2',
    amr: ['pwd', 'otp'],
    cause: 'refreshRejected',
  } satisfies Required<NonNullable<Request['session']>>,
  accessToken: { issuedAt: T0, expiresAt: T0, verified: true } satisfies Required<NonNullable<Request['accessToken']>>,
  refreshToken: { present: true, idleExpiresAt: T0, absoluteExpiresAt: T0 } satisfies Required<
    NonNullable<Request['refreshToken']>
  >,
  permissions: { roles: ['nurse'], scopes: [], fetchedAt: T0, integrity: 'signed' } satisfies Required<
    NonNullable<Request['permissions']>
  >,
  stepUps: [
    {
      at: T0,
      amr: ['face'],
      subject: { iss: 'https://id.example', tenant: 'acme', sub: 'ann' },
      sameBoot: true,
      biometricEpoch: 'e1',
      longestIdle: 0,
      consumed: false,
    } satisfies Required<NonNullable<Request['stepUps']>[number]>,
  ],
  device: {
    compliant: true,
    storage: 'hardware',
    binding: 'unchanged',
    biometricEpoch: 'e1',
    unlockedAt: T0,
    timeZone: 'Europe/Berlin',
  } satisfies Required<NonNullable<Request['device']>>,
  risk: { level: 'LOW' },
  usage: { 'note.write': 3 },
  policy: { issuedAt: T0, expiresAt: T0, freshness: 'fresh' } satisfies Required<NonNullable<Request['policy']>>,
  facts: { urgent: true, job_value: 1.5, colour: 'red', tags: ['a'] },
};

/** Keys of an object by pointer, lists entered, maps left alone. */
function keysOf(value: unknown, at = ''): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((item) => keysOf(item, `${at}/0`));
  if (typeof value !== 'object' || value === null) return [];
  if (at === '/usage' || at === '/facts') return [];
  return Object.entries(value).flatMap(([key, member]) => [`${at}/${key}`, ...keysOf(member, `${at}/${key}`)]);
}

interface Schema {
  readonly $ref?: string;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly $defs?: Readonly<Record<string, Schema>>;
}

function keysOfSchema(root: Schema, schema: Schema, at = ''): readonly string[] {
  const here = schema.$ref === undefined ? schema : (root.$defs?.[schema.$ref.replace('#/$defs/', '')] ?? {});
  if (here.items !== undefined) return keysOfSchema(root, here.items, `${at}/0`);
  return Object.entries(here.properties ?? {}).flatMap(([key, member]) => [
    `${at}/${key}`,
    ...keysOfSchema(root, member, `${at}/${key}`),
  ]);
}

describe('the request’s schema', () => {
  test('has every member of the type, and none besides', () => {
    expect(shapeProblems(validateRequest, WHOLE)).toEqual([]);
    const schema = schemaOf('request.v1') as Schema;
    expect([...keysOfSchema(schema, schema)].sort()).toEqual([...keysOf(WHOLE)].sort());
  });

  test.each(keysOf(WHOLE))('refuses null and an object at %s', (pointer) => {
    const keys = pointer.split('/').slice(1);
    for (const wrong of [null, { odd: null }]) {
      const request = structuredClone(WHOLE) as unknown as Record<string, unknown>;
      const parent = keys.slice(0, -1).reduce((at, key) => at[key] as Record<string, unknown>, request);
      parent[keys.at(-1) ?? ''] = wrong;
      expect(shapeProblems(validateRequest, request)).not.toEqual([]);
      expect(plainRequest(request)).toBe(false);
    }
  });

  test('knows the date-times that `parseRfc3339` reads, calendars aside', () => {
    const part = fc.constantFrom(
      '2026-03-02',
      '2026-13-02',
      '26-03-02',
      'T',
      't',
      ' ',
      '08:00',
      ':00',
      '.5',
      'Z',
      '+01:00',
      '-00:60',
      '24:00',
    );
    const text = fc.array(part, { maxLength: 5 }).map((parts) => parts.join(''));
    const near = fc.constantFrom('2026-03-02T08:00:00Z', '2026-03-02t08:00:00.123456+01:00', '2026-03-02T08:00Z');
    fc.assert(
      fc.property(fc.oneof(text, near), (written) => {
        const valid = shapeProblems(validateRequest, { ...WHOLE, now: written }).length === 0;
        expect(valid).toBe(parseRfc3339(written) !== undefined);
      }),
      { numRuns: 1000 },
    );
  });
});

test.each(files)('%s is read alike by every tool', (file) => {
  expect(plainCase(JSON.parse(readFileSync(join(ROOT, file), 'utf8')))).toBe(true);
});

describe.each(files.sort().flatMap((file) => readCases(join(ROOT, file)).map((found) => [file, found] as const)))(
  '%s',
  (_, found) => {
    const program = programOf(found);

    test(`${found.title}: what is given is well-typed`, () => {
      expect(shapeProblems(validateRequest, { capability: 'any', ...found.given, now: T0 })).toEqual([]);
    });

    test.each(found.requests.map((ask) => [ask.description, ask] as const))(`${found.title}: %s`, (_, ask) => {
      const request = requestOf(found, ask);
      const problems = shapeProblems(validateRequest, request);
      expect(plainRequest(request)).toBe(problems.length === 0);
      const reasons = decide(program, request).reasons.map(({ code }) => code);
      // What is ill-typed to a decision is so to the schema, but for what lies too far ahead and what a policy declares.
      const declared = Object.keys(program.policy.facts).length > 0;
      if (reasons.includes('fact_invalid') && !declared) expect(problems.length > 0 || datedAhead(request)).toBe(true);
    });
  },
);

function datedAhead(value: unknown, now = (value as Request).now): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(
    ([key, member]) => (/(^at|[a-rt-z]At|authTime)$/.test(key) && Number(member) > now) || datedAhead(member, now),
  );
}
