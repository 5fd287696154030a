import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { reasonOf } from '$lib/server/reason-of.ts';
import { running, stopRunning } from '$lib/server/running.ts';

describe('a server that is started', () => {
  let folder: string;
  let env: Record<string, string>;
  let printed: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'latchkey-running-'));
    env = {
      HOST: '127.0.0.1',
      LATCHKEY_DATA: path.join(folder, 'data'),
      LATCHKEY_POLICIES: path.join(folder, 'policies'),
    };
    printed = '';
    vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
      printed += String(text);
      return true;
    });
  });
  afterEach(async () => {
    vi.restoreAllMocks();
    await stopRunning();
    rmSync(folder, { recursive: true, force: true });
  });

  const failed = async (more: Record<string, string>) =>
    running({ ...env, ...more }).then(
      () => 'started',
      (error: unknown) => reasonOf(error),
    );

  test.each([
    [{}, 'http://127.0.0.1:3000', true],
    [{ PORT: '4000', LATCHKEY_ORIGIN: '', DATABASE_URL: '' }, 'http://127.0.0.1:4000', true],
    [{ HOST: '::1', PORT: '4000' }, 'http://[::1]:4000', true],
    [{ HOST: 'localhost', ORIGIN: 'http://localhost:4000/' }, 'http://localhost:4000', true],
    [{ LATCHKEY_ORIGIN: 'https://l.example.org', ORIGIN: 'http://127.0.0.1:1' }, 'https://l.example.org', false],
    [{ HOST: '0.0.0.0', LATCHKEY_ORIGIN: 'https://l.example.org' }, 'https://l.example.org', false],
    [{ HOST: '0.0.0.0', LATCHKEY_ORIGIN: 'http://127.0.0.1:4000' }, 'http://127.0.0.1:4000', false],
  ])('with %o is at %s; only this machine reaches it: %s', async (more, origin, loopback) => {
    expect(await running({ ...env, ...more })).toMatchObject({ origin, loopback, store: { kind: 'sqlite' } });
    expect(printed).toContain(`${origin}/set-up?token=`);
  });

  test.each([
    [{ HOST: '' }, /HOST is not set.*`latchkey-server start`/],
    [{ HOST: '', LATCHKEY_ORIGIN: 'http://127.0.0.1:3000' }, /HOST is not set/],
    [{ HOST: '0.0.0.0' }, /listens on 0\.0\.0\.0, where others can reach it.*set LATCHKEY_ORIGIN/],
    [{ HOST: '::' }, /listens on \[::\], where others can reach it/],
    [{ HOST: '192.0.2.1', LATCHKEY_ORIGIN: 'latchkey.example.org' }, /`latchkey\.example\.org`, which is no origin/],
    [{ LATCHKEY_ORIGIN: 'file:///tmp' }, /no origin/],
  ])('with %o does not start, and makes nothing', async (more, why) => {
    expect(await failed(more)).toMatch(why);
    expect(readdirSync(folder)).toEqual([]);
    expect(printed).toBe('');
  });

  test('without its database says where to look', async () => {
    const address = 'postgres://me@127.0.0.1:1/latchkey';
    expect(await failed({ DATABASE_URL: address })).toMatch(/ECONNREFUSED.*Is PostgreSQL running/);
  });
});
