import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { main } from '../../editor/command/main.ts';
import { withoutPasswords } from '../../editor/command/place.ts';
import { migrations, verifyStore } from '$lib/server/store/index.ts';
import { logged, openCrew } from './crew.ts';
import { databases, type Place } from './databases.ts';
import { documentOf } from './documents.ts';
import { fillWhole } from './whole-store.ts';

const COMMANDS = ['start', 'backup', 'restore', 'migrate', 'move', 'pull', 'push', 'verify', 'key', 'rescue'];

const matching = (pattern: RegExp): unknown => expect.stringMatching(pattern);

/** Runs one command line in a folder, as if typed there. */
async function typed(
  cwd: string,
  argv: readonly string[],
  env: Record<string, string> = {},
  columns: number | null = null,
) {
  let [stdout, stderr] = ['', ''];
  const code = await main(argv, {
    ...{ env, cwd, columns, now: () => Date.UTC(2026, 3, 1) },
    stdout: (text) => (stdout += text),
    stderr: (text) => (stderr += text),
  });
  return { code, stdout, stderr };
}

describe('latchkey-server', () => {
  test('is there after an install, says its help and its version, and ends with 2 when it is called the wrong way', () => {
    const built = (...argv: string[]) => {
      const command = fileURLToPath(new URL('../../node_modules/.bin/latchkey-server', import.meta.url));
      return execFileSync(process.execPath, [command, ...argv], { encoding: 'utf8', stdio: 'pipe' });
    };
    for (const name of COMMANDS) expect(built('--help')).toContain(`latchkey-server ${name}`);
    expect(built('--version')).toMatch(/^\d+\.\d+\.\d+\n$/);
    expect(() => built()).toThrow(expect.objectContaining({ status: 2 }));
  });

  test.each(COMMANDS)('%s explains itself', async (name) => {
    const { code, stdout, stderr } = await typed('.', [name, '--help']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(new RegExp(`^latchkey-server ${name}: [^]*Options:[^]*--data DIR`));
  });

  test.each([
    [['bakcup'], /no command `bakcup`/],
    [['backup'], /something is missing/],
    [['backup', 'a', 'b'], /`b` is one word too many/],
    [['verify', '--kye', 'x'], /Unknown option '--kye'/],
    [['pull', '--data'], /data/],
  ])('%j is called the wrong way', async (argv, why) => {
    const { code, stdout, stderr } = await typed('.', argv);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(why);
    expect(stderr).toMatch(/Run `latchkey-server .*--help`/);
  });

  test('never prints a password, however it is written', async () => {
    const address = 'postgres://me:p%40ss-word@127.0.0.1:1/latchkey?password=p%40ss-word';
    for (const argv of [['verify'], ['backup', 'x'], ['restore', 'x'], ['migrate', '--check'], ['push'], ['pull']]) {
      const { code, stdout, stderr } = await typed(tmpdir(), argv, { DATABASE_URL: address });
      expect(code).toBe(1);
      expect(stdout + stderr).not.toMatch(/p%40ss|p@ss/);
    }
    const said = `cannot reach ${address} as p@ss-word`;
    expect(withoutPasswords(said, [address])).toBe('cannot reach postgres://me:***@127.0.0.1:1/latchkey as ***');
    expect(withoutPasswords('no://[ at all', ['no://['])).not.toContain('no://');
  });
});

describe.each(await databases())('$name', ({ missing, place: make }) => {
  describe.skipIf(missing !== null)('latchkey-server on a store', () => {
    let place: Place;
    let work: string;
    let env: Record<string, string>;
    beforeEach(async () => {
      place = await make();
      work = await mkdtemp(path.join(tmpdir(), 'latchkey-command-'));
      env = { LATCHKEY_DATA: place.folder, ...(place.url === undefined ? {} : { DATABASE_URL: place.url }) };
    });
    afterEach(async () => {
      await place.remove();
      await rm(work, { recursive: true, force: true });
    });

    test('says that there is none, and makes none', async () => {
      const verify = await typed(work, ['verify'], env);
      expect(verify.code).toBe(1);
      expect(verify.stderr).toMatch(/There is no store/);
      for (const argv of [['backup', 'x.sqlite'], ['push'], ['pull']]) {
        expect(await typed(work, argv, env)).toMatchObject({
          code: 1,
          stderr: matching(/There is no store/),
        });
      }
      expect(await readdir(place.folder)).toEqual([]);
      expect(await readdir(work)).toEqual([]);
    });

    test('verifies, prints the key, and finds what was altered', async () => {
      const store = await place.open();
      await fillWhole(store);
      expect(await typed(work, ['key'], env)).toEqual({ code: 0, stdout: `${store.verifierKey}\n`, stderr: '' });
      const newest = store.db.selectFrom('checkpoint').select('note').orderBy('size', 'desc').limit(1);
      const { note } = await newest.executeTakeFirstOrThrow();
      await writeFile(path.join(work, 'kept.txt'), note);
      const kept = ['verify', '--checkpoint', 'kept.txt', '--key', store.verifierKey];
      expect(await typed(work, kept, env)).toMatchObject({
        code: 0,
        stdout: matching(/^✓ \d+ entries, \d+ rows of evidence/),
      });
      const disarm = {
        sqlite: sql`drop trigger revision_refuses_update`,
        postgres: sql`alter table revision disable trigger all`,
      };
      await disarm[store.kind].execute(store.db);
      await store.db.updateTable('revision').set({ message: 'forged' }).where('policy_id', '=', 'songbook').execute();
      const { code, stdout } = await typed(work, ['verify'], env);
      expect(code).toBe(1);
      expect(stdout).toMatch(/✗ revision\//);
    });

    test('backs up and restores, drawing a bar on a terminal alone', async () => {
      const store = await place.open();
      await fillWhole(store);
      const made = await typed(work, ['backup', 'b.sqlite', '--with-key'], env);
      expect(made).toMatchObject({
        code: 0,
        stdout: matching(/^✓ b\.sqlite holds \d+ rows and the keys/),
        stderr: '',
      });
      expect(await typed(work, ['backup', 'b.sqlite'], env)).toMatchObject({
        code: 1,
        stderr: matching(/is there already/),
      });
      expect(await typed(work, ['restore', 'b.sqlite'], env)).toMatchObject({
        code: 1,
        stderr: matching(/not (empty|overwritten)/),
      });
      const there = { LATCHKEY_DATA: path.join(work, 'new') };
      const restored = await typed(work, ['restore', 'b.sqlite'], there, 80);
      expect(restored).toMatchObject({
        code: 0,
        stdout: matching(/rows restored, as of 2026-04-01.*\n.*checkpoint-key\.pem/),
      });
      expect(restored.stderr).toMatch(/Copying .*100 %/);
      expect((await typed(work, ['key'], there)).stdout).toBe(`${store.verifierKey}\n`);
      expect(await typed(work, ['verify'], there)).toMatchObject({ code: 0 });
    });

    test('says what is due in the schema, and does it', async () => {
      await (await place.open({ steps: migrations.slice(0, 1) })).close();
      const due = await typed(work, ['migrate', '--check'], env);
      expect(due).toMatchObject({ code: 1, stdout: matching(/✓ evidence\n {2}· accounts[^]*due/) });
      expect(await typed(work, ['verify'], env)).toMatchObject({
        code: 1,
        stderr: matching(/older version/),
      });
      const backedUp = await typed(work, ['backup', 'old.sqlite'], env);
      expect(backedUp, 'before an upgrade is when one is wanted').toMatchObject({ code: 0 });
      expect(await typed(work, ['migrate'], env)).toMatchObject({
        code: 0,
        stdout: matching(/✓ accounts/),
      });
      expect(await typed(work, ['migrate', '--check'], env)).toMatchObject({
        code: 0,
        stdout: matching(/up to date/),
      });
      const old = { LATCHKEY_DATA: path.join(work, 'old') };
      expect(await typed(work, ['restore', 'old.sqlite'], old)).toMatchObject({ code: 0 });
      expect(await typed(work, ['migrate', '--check'], old)).toMatchObject({ code: 1 });
    });

    test('pushes a folder and pulls it elsewhere', async () => {
      await (await place.open()).close();
      await mkdir(path.join(work, 'policies/desk'), { recursive: true });
      await writeFile(path.join(work, 'policies/desk/1.json'), documentOf('desk', 1));
      expect(await typed(work, ['push'], env)).toMatchObject({ code: 1, stdout: '', stderr: matching(/--reason/) });
      const argv = ['push', '--reason', 'A desk is new.', '--by'];
      expect(await typed(work, [...argv, 'u-7'], env)).toMatchObject({ code: 1, stderr: matching(/‘u-7’/) });
      const pushed = await typed(work, [...argv, 'system'], env);
      expect(pushed).toMatchObject({
        code: 0,
        stdout: matching(/\+ desk version 1 is revision 1\n✓ 1 revision submitted/),
      });
      expect(await typed(work, ['push'], env)).toMatchObject({
        code: 0,
        stdout: '✓ 0 revisions submitted, 1 policy as in the store\n',
      });
      expect(await typed(work, ['pull', 'copy'], env)).toMatchObject({
        code: 0,
        stdout: matching(/\+ desk\/1\.json\n✓ 1 written/),
      });
      expect(await readFile(path.join(work, 'copy/desk/1.json'), 'utf8')).toBe(documentOf('desk', 1));
      await writeFile(path.join(work, 'copy/desk/1.json'), 'mine');
      expect(await typed(work, ['pull', 'copy'], env)).toMatchObject({
        code: 1,
        stderr: matching(/desk\/1\.json.*--force/),
      });
      expect(await typed(work, ['push', 'copy'], env)).toMatchObject({
        code: 1,
        stderr: matching(/desk\/1\.json has/),
      });
    });

    test('an administrator nobody can help is let back in from the machine', async () => {
      const crew = await openCrew(place);
      const { accounts, admin } = crew;
      await crew.join('Bo', 'approver');
      await accounts.issueReset(admin, admin.id);
      const said = await typed(work, ['rescue', 'Ada@example.org'], { ...env, LATCHKEY_ORIGIN: 'https://l.example' });
      expect(said).toMatchObject({ code: 0, stderr: '' });
      const token = /https:\/\/l\.example\/reset\?token=(\S+)/.exec(said.stdout)?.[1] ?? '';
      await accounts.useReset(token, 'a newer password');
      expect((await logged(crew.store)).slice(-3)).toEqual(['two_factor.reset', 'reset_link.issued', 'password.reset']);
      const open = crew.store.db.selectFrom('reset_link').select('made_by').where('used_at', 'is', null);
      expect(await open.execute(), 'older links stop working').toEqual([]);
      for (const [argv, why] of [
        [['rescue', 'bo@example.org'], /No administrator .* bo@example\.org/],
        [['rescue', 'eve@example.org'], /No administrator/],
        [['rescue', 'ada@example.org', '--origin', 'example.org'], /no origin/],
      ] as const) {
        expect(await typed(work, argv, env)).toMatchObject({ code: 1, stdout: '', stderr: matching(why) });
      }
      expect((await verifyStore(crew.store)).problems).toEqual([]);
    });
  });
});
