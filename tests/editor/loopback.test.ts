import { isLoopback } from '$lib/server/loopback.ts';
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
