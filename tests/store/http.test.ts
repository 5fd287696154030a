import fc from 'fast-check';
import { visit } from 'jsonc-parser';
import { describe, expect, test } from 'vitest';
import { draftSaveIn } from '$lib/server/draft-requests.ts';
import { withPageHeaders } from '$lib/server/headers.ts';
import { guard, ownPath, readJson, refusalOf, RequestRate } from '$lib/server/http/index.ts';
import { isNestedDeeper } from '$lib/server/nesting.ts';
import { problemResponse } from '$lib/server/problem.ts';
import { Refusal } from '$lib/server/refusal.ts';
import type { Role } from '$lib/server/person.ts';
import { titleIn } from '$lib/server/screens/title.ts';

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
    [null, { headers: new Headers({ accept: 'text/html,*/*' }) }, 'allowed'],
    [null, { headers: new Headers({ accept: '*/*' }) }, '404 nothing_here'],
    [null, {}, '404 nothing_here'],
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

describe('a text inside a request', () => {
  const DEEP = 400_000;

  test.each([
    ['a policy', '['.repeat(DEEP), []],
    ['a timeline', '{}', [{ name: 'a', text: '{"a":'.repeat(DEEP) }]],
    ['brackets behind what looks like a string', `"\n${'['.repeat(DEEP)}`, []],
    ['brackets behind what looks like a string in a comment', `/*"*/${'['.repeat(DEEP)}`, []],
    ['brackets among strays', '[},'.repeat(DEEP), []],
  ])('is refused when nobody could read it: %s', (_what, text, timelines) => {
    expect(refused(() => draftSaveIn({ text, timelines, lockVersion: 1 }))).toBe('413 too_deep');
  });

  test('is kept as it stands when it is merely unfinished, or only speaks of brackets', () => {
    const text = `{"id": "a", "note": "\\"${'[{'.repeat(1_000)}" // ${'['.repeat(1_000)}`;
    expect(draftSaveIn({ text, timelines: [], lockVersion: 1 })).toEqual({ text, timelines: [], lockVersion: 1 });
  });

  test('is never deeper for a reader than it was told to be', () => {
    const soup = fc.array(fc.constantFrom(...'[]{}:,"/\\\n', '/*', '*/', '//', '"a":', '[', '{"a":', '1'), {
      maxLength: 40,
    });
    fc.assert(
      fc.property(soup, fc.nat(4), (parts, most) => {
        const text = parts.join('');
        let [depth, deepest] = [0, 0];
        const enter = () => void (deepest = Math.max(deepest, (depth += 1)));
        const leave = () => void (depth -= 1);
        visit(text, { onObjectBegin: enter, onArrayBegin: enter, onObjectEnd: leave, onArrayEnd: leave });
        return deepest <= most || isNestedDeeper(text, most);
      }),
      { numRuns: 20_000, seed: 20_261_121 },
    );
  });

  test.each([
    ['{"title":"Notes"}', 'Notes'],
    ['{"title":"Notes", oops', 'Notes'],
    ['{"title":" "}', 'notes'],
    ['', 'notes'],
    ['['.repeat(DEEP), 'notes'],
    [`{"title":"Notes","a":${'['.repeat(DEEP)}`, 'notes'],
  ])('%.20s… calls itself %s', (text, title) => {
    expect(titleIn(text, 'notes')).toBe(title);
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
  [ORIGIN, 'max-age=31536000'],
  ['http://127.0.0.1:3000', null],
])('an answer of %s keeps browsers to https with %s', (origin, value) => {
  const { headers } = withPageHeaders(new Response(''), { route: '/', origin });
  expect(headers.get('strict-transport-security')).toBe(value);
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
