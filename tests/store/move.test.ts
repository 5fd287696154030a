import { createHash } from 'node:crypto';
import { cp, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { move } from '$lib/server/copies/index.ts';
import { connect, SchemaError, verifyStore, type Store } from '$lib/server/store/index.ts';
import { buildProgram, nextLine, start, type Program, type Running } from './child.ts';
import { databases, type Place } from './databases.ts';
import { fillWhole } from './whole-store.ts';

const [sqlite, postgres] = await databases();
if (sqlite === undefined || postgres === undefined) throw new TypeError('there are two kinds of databases');
const quiet = { now: () => Date.UTC(2026, 3, 1), onProgress: () => undefined, despiteProblems: false };

describe.skipIf(postgres.missing !== null)(`moving from SQLite to ${postgres.name}`, () => {
  let program: Program;
  beforeAll(async () => {
    program = await buildProgram('mover');
  });
  afterAll(() => program.remove());

  let from: Place;
  let to: Place;
  let store: Store;
  beforeEach(async () => {
    from = await sqlite.place();
    to = await postgres.place();
    store = await from.open();
    await fillWhole(store);
  });
  afterEach(async () => {
    await from.remove();
    await to.remove();
  });

  const url = (): string => to.url ?? '';
  const hashOf = async (file: string) =>
    createHash('sha256')
      .update(await readFile(file))
      .digest('hex');

  /** The moved store, opened beside the old key as the server does. */
  const openMoved = async () => to.open({ folder: from.folder });

  test('brings everything, and leaves the file as it was to the byte', async () => {
    const { log, verifierKey } = store;
    await store.close();
    // Apart from the files of this process, which tidies up after a closed database only when it collects garbage.
    const apart = path.join(to.folder, 'apart');
    await cp(from.folder, apart, { recursive: true, filter: (file) => !file.endsWith('-shm') });
    const files = (await readdir(apart)).map((name) => path.join(apart, name));
    const before = await Promise.all(files.map(hashOf));
    const { rows } = await move(url(), { ...quiet, folder: apart });
    expect(rows).toBeGreaterThan(250);
    expect(await Promise.all(files.map(hashOf))).toEqual(before);
    const moved = await openMoved();
    expect({ log: moved.log, key: moved.verifierKey }).toEqual({ log, key: verifierKey });
    await moved.write(async ({ record }) => record({ type: 'test.wrote', actor: 'u-1', subject: 'test' }));
    expect((await verifyStore(moved)).problems).toEqual([]);
    const people = await moved.db.selectFrom('person').select(['id', 'two_factor_enabled']).orderBy('id').execute();
    expect(people).toEqual([
      { id: 'u-1', two_factor_enabled: false },
      { id: 'u-2', two_factor_enabled: true },
    ]);
    await expect(move(url(), { ...quiet, folder: from.folder })).rejects.toMatchObject({ code: 'not_empty' });
  });

  /** Kills the move as soon as so many rows are copied. */
  async function killedAfter(rows: number): Promise<void> {
    const running = start(program, { folder: from.folder, url: url() });
    for (;;) {
      const { phase, done } = await progressOf(running);
      if (phase !== 'reading' && done >= rows) break;
    }
    await running.kill('SIGKILL');
  }

  async function progressOf(running: Running) {
    return JSON.parse(await nextLine(running)) as { phase: string; done: number; total: number };
  }

  test('goes on where it was killed, and no server uses what is not whole', async () => {
    await store.close();
    await killedAfter(100);
    await expect(to.open()).rejects.toThrow(SchemaError);
    await expect(to.open()).rejects.toThrow(/Run the same command again/);
    await killedAfter(200);
    const running = start(program, { folder: from.folder, url: url() });
    let first: number | null = null;
    for (;;) {
      const { phase, done } = await progressOf(running);
      if (phase === 'copying') first ??= done;
      if (phase === 'ended') break;
    }
    expect(first).toBeGreaterThanOrEqual(200);
    expect(await running.ended).toMatchObject({ code: 0 });
    expect((await verifyStore(await openMoved())).problems).toEqual([]);
  });

  test('begins again when the store has changed since it was killed', async () => {
    await store.close();
    await killedAfter(100);
    const again = await from.open();
    await again.write(async ({ record }) => record({ type: 'test.wrote', actor: 'u-1', subject: 'test' }));
    await again.close();
    await move(url(), { ...quiet, folder: from.folder });
    const moved = await openMoved();
    expect((await verifyStore(moved)).problems).toEqual([]);
    const last = moved.db.selectFrom('audit_event').select('type').orderBy('seq', 'desc').limit(1);
    expect(await last.execute()).toEqual([{ type: 'test.wrote' }]);
  });

  test('notices that somebody writes meanwhile, and is finished by the next call', async () => {
    let written = false;
    const attempt = move(url(), {
      ...{ ...quiet, folder: from.folder },
      onProgress: ({ phase }) => {
        if (phase !== 'copying' || written) return;
        written = true;
        void store.write(async ({ record }) => record({ type: 'test.wrote', actor: 'u-1', subject: 'test' }));
      },
    });
    await expect(attempt).rejects.toMatchObject({ code: 'store_in_use' });
    await expect(to.open()).rejects.toThrow(SchemaError);
    await store.close();
    await move(url(), { ...quiet, folder: from.folder });
    expect((await verifyStore(await openMoved())).problems).toEqual([]);
  });

  test('refuses a database in which something else is, a folder without a store, and an altered history', async () => {
    await expect(move(url(), { ...quiet, folder: to.folder })).rejects.toMatchObject({ code: 'no_store' });
    await sql`drop trigger review_comment_refuses_update`.execute(store.db);
    await store.db.updateTable('review_comment').set({ text: 'forged' }).execute();
    await store.close();
    await expect(move(url(), { ...quiet, folder: from.folder })).rejects.toMatchObject({ code: 'not_verified' });
    const { db } = connect({ folder: to.folder, url: url() });
    try {
      await sql`create table mine (id text)`.execute(db);
    } finally {
      await db.destroy();
    }
    const anyway = { ...quiet, folder: from.folder, despiteProblems: true };
    await expect(move(url(), anyway)).rejects.toMatchObject({ code: 'not_empty' });
  });
});
