import { isLoopback, isOurs } from '$lib/server/loopback.ts';
import { expect, test } from 'vitest';

test.each(['localhost', 'localhost:4317', '127.0.0.1:4317', '127.8.9.1', '[::1]:80'])('%s is this machine', (host) => {
  expect(isLoopback(host)).toBe(true);
});

test.each([null, '', 'evil.example', 'localhost.evil.example', '127.0.0.1.evil.example', '0.0.0.0', '10.0.0.1', 'a b'])(
  '%s is not',
  (host) => {
    expect(isLoopback(host)).toBe(false);
  },
);

test.each([
  ['latchkey.example.org', 'https://latchkey.example.org', true],
  ['latchkey.example.org:8443', 'https://latchkey.example.org:8443', true],
  ['evil.example.org', 'https://latchkey.example.org', false],
  ['localhost:4317', 'https://latchkey.example.org', false],
  [null, 'https://latchkey.example.org', false],
  ['localhost:4317', 'http://127.0.0.1:4317', true],
  ['evil.example.org', 'http://127.0.0.1:4317', false],
])('%s is a name of the server at %s: %s', (host, origin, ours) => {
  expect(isOurs(host, origin)).toBe(ours);
});
