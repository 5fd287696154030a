import fc from 'fast-check';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openStore, type Store } from '$lib/server/store/index.ts';
import { buildProgram, start, type Program } from './child.ts';
import { makeCluster, whyNoCluster, type Cluster } from './cluster.ts';
import { databases } from './databases.ts';
import { demandKept, hear, heard, killed, prepare, type Acknowledged, type Writers } from './kept.ts';

/** How often a server is killed on each database; `npm run test:faults` does it twenty times. */
const ROUNDS = Number(process.env['LATCHKEY_KILL_ROUNDS'] ?? 5);
const SEED = Number(process.env['PROPERTY_SEED'] ?? 20_261_121);

const POLICIES = ['one', 'two', 'three', 'four'];

/** When to kill: after so many acknowledged writes, and so many milliseconds more. */
const moment = fc.record({ after: fc.integer({ min: 1, max: 25 }), wait: fc.integer({ min: 0, max: 15 }) });

let program: Program;
beforeAll(async () => {
  program = await buildProgram('writer');
});
afterAll(() => program.remove());

describe.each(await databases())('$name', ({ missing, place: make }) => {
  describe.skipIf(missing !== null)('a server that is killed while people write', () => {
    test(`has lost nothing it acknowledged, and starts again by itself, ${ROUNDS} times`, async () => {
      const place = await make();
      const acknowledged: Acknowledged[] = [];
      const writers: Writers = { folder: place.folder, url: place.url, policies: POLICIES };
      try {
        const first = await place.open();
        await prepare(first, POLICIES);
        await first.close();
        for (const { after, wait: more } of fc.sample(moment, { numRuns: ROUNDS, seed: SEED })) {
          const running = start(program, writers);
          try {
            await hear(running, after, acknowledged);
            await wait(more);
          } finally {
            await killed(running, acknowledged);
          }
          const store = await place.open();
          await demandKept(store, acknowledged);
          await store.close();
        }
        expect(acknowledged.filter(({ kind }) => kind === 'started')).toHaveLength(ROUNDS);
        expect(acknowledged.filter(({ kind }) => kind === 'refused')).toEqual([]);
      } finally {
        await place.remove();
      }
    }, 300_000);
  });
});

const noCluster = whyNoCluster();

describe.skipIf(noCluster !== null)(`PostgreSQL itself${noCluster === null ? '' : ` (skipped: ${noCluster})`}`, () => {
  let cluster: Cluster;
  beforeAll(async () => {
    cluster = await makeCluster();
  });
  afterAll(async () => cluster.remove());

  test('killed while people write, has lost nothing, and the server goes on without being started again', async () => {
    const [sqlite] = await databases();
    const place = await sqlite?.place();
    if (place === undefined) throw new TypeError('a place for the keys');
    const { folder } = place;
    const open = async (): Promise<Store> => openStore({ folder, url: cluster.url, now: Date.now });
    const acknowledged: Acknowledged[] = [];
    try {
      const first = await open();
      await prepare(first, POLICIES);
      await first.close();
      const running = start(program, { folder, url: cluster.url, policies: POLICIES } satisfies Writers);
      try {
        await hear(running, 40, acknowledged);
        await cluster.crash();
        while ((await heard(running)).kind !== 'refused') continue;
        await cluster.start();
        const store = await open();
        await demandKept(store, acknowledged);
        await store.close();
        await hear(running, 20, acknowledged);
      } finally {
        await killed(running, acknowledged);
      }
      const last = await open();
      await demandKept(last, acknowledged);
      await last.close();
      expect(acknowledged.filter(({ kind }) => kind === 'started')).toHaveLength(1);
    } finally {
      await place.remove();
    }
  });
});
