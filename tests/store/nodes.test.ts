import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { readDraft } from '$lib/server/changes/index.ts';
import type { Store } from '$lib/server/store/index.ts';
import { buildProgram, start, type Program } from './child.ts';
import { databases, type Place } from './databases.ts';
import { demandKept, hear, heard, killed, prepare, type Acknowledged } from './kept.ts';

let program: Program;
beforeAll(async () => {
  program = await buildProgram('writer');
});
afterAll(() => program.remove());

/** Whether a store has what another process was told is kept. */
async function sees(store: Store, what: Acknowledged): Promise<boolean> {
  const has = async (table: 'revision' | 'release', id: string) =>
    (await store.db.selectFrom(table).select('id').where('id', '=', id).execute()).length === 1;
  if (what.kind === 'draft') return (await readDraft(store, what.policyId)).lockVersion >= what.lockVersion;
  return what.kind === 'revision' || what.kind === 'release' ? has(what.kind, what.id) : true;
}

describe.each(await databases())('$name', ({ missing, place: make }) => {
  describe.skipIf(missing !== null)('two processes on one store', () => {
    let place: Place;
    let store: Store;
    const begin = (...policies: string[]) => start(program, { folder: place.folder, url: place.url, policies });
    beforeEach(async () => {
      place = await make();
      store = await place.open();
      await prepare(store, ['one', 'two', 'three', 'four']);
    });
    afterEach(async () => place.remove());

    test('write at once: no gap, nothing lost, nothing damaged', async () => {
      const acknowledged: Acknowledged[] = [];
      const both = [begin('one', 'two'), begin('three', 'four')];
      try {
        await Promise.all(both.map(async (each) => hear(each, 30, acknowledged)));
      } finally {
        await Promise.all(both.map(async (each) => killed(each, acknowledged)));
      }
      await demandKept(store, acknowledged);
      expect(new Set(acknowledged.flatMap((each) => (each.kind === 'draft' ? [each.policyId] : []))).size).toBe(4);
      if (store.kind === 'postgres') return;
      const { rows } = await sql`pragma integrity_check`.execute(store.db);
      expect(rows).toEqual([{ integrity_check: 'ok' }]);
    });

    test('see each other’s drafts, revisions and releases within a second, at the first look', async () => {
      const acknowledged: Acknowledged[] = [];
      const other = begin('one');
      let slowest = 0;
      try {
        while (acknowledged.length < 30) {
          const what = await heard(other);
          const started = performance.now();
          expect(await sees(store, what), JSON.stringify(what)).toBe(true);
          slowest = Math.max(slowest, performance.now() - started);
          acknowledged.push(what);
        }
      } finally {
        await killed(other, acknowledged);
      }
      expect(new Set(acknowledged.map(({ kind }) => kind))).toEqual(
        new Set(['started', 'draft', 'revision', 'release']),
      );
      expect(slowest).toBeLessThan(1_000);
    });
  });
});
