import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { verifyStore, type Store } from '$lib/server/store/index.ts';
import { buildProgram, start, type Program } from './child.ts';
import { databases, type Place } from './databases.ts';
import { demandKept, hear, heard, killed, prepare, type Acknowledged } from './kept.ts';
import { unprivileged, type User } from './unprivileged.ts';

const somebody = unprivileged();

/** Why nothing can be run as somebody else here; null when it can. */
function whyNot(user: User | null): string | null {
  if (user === null) return 'only root can start a program as somebody without rights';
  const { status } = spawnSync(process.execPath, ['-e', 'require("pg")'], { ...user, stdio: 'ignore' });
  return status === 0 ? null : 'somebody without rights cannot read this clone';
}

const missing = whyNot(somebody);
const kinds = await databases();

describe.skipIf(missing !== null)(`a user without rights${missing === null ? '' : ` (skipped: ${missing})`}`, () => {
  let program: Program;
  let opener: Program;
  let writer: Program;
  beforeAll(async () => {
    program = await buildProgram('command');
    opener = await buildProgram('opener');
    writer = await buildProgram('writer');
  });
  afterAll(() => [program, opener, writer].forEach((each) => each.remove()));

  /** Runs a command line as that user. */
  const typed = (cwd: string, argv: readonly string[], env: Record<string, string>) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [program.file, JSON.stringify(argv)], {
      ...{ ...somebody, cwd, env: { PATH: process.env['PATH'], ...env }, encoding: 'utf8' },
    });
    return { code: status, stdout, stderr };
  };

  describe.each(kinds)('$name', ({ missing: why, place: make }) => {
    describe.skipIf(why !== null)('and a data folder that only others may write in', () => {
      let place: Place;
      let env: Record<string, string>;
      beforeEach(async () => {
        place = await make();
        env = { LATCHKEY_DATA: place.folder, ...(place.url === undefined ? {} : { DATABASE_URL: place.url }) };
        const store = await place.open();
        await store.write(async ({ record }) => record({ type: 'test.wrote', actor: 'u-1', subject: 'test' }));
        await store.close();
        // To be looked at, not to be written in.
        chmodSync(place.folder, 0o755);
        for (const file of filesIn(place.folder)) chmodSync(file, 0o644);
      });
      afterEach(async () => place.remove());

      test('is told what to do, changes nothing, and goes on once it has the right', async () => {
        const before = readdirSync(place.folder);
        const backup = ['backup', path.join(place.folder, 'copy.sqlite')];
        expect(typed(place.folder, backup, env)).toMatchObject({
          code: 1,
          stdout: '',
          stderr: expect.stringMatching(
            /^latchkey-server backup: .*Run it as the user who owns the folder.*\n$/,
          ) as unknown,
        });
        expect(readdirSync(place.folder)).toEqual(before);
        const { uid, gid } = somebody ?? { uid: 0, gid: 0 };
        for (const file of [place.folder, ...filesIn(place.folder)]) chownSync(file, uid, gid);
        expect(typed(place.folder, backup, env)).toMatchObject({ code: 0, stderr: '' });
        expect((await verifyStore(await place.open())).problems).toEqual([]);
      });
    });
  });

  describe.each(kinds)('$name', ({ missing: why, place: make }) => {
    describe.skipIf(why !== null)('and a server that may not write for a while', () => {
      let place: Place;
      let store: Store;
      beforeEach(async () => {
        place = await make();
        store = await place.open();
        await prepare(store, ['one']);
        own(somebody);
      });
      afterEach(async () => place.remove());

      const own = (user: User | null) => {
        const { uid, gid } = user ?? { uid: 0, gid: 0 };
        for (const file of [place.folder, ...filesIn(place.folder)]) chownSync(file, uid, gid);
      };

      /** The folder becomes somebody else's to write in, or the database one that is only to be read. */
      const mayWrite = async (allowed: boolean) => {
        if (store.kind === 'sqlite') return own(allowed ? somebody : null);
        const name = sql.id(new URL(place.url ?? '').pathname.slice(1));
        await sql`alter database ${name} set default_transaction_read_only = ${sql.lit(allowed ? 'off' : 'on')}`.execute(
          store.db,
        );
        // What is set holds for the connections that are made from now on.
        await sql`select pg_terminate_backend(pid) from pg_stat_activity
          where datname = current_database() and pid <> pg_backend_pid()`.execute(store.db);
      };

      const begin = (of: Program, policies: unknown) =>
        start(of, { folder: place.folder, url: place.url, policies }, { cwd: tmpdir(), ...somebody });
      /** What a server says that is started now. */
      const startSays = async () => {
        const lines: string[] = [];
        const running = begin(opener, path.join(place.folder, 'none'));
        for await (const line of running.lines) lines.push(line);
        return JSON.parse(lines.at(-1) ?? JSON.stringify(await running.ended)) as Record<string, string>;
      };

      test('says so where it is stopped, loses nothing, and the same process goes on', async () => {
        const acknowledged: Acknowledged[] = [];
        const running = begin(writer, ['one']);
        try {
          await hear(running, 5, acknowledged);
          await mayWrite(false);
          if (store.kind === 'sqlite') {
            // Who has a file open may write in it, whoever it belongs to by now.
            await hear(running, 10, acknowledged);
          } else {
            let said = await heard(running);
            for (; said.kind !== 'refused' || said.code !== 'store_unwritable'; said = await heard(running)) {
              acknowledged.push(said);
            }
          }
          expect((await startSays())['failed']).toMatch(
            store.kind === 'sqlite'
              ? /Run it as the user who owns the folder/
              : /is only to be read.*name one that takes writes/,
          );
          await mayWrite(true);
          await hear(running, 10, acknowledged);
          expect(await startSays()).toMatchObject({ log: store.log });
        } finally {
          await killed(running, acknowledged);
        }
        await demandKept(await place.open(), acknowledged);
      });
    });
  });

  test('and a folder that hides what is in it', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'latchkey-hidden-'));
    try {
      const { code, stderr } = typed(tmpdir(), ['verify'], { LATCHKEY_DATA: folder });
      expect(code).toBe(1);
      expect(stderr).toMatch(/EACCES.*Run it as the user who owns the folder/);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

function filesIn(folder: string): readonly string[] {
  return readdirSync(folder).map((name) => path.join(folder, name));
}
