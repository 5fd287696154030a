import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { breakGlass, review } from '$lib/server/changes/index.ts';
import { importPolicies, pull, push } from '$lib/server/files/index.ts';
import { may, ROLES } from '$lib/server/person.ts';
import { verifyStore, type Store } from '$lib/server/store/index.ts';
import { databases, type Place } from './databases.ts';
import { addEnvironment } from './desk.ts';
import { documentOf, timelineOf } from './documents.ts';
import { admin, enrol } from './people.ts';

const ben = { id: 'u-ben', role: 'approver' } as const;
const ADA = { by: 'u-ada', reason: 'asked for' };
const BEN = { by: ben.id, reason: 'asked for' };

describe.each(await databases())('$name', ({ missing, place: make }) => {
  describe.skipIf(missing !== null)('policies between a folder and the store', () => {
    let place: Place;
    let store: Store;
    let folder: string;
    beforeEach(async () => {
      place = await make();
      store = await place.open();
      await enrol(store, admin, ben, { id: 'u-ada', role: 'author' });
      folder = await mkdtemp(path.join(tmpdir(), 'latchkey-policies-'));
    });
    afterEach(async () => {
      await place.remove();
      await rm(folder, { recursive: true, force: true });
    });

    async function put(file: string, content: string | Uint8Array, into = folder): Promise<void> {
      await mkdir(path.dirname(path.join(into, file)), { recursive: true });
      await writeFile(path.join(into, file), content);
    }

    /** Every file of a folder by path, as hex. */
    async function bytesOf(of = folder): Promise<Readonly<Record<string, string>>> {
      const files = (await readdir(of, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
      const read = files.map(async (entry) => {
        const file = path.join(entry.parentPath, entry.name);
        return [path.relative(of, file), (await readFile(file)).toString('hex')] as const;
      });
      return Object.fromEntries((await Promise.all(read)).toSorted());
    }

    async function revisions() {
      return store.db.selectFrom('revision').selectAll().orderBy('policy_id').orderBy('number').execute();
    }

    test('pull, push, pull leaves every byte, whatever ends a line or a file', async () => {
      const odd = [
        documentOf('alpha', 1).replaceAll('\n', '\r\n'),
        documentOf('alpha', 2).trimEnd(),
        documentOf('alpha', 3, 'Grüße \u{1F511} e\u0301').replaceAll('  ', '\t'),
        `\ufeff${documentOf('alpha', 4)}`,
      ];
      for (const [index, text] of odd.entries()) await put(`alpha/${index + 1}.json`, text);
      await put('alpha/timelines/a day.json', timelineOf('alpha').trimEnd());
      await put('alpha/timelines/Zwei Tage.json', timelineOf('alpha').replaceAll('\n', '\r\n'));
      await put('alpha/notes.md', 'not ours');
      const before = await bytesOf();
      const first = await push(store, ADA, folder);
      expect(first.made.map(({ version, number }) => [version, number])).toEqual([
        [1, 1],
        [2, 2],
        [3, 3],
        [4, 4],
      ]);
      for (const step of [pull, pull]) {
        expect(await step(store, folder)).toMatchObject({ written: [], removed: [], kept: [], unchanged: 6 });
        expect(await push(store, ADA, folder)).toEqual({ made: [], unchanged: ['alpha'] });
      }
      expect(await bytesOf()).toEqual(before);
      const elsewhere = await mkdtemp(path.join(tmpdir(), 'latchkey-policies-'));
      try {
        expect((await pull(store, elsewhere)).written).toHaveLength(6);
        const ours = Object.fromEntries(Object.entries(before).filter(([file]) => file.endsWith('.json')));
        expect(await bytesOf(elsewhere)).toEqual(ours);
      } finally {
        await rm(elsewhere, { recursive: true });
      }
      expect((await verifyStore(store)).problems).toEqual([]);
    });

    test('any JSON white space survives the way there and back', async () => {
      const space = fc.string({ unit: fc.constantFrom(' ', '\t', '\n', '\r'), maxLength: 5 });
      const texts = fc.sample(fc.tuple(space, space), { numRuns: 20, seed: 5 });
      for (const [index, [before, after]] of texts.entries()) {
        await put(`alpha/${index + 1}.json`, `${before}${documentOf('alpha', index + 1).trim()}${after}`);
      }
      const original = await bytesOf();
      await push(store, ADA, folder);
      await rm(path.join(folder, 'alpha'), { recursive: true });
      await pull(store, folder);
      expect(await bytesOf()).toEqual(original);
    });

    test('a published version is never edited: the push says the way out, and nothing of it is kept', async () => {
      await put('alpha/1.json', documentOf('alpha', 1));
      await put('alpha/3.json', documentOf('alpha', 3));
      await importPolicies(store, folder);
      await put('alpha/1.json', documentOf('alpha', 1, 'Another desk'));
      await put('alpha/2.json', documentOf('alpha', 2));
      await put('alpha/4.json', documentOf('alpha', 4));
      const refusal = { status: 422, code: 'files_refused' };
      const attempt = push(store, ADA, folder);
      await expect(attempt).rejects.toMatchObject(refusal);
      await expect(attempt).rejects.toThrow(/alpha\/1\.json differs .*alpha\/4\.json[^]*alpha\/2\.json is older/);
      expect((await revisions()).map(({ version }) => version)).toEqual([1, 3]);
      await expect(pull(store, folder)).rejects.toMatchObject({ status: 409, extra: { files: ['alpha/1.json'] } });
      const { written, kept } = await pull(store, folder, { force: true });
      expect({ written, kept }).toEqual({ written: ['alpha/1.json'], kept: ['alpha/2.json', 'alpha/4.json'] });
      await rm(path.join(folder, 'alpha/2.json'));
      expect((await push(store, ADA, folder)).made).toMatchObject([{ version: 4, number: 3, isNew: false }]);
    });

    test('a submitted version may change until it is published: each push is a revision', async () => {
      await put('alpha/1.json', documentOf('alpha', 1));
      const [first] = (await push(store, ADA, folder)).made;
      expect(first).toMatchObject({ policy: 'alpha', isNew: true });
      await put('alpha/1.json', documentOf('alpha', 1, 'Better'));
      await push(store, BEN, folder);
      const [, second] = await revisions();
      expect(second).toMatchObject({ number: 2, parent: first?.revision, author: 'u-ben', origin: 'submitted' });
      expect(second?.contributors, 'who wrote what nobody reviewed cannot approve it').toBe('["u-ada","u-ben"]');
    });

    test('what went out without an approval is still nobody else’s word: who wrote it cannot approve the next push', async () => {
      await addEnvironment(store, 'production');
      await put('alpha/1.json', documentOf('alpha', 1));
      await push(store, BEN, folder);
      const [first] = await revisions();
      await breakGlass(store, admin, {
        ...{ revisionId: first?.id ?? '', contentHash: first?.content_hash ?? '', environment: 'production' },
        reason: 'Nobody can open a desk at all',
      });
      await put('alpha/2.json', documentOf('alpha', 2));
      await push(store, ADA, folder);
      const [, second] = await revisions();
      expect(second?.contributors).toBe('["u-ada","u-ben"]');
      const given = { revisionId: second?.id ?? '', contentHash: second?.content_hash ?? '', message: '' };
      const approval = { ...given, verdict: 'approve' as const };
      await expect(review(store, ben, approval)).rejects.toMatchObject({ status: 403, code: 'own_work' });
      await review(store, admin, approval);
      await put('alpha/3.json', documentOf('alpha', 3));
      await push(store, ADA, folder);
      const [, , third] = await revisions();
      expect(third?.contributors, 'what somebody else approved is behind it').toBe('["u-ada"]');
    });

    test('timelines that come, change and go make a revision of the newest version, and are pulled', async () => {
      await put('alpha/1.json', documentOf('alpha', 1));
      await put('alpha/timelines/day.json', timelineOf('alpha'));
      await put('alpha/timelines/night.json', timelineOf('alpha', 'A night'));
      await importPolicies(store, folder);
      const elsewhere = path.join(folder, '..', `${path.basename(folder)}-other`);
      try {
        await pull(store, elsewhere);
        await put('alpha/timelines/day.json', timelineOf('alpha', 'A longer day'), elsewhere);
        await rm(path.join(elsewhere, 'alpha/timelines/night.json'));
        expect((await push(store, ADA, elsewhere)).made).toMatchObject([{ version: 1, number: 2 }]);
        await put('alpha/timelines/mine.json', timelineOf('alpha', 'Mine'));
        expect(await pull(store, folder)).toEqual({
          written: ['alpha/timelines/day.json'],
          removed: ['alpha/timelines/night.json'],
          kept: ['alpha/timelines/mine.json'],
          unchanged: 1,
        });
      } finally {
        await rm(elsewhere, { recursive: true, force: true });
      }
    });

    test('a draft in which nothing was changed follows a push; work in one stays', async () => {
      await put('alpha/1.json', documentOf('alpha', 1));
      const [first] = (await push(store, ADA, folder)).made;
      const draft = {
        ...{ policy_id: 'alpha', base_revision: first?.revision ?? null, text: documentOf('alpha', 1) },
        ...{ timelines: '[]', lock_version: 3, contributors: '[]', updated_by: 'u-ben', updated_at: 1 },
      };
      await store.db.insertInto('draft').values(draft).execute();
      await put('alpha/2.json', documentOf('alpha', 2));
      const [second] = (await push(store, ADA, folder)).made;
      const now = async () => store.db.selectFrom('draft').selectAll().executeTakeFirstOrThrow();
      expect(await now()).toMatchObject({ base_revision: second?.revision, lock_version: 4, updated_by: 'u-ada' });
      await store.db.updateTable('draft').set({ text: 'work' }).execute();
      await put('alpha/3.json', documentOf('alpha', 3));
      await push(store, ADA, folder);
      expect(await now()).toMatchObject({ base_revision: second?.revision, text: 'work', lock_version: 4 });
    });

    test.each([
      ['alpha/2.json', Uint8Array.of(0x7b, 0xc3, 0x28, 0x7d), /alpha\/2\.json is not UTF-8/],
      ['alpha/2.json', '{ "language": 1 }', /alpha\/2\.json has \d+ errors.*latchkey check/],
      ['alpha/2.json', documentOf('beta', 2), /‘beta’/],
      ['alpha/2.json', documentOf('alpha', 3), /Rename it to 3\.json/],
      ['alpha/timelines/day.json', '{}', /alpha\/timelines\/day\.json has/],
      ['alpha/timelines/a:b.json', timelineOf('alpha'), /a:b\.json cannot name/],
    ])('a wrong %s is refused by name, and nothing is written', async (file, content, why) => {
      await put('alpha/1.json', documentOf('alpha', 1));
      await put(file, content);
      await expect(push(store, ADA, folder)).rejects.toThrow(why);
      expect(await revisions()).toEqual([]);
    });

    test.each(ROLES)('%s pushes only when the role may edit', async (role) => {
      await enrol(store, { id: 'u-1', role });
      await put('alpha/1.json', documentOf('alpha', 1));
      const attempt = push(store, { ...ADA, by: 'u-1' }, folder);
      if (may({ id: 'u-1', role }, 'edit')) expect((await attempt).made).toHaveLength(1);
      else await expect(attempt).rejects.toMatchObject({ status: 403, code: 'not_allowed' });
    });

    test('somebody is named by id or address; who is unknown or switched off pushes nothing', async () => {
      const times = { created_at: new Date(0), updated_at: new Date(0) };
      const cleo = { id: 'u-cleo', name: 'Cleo', email: 'cleo@example.org', ...times };
      const rest = { email_verified: true, image: null, two_factor_enabled: false };
      await store.db
        .insertInto('person')
        .values({ ...cleo, ...rest })
        .execute();
      await enrol(store, { id: cleo.id, role: 'author' });
      const switched = async (at: number | null) =>
        store.db.updateTable('membership').set({ deactivated_at: at }).where('person_id', '=', cleo.id).execute();
      await put('alpha/1.json', documentOf('alpha', 1));
      const named = (by: string) => push(store, { ...ADA, by }, folder);
      await expect(named('u-nobody')).rejects.toMatchObject({ status: 403, code: 'not_allowed' });
      await expect(named('nobody@example.org')).rejects.toThrow(/nobody@example\.org/);
      await switched(1);
      await expect(named('cleo@example.org')).rejects.toMatchObject({ status: 403, code: 'not_allowed' });
      expect(await revisions()).toEqual([]);
      await switched(null);
      await named('Cleo@Example.org');
      expect(await revisions()).toMatchObject([{ author: cleo.id }]);
    });

    test('a push that changes something says why, and its revisions keep it', async () => {
      await put('alpha/1.json', documentOf('alpha', 1));
      for (const reason of [undefined, ' ']) {
        const attempt = push(store, { by: 'system', reason }, folder);
        await expect(attempt).rejects.toMatchObject({ status: 422, code: 'missing', extra: { member: 'reason' } });
      }
      expect(await revisions()).toEqual([]);
      await push(store, { by: 'system', reason: ' Desks open later. ', ticket: 'OPS-1 ' }, folder);
      expect(await revisions()).toMatchObject([{ reason: 'Desks open later.', ticket: 'OPS-1', author: 'system' }]);
      expect(await push(store, { by: 'system' }, folder)).toEqual({ made: [], unchanged: ['alpha'] });
    });
  });
});
