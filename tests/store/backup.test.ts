import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setImmediate as breathe } from 'node:timers/promises';
import { DatabaseSync } from '@photostructure/sqlite';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { backup, restore } from '$lib/server/copies/index.ts';
import { verifyStore, type Store } from '$lib/server/store/index.ts';
import { databases, type Place } from './databases.ts';
import { fillWhole } from './whole-store.ts';

const now = () => Date.UTC(2026, 3, 1);
const quiet = { now, onProgress: () => undefined };

/** What a person would look at: every row of a few tables. */
async function contents({ db }: Store) {
  return {
    events: await db.selectFrom('audit_event').selectAll().orderBy('seq').execute(),
    revisions: await db.selectFrom('revision').selectAll().orderBy('id').execute(),
    comments: await db.selectFrom('review_comment').selectAll().orderBy('id').execute(),
    drafts: await db.selectFrom('draft').selectAll().execute(),
    checkpoints: await db.selectFrom('checkpoint').selectAll().orderBy('size').execute(),
    people: (await db.selectFrom('person').selectAll().orderBy('id').execute()).map((person) => ({
      ...person,
      email_verified: Boolean(person.email_verified),
      created_at: new Date(person.created_at).getTime(),
      updated_at: new Date(person.updated_at).getTime(),
      two_factor_enabled: Boolean(person.two_factor_enabled),
    })),
  };
}

const kinds = await databases();

describe.each(kinds)('from $name', ({ missing, place: make }) => {
  describe.skipIf(missing !== null)('a backup', () => {
    let place: Place;
    let store: Store;
    let folder: string;
    let file: string;
    beforeEach(async () => {
      place = await make();
      store = await place.open();
      await fillWhole(store);
      folder = await mkdtemp(path.join(tmpdir(), 'latchkey-backup-'));
      file = path.join(folder, 'backup.sqlite');
    });
    afterEach(async () => {
      await place.remove();
      await rm(folder, { recursive: true, force: true });
    });

    describe.each(kinds)('to $name', ({ missing: missingToo, place: makeOther }) => {
      test.skipIf(missingToo !== null)('comes back whole, and the history goes on', async () => {
        const { rows, problems } = await backup(file, { ...place, withKey: true, ...quiet });
        expect(problems).toEqual([]);
        const before = await contents(store);
        const other = await makeOther();
        try {
          const options = { ...other, despiteProblems: false, ...quiet };
          const secrets = ['checkpoint-key.pem'];
          expect(await restore(file, options)).toEqual({ rows, madeAt: now(), secrets });
          const restored = await other.open();
          expect(await contents(restored)).toEqual(before);
          expect({ log: restored.log, key: restored.verifierKey }).toEqual({ log: store.log, key: store.verifierKey });
          await restored.write(async ({ record }) => record({ type: 'test.wrote', actor: 'u-1', subject: 'test' }));
          expect((await verifyStore(restored)).problems).toEqual([]);
          await expect(restore(file, options)).rejects.toMatchObject({ status: 409, code: 'not_empty' });
        } finally {
          await other.remove();
        }
      });
    });

    test('is one moment, whatever is written meanwhile', async () => {
      let writing = true;
      const writer = (async () => {
        while (writing) {
          await store.write(async ({ record }) => record({ type: 'test.wrote', actor: 'u-1', subject: 'test' }));
          await breathe();
        }
      })();
      try {
        expect((await backup(file, { ...place, withKey: false, ...quiet })).problems).toEqual([]);
      } finally {
        writing = false;
        await writer;
      }
    });

    test('is for its owner alone, and holds the keys only when they are asked for', async () => {
      const key = await readFile(path.join(place.folder, 'checkpoint-key.pem'), 'utf8');
      const secret = key.split('\n')[1] ?? '';
      await backup(file, { ...place, withKey: false, ...quiet });
      expect((await stat(file)).mode & 0o777).toBe(0o600);
      expect((await readFile(file)).includes(secret)).toBe(false);
      const other = path.join(folder, 'with-key.sqlite');
      await backup(other, { ...place, withKey: true, ...quiet });
      expect((await readFile(other)).includes(secret)).toBe(true);
      expect((await readdir(folder)).toSorted(), 'nothing is left beside them').toEqual([
        'backup.sqlite',
        'with-key.sqlite',
      ]);
    });

    test('without the keys goes on under a new one, which is recorded', async () => {
      await backup(file, { ...place, withKey: false, ...quiet });
      const other = await make();
      try {
        const { secrets } = await restore(file, { ...other, despiteProblems: false, ...quiet });
        expect(secrets).toEqual([]);
        const restored = await other.open();
        expect(restored.verifierKey).not.toBe(store.verifierKey);
        const keys = await restored.db.selectFrom('signing_key').select('verifier_key').execute();
        expect(keys.map((row) => row.verifier_key).toSorted()).toEqual(
          [store.verifierKey, restored.verifierKey].toSorted(),
        );
        expect((await verifyStore(restored)).problems).toEqual([]);
      } finally {
        await other.remove();
      }
    });

    test('never overwrites a file', async () => {
      await writeFile(file, 'mine');
      await expect(backup(file, { ...place, withKey: false, ...quiet })).rejects.toMatchObject({ code: 'file_exists' });
      expect(await readFile(file, 'utf8')).toBe('mine');
    });

    test('tells when the history in it does not verify, and is restored only on demand', async () => {
      const disarm = {
        sqlite: sql`drop trigger revision_refuses_update`,
        postgres: sql`alter table revision disable trigger all`,
      };
      await disarm[store.kind].execute(store.db);
      await store.db.updateTable('revision').set({ message: 'forged' }).where('number', '=', 1).execute();
      const { problems } = await backup(file, { ...place, withKey: false, ...quiet });
      expect(problems?.length).toBe(3);
      const other = await make();
      try {
        const options = { ...other, despiteProblems: false, ...quiet };
        await expect(restore(file, options)).rejects.toMatchObject({ code: 'not_verified' });
        expect((await restore(file, { ...options, despiteProblems: true })).rows).toBeGreaterThan(200);
      } finally {
        await other.remove();
      }
    });

    describe('that was harmed', () => {
      let other: Place;
      beforeEach(async () => {
        await backup(file, { ...place, withKey: false, ...quiet });
        other = await make();
      });
      afterEach(async () => other.remove());

      const attempt = async () => restore(file, { ...other, despiteProblems: false, ...quiet });

      /** Nothing of it may be in the place: another good backup must still fit. */
      async function placeIsEmpty(): Promise<void> {
        expect(await readdir(other.folder)).toEqual([]);
        expect(await verifyStore(await other.open())).toMatchObject({ problems: [], size: 2 });
      }

      test('by a changed cell outside the evidence is refused', async () => {
        const database = new DatabaseSync(file);
        database.exec(`update person set name = 'Eve'`);
        database.close();
        await expect(attempt()).rejects.toMatchObject({ code: 'altered_backup' });
        await placeIsEmpty();
      });

      test('by a lost end is refused', async () => {
        const bytes = await readFile(file);
        await writeFile(file, bytes.subarray(0, Math.floor(bytes.length / 2)));
        await expect(attempt()).rejects.toMatchObject({ code: 'damaged_file' });
        await placeIsEmpty();
      });

      test('into something that is no SQLite file is refused', async () => {
        await writeFile(file, 'to whom it may concern');
        await expect(attempt()).rejects.toMatchObject({ code: 'damaged_file' });
      });

      test('by a step of a newer version is refused', async () => {
        const database = new DatabaseSync(file);
        database.exec(`insert into schema_migration values (99, 'from-the-future', 'x', 1)`);
        database.close();
        await expect(attempt()).rejects.toThrow(/from-the-future/);
        await placeIsEmpty();
      });

      test('by a table nobody knows is refused', async () => {
        const database = new DatabaseSync(file);
        database.exec(`create table stowaway (id text primary key)`);
        database.close();
        await expect(attempt()).rejects.toMatchObject({ code: 'altered_backup' });
        await placeIsEmpty();
      });
    });

    test('a store of this kind that is no backup is not taken for one', async () => {
      const elsewhere = await (kinds[0]?.place ?? make)();
      try {
        const plain = await elsewhere.open();
        await plain.close();
        const other = await make();
        try {
          const options = { ...other, despiteProblems: false, ...quiet };
          const attempt = restore(path.join(elsewhere.folder, 'latchkey.sqlite'), options);
          await expect(attempt).rejects.toMatchObject({ code: 'no_backup' });
        } finally {
          await other.remove();
        }
      } finally {
        await elsewhere.remove();
      }
    });
  });
});
