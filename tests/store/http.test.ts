import { describe, expect, test } from 'vitest';
import { guard, ownPath, problemResponse, readJson, refusalOf, RequestRate } from '$lib/server/http/index.ts';
import { Refusal } from '$lib/server/refusal.ts';
import type { Role } from '$lib/server/person.ts';

const ORIGIN = 'https://latchkey.example.org';
const HOUSE = { origin: ORIGIN, loopback: false, metricsToken: 'a token for machines' };

function person(role: Role, twoFactor = true) {
  return { id: 'u-1', role, name: 'Ada', email: 'ada@example.org', twoFactor };
}

function asking(route: string | null, more: Partial<Parameters<typeof guard>[0]> = {}) {
  return { method: 'GET', route, search: '', headers: new Headers(), person: null, ...more };
}

function refused(work: () => void): string {
  try {
    work();
  } catch (error) {
    if (error instanceof Refusal) return `${error.status} ${error.code}`;
    throw error;
  }
  return 'allowed';
}

describe('a request', () => {
  test.each([
    ['/healthz', {}, 'allowed'],
    ['/', {}, '401 signed_out'],
    ['/', { person: person('viewer') }, 'allowed'],
    ['/no/such/route', { person: person('admin') }, '404 nothing_here'],
    ['/metrics', {}, '401 signed_out'],
    ['/metrics', { person: person('approver') }, '403 not_allowed'],
    ['/metrics', { person: person('admin') }, 'allowed'],
    ['/metrics', { headers: new Headers({ authorization: 'Bearer a token for machines' }) }, 'allowed'],
    ['/metrics', { headers: new Headers({ authorization: 'Bearer another token' }) }, '401 signed_out'],
    ['/', { person: person('admin', false) }, '403 second_factor_needed'],
    ['/', { person: person('author', false) }, 'allowed'],
    ['/set-up', { method: 'POST' }, '403 other_origin'],
    ['/set-up', { method: 'POST', headers: new Headers({ origin: 'https://evil.example.org' }) }, '403 other_origin'],
    ['/set-up', { method: 'POST', headers: new Headers({ origin: ORIGIN }) }, 'allowed'],
    ['/', { method: 'DELETE', headers: new Headers({ origin: ORIGIN }), person: person('admin') }, '404 nothing_here'],
    [null, {}, 'allowed'],
  ])('to %s with %o is %s', (route, more, answer) => {
    expect(refused(() => guard(asking(route, more), HOUSE))).toBe(answer);
  });

  test('too many from one address are refused with a time to wait, others go on', async () => {
    const rate = new RequestRate(2);
    await rate.count('192.0.2.1');
    await rate.count('192.0.2.1');
    await expect(rate.count('192.0.2.1')).rejects.toMatchObject({ status: 429, code: 'too_many_requests' });
    await expect(rate.count('192.0.2.2')).resolves.toBeUndefined();
  });
});

describe('JSON', () => {
  const send = (body: string, type = 'application/json') =>
    readJson(new Request(ORIGIN, { method: 'POST', body, headers: { 'content-type': type } }));

  test.each([
    ['{"a":1}', 'application/json', { a: 1 }],
    ['{"a":1}', 'application/json; charset=utf-8', { a: 1 }],
  ])('%s is read', async (body, type, value) => {
    await expect(send(body, type)).resolves.toEqual(value);
  });

  test.each([
    ['{"a":1}', 'text/plain', 415],
    ['{"a":', 'application/json', 400],
    ['[1]', 'application/json', 400],
    ['null', 'application/json', 400],
    [`${'['.repeat(5000)}${']'.repeat(5000)}`, 'application/json', 413],
    [`{"a":"${'x'.repeat(9 * 1024 * 1024)}"}`, 'application/json', 413],
    [`{"a":"${'[{'.repeat(100)}"}`, 'application/json', 200],
  ])('%.12s… as %s is answered with %i', async (body, type, status) => {
    await expect(
      send(body, type).then(
        () => 200,
        (error: Refusal) => error.status,
      ),
    ).resolves.toBe(status);
  });
});

test('a refusal is told as problem details and never cached', async () => {
  const response = problemResponse(
    new Refusal(409, 'draft_conflict', 'Somebody else saved.', { theirs: 2, status: 200 }),
  );
  expect(response.status).toBe(409);
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  expect(response.headers.get('cache-control')).toBe('no-store');
  await expect(response.json()).resolves.toEqual({
    ...{ type: 'urn:latchkey:problem:draft_conflict', title: 'Conflict', status: 409, code: 'draft_conflict' },
    ...{ detail: 'Somebody else saved.', theirs: 2 },
  });
});

test.each([
  ['53100', 'could not extend file', 'store_full'],
  ['ERR_SQLITE_ERROR', 'database or disk is full', 'store_full'],
  ['ECONNREFUSED', 'connect ECONNREFUSED', 'store_away'],
  ['57P01', 'terminating connection due to administrator command', 'store_away'],
  ['XX000', 'could not extend file "base/5/16412": File too large', 'store_full'],
  ['ERR_SQLITE_ERROR', 'attempt to write a readonly database', 'store_unwritable'],
  ['25006', 'cannot execute INSERT in a read-only transaction', 'store_unwritable'],
  ['', 'Client has encountered a connection error and is not queryable', 'store_away'],
  ['57014', 'canceling statement due to statement timeout', 'store_away'],
  ['23505', 'duplicate key', undefined],
])('a database that says %s is %s', (code, message, refusal) => {
  expect(refusalOf(Object.assign(new Error(message), { code }))?.code).toBe(refusal);
});

test.each([
  ['/policies/a?timeline=b', '/policies/a?timeline=b'],
  ['//evil.example.org', '/'],
  ['/\\evil.example.org', '/'],
  ['https://evil.example.org', '/'],
  ['/a\nb', '/'],
  ['javascript:alert(1)', '/'],
  [null, '/'],
])('after a sign-in, %s leads to %s', (text, path) => {
  expect(ownPath(text)).toBe(path);
});
