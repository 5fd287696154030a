import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { importPolicies } from '$lib/server/files/index.ts';
import { contentHash, digestOf, verifyStore, type Store } from '$lib/server/store/index.ts';
import { databases, type Place } from './databases.ts';
import { documentOf } from './documents.ts';

const SHIPPED = fileURLToPath(new URL('../../policies', import.meta.url));

describe.each(await databases())('$name', ({ missing, place: make }) => {
  describe.skipIf(missing !== null)('the shipped policies', () => {
    let place: Place;
    let store: Store;
    let folder: string;
    beforeEach(async () => {
      place = await make();
      store = await place.open();
      folder = await mkdtemp(path.join(tmpdir(), 'latchkey-policies-'));
    });
    afterEach(async () => {
      await place.remove();
      await rm(folder, { recursive: true, force: true });
    });

    async function put(file: string, content: string | Uint8Array): Promise<void> {
      await mkdir(path.dirname(path.join(folder, file)), { recursive: true });
      await writeFile(path.join(folder, file), content);
    }

    async function releases() {
      const { db } = store;
      return db.selectFrom('release').selectAll().where('environment', '=', 'production').orderBy('seq').execute();
    }

    test('are published in an empty store, with their timelines', async () => {
      const { policies, refused } = await importPolicies(store, SHIPPED);
      expect({ policies, refused }).toEqual({ policies: ['field-service', 'songbook', 'ward-rounds'], refused: [] });
      const published = await releases();
      expect(published.map(({ seq, policy_id, kind }) => ({ seq, policy_id, kind }))).toEqual(
        policies.map((policy_id, index) => ({ seq: index + 1, policy_id, kind: 'imported' })),
      );
      const revisions = await store.db.selectFrom('revision').selectAll().orderBy('policy_id').execute();
      for (const { id, policy_id, digest, text, timelines, content_hash, origin, author } of revisions) {
        const named = JSON.parse(timelines) as { name: string; digest: string }[];
        expect(named.length).toBeGreaterThan(3);
        expect({ origin, author, digest }).toEqual({ origin: 'imported', author: 'system', digest: digestOf(text) });
        expect(content_hash).toBe(contentHash(policy_id, digest, named));
        expect(published.find(({ revision_id }) => revision_id === id)).toMatchObject({ digest, text, content_hash });
      }
      const environment = await store.db.selectFrom('environment').selectAll().execute();
      expect(environment).toMatchObject([{ id: 'production', requires_approval: 1 }]);
      expect((await verifyStore(store)).problems).toEqual([]);
    });

    test('come in once, whoever starts when', async () => {
      const [one, other] = await Promise.all([importPolicies(store, SHIPPED), importPolicies(store, SHIPPED)]);
      expect([...one.policies, ...other.policies].toSorted()).toEqual(['field-service', 'songbook', 'ward-rounds']);
      expect((await importPolicies(store, SHIPPED)).policies).toEqual([]);
      expect((await releases()).map(({ seq }) => seq)).toEqual([1, 2, 3]);
      const ended = store.db.selectFrom('audit_event').select('seq').where('type', '=', 'policies.imported');
      expect(await ended.execute()).toHaveLength(1);
    });

    test('go on where an import was cut short, and never come back when they are dropped from the folder', async () => {
      await put('alpha/1.json', documentOf('alpha', 1));
      const full = { ...store, write: store.write.bind(store) };
      let changes = 0;
      full.write = async (work) => {
        changes += 1;
        if (changes > 1) throw new Error('the disk is full');
        return store.write(work);
      };
      await put('beta/1.json', documentOf('beta', 1));
      await expect(importPolicies(full, folder)).rejects.toThrow('the disk is full');
      expect((await importPolicies(store, folder)).policies).toEqual(['beta']);
      await put('gamma/1.json', documentOf('gamma', 1));
      expect((await importPolicies(store, folder)).policies).toEqual([]);
    });

    test('stay outside a store in which somebody has made a policy', async () => {
      await store.write(async ({ at, record }) =>
        record({ type: 'policy.made', actor: 'u-1', subject: 'policy/mine' }, [
          ['policy', { id: 'mine', created_at: at, created_by: 'u-1' }],
        ]),
      );
      expect(await importPolicies(store, SHIPPED)).toEqual({ policies: [], refused: [] });
    });

    test('are published version after version, and a broken file stays outside by name', async () => {
      await put('alpha/2.json', documentOf('alpha', 2));
      await put('alpha/10.json', documentOf('alpha', 10));
      await put('alpha/11.json', '{ "language": 1, }');
      await put('alpha/12.json', documentOf('beta', 12));
      await put('alpha/13.json', documentOf('alpha', 14));
      const { policies, refused } = await importPolicies(store, folder);
      expect(policies).toEqual(['alpha']);
      expect(refused.map(({ file }) => file)).toEqual(['alpha/11.json', 'alpha/12.json', 'alpha/13.json']);
      const revisions = await store.db.selectFrom('revision').select(['number', 'version', 'parent', 'id']).execute();
      const [first, second] = revisions.toSorted((a, b) => a.number - b.number);
      expect([first?.version, second?.version, first?.parent, second?.parent]).toEqual([2, 10, null, first?.id]);
    });

    test('that are not UTF-8 are refused by name, and nothing comes in', async () => {
      await put('alpha/1.json', documentOf('alpha', 1));
      await put('beta/timelines/day.json', Uint8Array.of(0x7b, 0xff, 0x7d));
      await expect(importPolicies(store, folder)).rejects.toThrow('beta/timelines/day.json');
      expect(await store.db.selectFrom('policy').select('id').execute()).toEqual([]);
    });

    test('that are bombs stay outside by name, soon', async () => {
      const deep = `${'['.repeat(1_000_000)}${']'.repeat(1_000_000)}`;
      const large = documentOf('gamma', 1, 'x'.repeat(20_000_000));
      await put('alpha/1.json', documentOf('alpha', 1));
      await put('beta/1.json', deep);
      await put('gamma/1.json', large);
      await put('delta/1.json', documentOf('delta', 1));
      await put('delta/timelines/deep.json', deep);
      await put('delta/timelines/large.json', large);
      const started = performance.now();
      const { policies, refused } = await importPolicies(store, folder);
      expect(policies).toEqual(['alpha', 'delta']);
      expect(refused.map(({ file }) => file).toSorted()).toEqual([
        'beta/1.json',
        'delta/timelines/deep.json',
        'delta/timelines/large.json',
        'gamma/1.json',
      ]);
      expect(performance.now() - started).toBeLessThan(10_000);
    });

    test('keep no server from starting once they are in', async () => {
      await put('alpha/1.json', documentOf('alpha', 1));
      await importPolicies(store, folder);
      await put('alpha/2.json', Uint8Array.of(0x7b, 0xff, 0x7d));
      expect(await importPolicies(store, folder)).toEqual({ policies: [], refused: [] });
    });

    test('may be missing: an empty folder leaves the store open for a later import', async () => {
      expect(await importPolicies(store, path.join(folder, 'none'))).toEqual({ policies: [], refused: [] });
      expect((await importPolicies(store, SHIPPED)).policies).toHaveLength(3);
    });
  });
});
