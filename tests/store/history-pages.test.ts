import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listEvents } from '$lib/server/history/index.ts';
import type { Store } from '$lib/server/store/index.ts';
import { databases, type Place } from './databases.ts';
import { addEntries } from './long-log.ts';

const EVENTS = 100_000;
const LIMIT = 200;

describe.each(await databases())('$name', ({ missing, place: make }) => {
  describe.skipIf(missing !== null)(`history over ${EVENTS} entries`, () => {
    let place: Place;
    let store: Store;
    beforeAll(async () => {
      place = await make();
      store = await place.open();
      await addEntries(store, EVENTS);
    }, 300_000);
    afterAll(async () => place.remove());

    test.each([
      ['the newest', {}],
      ['a page from the middle', { before: EVENTS / 2 }],
      ['the oldest', { before: 50 }],
      ['of a policy', { policy: 'p-3' }],
      ['of a policy nobody knows', { policy: 'nobody' }],
      ['of a person', { actor: 'u-7' }],
      ['of a type', { type: 'release.published' }],
      ['of a group of types', { type: 'release.' }],
      ['of a type that never was', { type: 'never.' }],
      ['of several groups', { types: ['release.', 'review.'] }],
      ['of several groups that never were', { types: ['never.', 'nowhere.', 'nothing.'] }],
      ['emergencies, of which there are none', { emergencies: true }],
      ['in an environment', { environment: 'production' }],
      ['in an environment nobody knows', { environment: 'nowhere' }],
      ['of an hour long ago', { from: 1_000, to: 1_010 }],
      ['all at once', { policy: 'p-3', actor: 'u-3', type: 'draft.edited', from: 10, environment: 'nowhere' }],
    ])(`%s, within ${LIMIT} ms`, async (_, filter) => {
      let fastest = Infinity;
      for (let round = 0; round < 3; round += 1) {
        const start = performance.now();
        await listEvents(store, { ...filter, limit: 50 });
        fastest = Math.min(fastest, performance.now() - start);
      }
      expect(fastest).toBeLessThan(LIMIT);
    });
  });
});
