import { expect, test } from 'vitest';
import { openLog } from '$lib/server/http/log.ts';

/** What is written of `fields`, parsed. */
function written(fields: object): Record<string, unknown> {
  const lines: string[] = [];
  openLog('info', { write: (line) => void lines.push(line) }).info(fields, 'said');
  expect(lines).toHaveLength(1);
  return JSON.parse(lines[0] ?? '') as Record<string, unknown>;
}

/** As PostgreSQL refuses a row: what it says beside the message is the row itself. */
class Refused extends Error {
  readonly code = '23505';
  readonly detail = 'Failing row contains (c, u-1, credential, null, HASH-OF-PASSWORD, ada@example.org).';
  readonly where = 'COPY person, line 1: "ada@example.org"';
  readonly parameters = ['ada@example.org'];
  override readonly name = 'DatabaseError';
}

test('of an error, what finds its cause: never the row that a database refused', () => {
  const cause = new Refused('again: ada@example.org');
  const error = new Refused('duplicate key value violates unique constraint "person_email_key"', { cause });
  const line = written({ err: error });
  expect(line['err']).toEqual({
    type: 'DatabaseError',
    errorCode: '23505',
    message: error.message,
    stack: error.stack,
  });
  expect(JSON.stringify(line)).not.toMatch(/ada@example|HASH-OF/);
  expect(written({ err: 'ada@example.org' })['err']).toEqual({ type: 'string' });
});

test.each(['authorization', 'cookie', 'password', 'token', 'secret', 'code', 'text'])('%s is left out', (name) => {
  const line = written({ [name]: 'hidden', request: { [name]: 'hidden', path: '/history' } });
  expect(line).toMatchObject({ [name]: '(left out)', request: { [name]: '(left out)', path: '/history' } });
});
